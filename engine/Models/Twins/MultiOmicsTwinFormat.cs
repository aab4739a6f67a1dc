using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Twins;

/// <summary>A multi-omics twin model as bytes, and back: see <see cref="StoredFile"/> for what stands around them.</summary>
internal static class MultiOmicsTwinFormat
{
    private static ReadOnlySpan<byte> Magic => "DTtwins\0"u8;

    public static byte[] Write(MultiOmicsTwinParts parts) => StoredFile.Write(Magic, writer =>
    {
        writer.Choice(parts.Endpoint);
        writer.Text(parts.TreatedArm.Value);
        writer.Text(parts.ControlArm.Value);
        writer.List(parts.Columns, column => Write(column, writer));
        writer.List(parts.Layers, layer => StoredLayerFeatures.Write(layer, writer));
        writer.Flag(parts.FollowUp is not null);
        writer.Number(parts.FollowUp?.Days ?? 0);
        writer.Numbers(parts.Typical.Covariates);
        writer.List(parts.Typical.Layers, row => writer.Singles(row));
        writer.List(parts.Members, member => Write(member, writer));
        writer.List([.. parts.Folds.OrderBy(f => f.Key)], fold =>
        {
            writer.Text(fold.Key.Value);
            writer.Int(fold.Value);
        });
        writer.Int(parts.ExplanationSampleCount);
    });

    /// <exception cref="ModelFormatException">Not such a model, of another version, damaged, or contradicting itself.</exception>
    public static MultiOmicsTwinModel Read(ReadOnlyMemory<byte> bytes, int threadCount) => new(StoredFile.Read(Magic, bytes, threadCount, Parts));

    private static MultiOmicsTwinParts Parts(ModelReader reader)
    {
        var endpoint = reader.Choice<EndpointKind>();
        var (treated, control) = (new ArmId(reader.Text()), new ArmId(reader.Text()));
        reader.Require(treated != control, $"both arms are '{treated}'");
        var columns = reader.List(() => Column(reader));
        var layers = reader.List(() => StoredLayerFeatures.Read(reader));
        var (isFollowed, days) = (reader.Flag(), reader.Finite("follow-up"));
        reader.Require(isFollowed == (endpoint == EndpointKind.TimeToEvent) && (!isFollowed || days > 0), $"the follow-up of a {endpoint} endpoint is {days} days");
        var typical = new TypicalSubject(reader.Numbers(columns.Length, "typical covariates"), reader.List(reader.Singles));
        reader.Require(typical.Covariates.All(double.IsFinite), $"a typical covariate is not finite");
        reader.Require(
            typical.Layers.Select(l => l.Length).SequenceEqual(layers.Select(l => l.Features.Count)), $"the typical subject has other layers than the model");
        var members = reader.List(() => Member(reader));
        var shape = ShapeOf(endpoint, reader);
        reader.Require(members.Length > 0 && members.All(m => Suits(m.Control, shape) && Suits(m.Treated, shape)), $"a member of the ensemble does not predict a {endpoint} endpoint by itself");
        var folds = new Dictionary<SubjectId, int>();
        foreach (var (subject, fold) in reader.List(() => (new SubjectId(reader.Text()), reader.Int())))
        {
            reader.Require(members.Any(m => m.Fold == fold) && folds.TryAdd(subject, fold), $"subject '{subject}' is in fold {fold}, which has no member, or stands twice");
        }

        return new MultiOmicsTwinParts(
            endpoint, treated, control, columns, layers, isFollowed ? Duration.FromDays(days) : null, typical, members, folds, reader.IntWithin(2, 100_000, "samples of an explanation"));
    }

    private static PredictionShape ShapeOf(EndpointKind endpoint, ModelReader reader) => endpoint switch
    {
        EndpointKind.TimeToEvent => PredictionShape.Survival,
        EndpointKind.Binary => PredictionShape.Classes(2),
        EndpointKind.Continuous => PredictionShape.Continuous,
        _ => throw reader.Fault($"a twin of two arms does not forecast a {endpoint} endpoint"),
    };

    private static bool Suits(IOutcomePredictor predictor, PredictionShape shape) => predictor is IStoredPredictor { AnswersAlone: true } stored && stored.Shape == shape;

    private static void Write(CovariateColumn column, ModelWriter writer)
    {
        writer.Text(column.Variable);
        writer.OptionalText(column.Level);
        writer.Text(column.Label);
        writer.Flag(column.IsBinary);
        writer.Text(column.Unit);
    }

    private static CovariateColumn Column(ModelReader reader) => new(reader.Text(), reader.OptionalText(), reader.Text(), reader.Flag(), reader.Text());

    private static void Write(TwinMemberPair member, ModelWriter writer)
    {
        writer.Int(member.Fold);
        writer.Part(member.Control);
        writer.Part(member.Treated);
    }

    private static TwinMemberPair Member(ModelReader reader) => new(reader.Int(), reader.Part<IStoredPredictor>(), reader.Part<IStoredPredictor>());
}
