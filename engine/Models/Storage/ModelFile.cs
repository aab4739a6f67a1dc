using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Storage;

/// <summary>A trained model with its description, as bytes and back.</summary>
/// <param name="Description">What it predicts, from what.</param>
/// <param name="Predictor">The model.</param>
public sealed record ModelFile(ModelDescription Description, IOutcomePredictor Predictor)
{
    private static ReadOnlySpan<byte> Magic => "DTmodel\0"u8;

    /// <summary>The same model gives the same bytes.</summary>
    /// <exception cref="NotSupportedException">It is, or holds, a predictor of a kind that cannot be stored; says which.</exception>
    public byte[] Write() => StoredFile.Write(Magic, writer =>
    {
        Write(Description, writer);
        writer.Part(Predictor);
    });

    /// <param name="bytes">What <see cref="Write()"/> gave.</param>
    /// <param name="threadCount">Threads the model may use to predict, 1 or more; no number depends on it.</param>
    /// <exception cref="ModelFormatException">The bytes are not one sound model of this version.</exception>
    public static ModelFile Read(ReadOnlyMemory<byte> bytes, int threadCount) => StoredFile.Read(Magic, bytes, threadCount, reader =>
    {
        var description = Describe(reader);
        return new ModelFile(description, ReadPredictor(description.Target, reader));
    });

    private static IStoredPredictor ReadPredictor(ModelTarget target, ModelReader reader)
    {
        var predictor = reader.Part<IStoredPredictor>();
        var kind = target.Kind switch
        {
            EndpointKind.TimeToEvent => PredictionKind.Survival,
            EndpointKind.Continuous => PredictionKind.Continuous,
            EndpointKind.Binary or EndpointKind.Categorical or EndpointKind.Ordinal => PredictionKind.Classes,
            _ => throw reader.Fault($"no model file holds a model of a {target.Kind} outcome"),
        };
        reader.Require(predictor.AnswersAlone && predictor.Shape.Kind == kind, $"a model of a {target.Kind} outcome predicts {predictor.Shape}");
        reader.Require(kind != PredictionKind.Classes || predictor.Shape.Count == target.Levels.Count, $"{target.Levels.Count} classes have names, and the model predicts {predictor.Shape}");
        return predictor;
    }

    private static void Write(ModelDescription description, ModelWriter writer)
    {
        writer.Texts([description.Model, description.EngineVersion, description.Title, description.Cohort, description.CohortHash]);
        writer.Int(description.SubjectCount);
        writer.Long(description.Seed);
        writer.Choice(description.Target.Kind);
        writer.Text(description.Target.Name);
        writer.Text(description.Target.Unit);
        writer.Texts(description.Target.Levels);
        writer.OptionalNumbers(description.Target.Horizon is { } horizon ? [horizon.Days] : null);
        writer.List(description.Covariates, v => StoredVariable.Write(v, writer));
        writer.List(description.Layers, l => StoredLayerFeatures.Write(l, writer));
        writer.List(description.Observations, v => StoredVariable.Write(v, writer));
        writer.List(description.Arms, arm => StoredTreatment.Write(arm, writer));
    }

    private static ModelDescription Describe(ModelReader reader)
    {
        var texts = reader.Texts();
        reader.Require(texts.Length == 5, $"a description has {texts.Length} texts, and 5 belong there");
        var (count, seed) = (reader.IntWithin(1, int.MaxValue, "number of subjects"), reader.Long());
        var (kind, name, unit, levels) = (reader.Choice<EndpointKind>(), reader.Text(), reader.Text(), reader.Texts());
        var horizon = reader.OptionalNumbers();
        reader.Require((kind == EndpointKind.TimeToEvent) == (horizon is [> 0 and < double.PositiveInfinity]), $"a model of a {kind} outcome has {horizon?.Length ?? 0} horizons, or one that is no time");
        return new ModelDescription(
            texts[0], texts[1], texts[2], texts[3], texts[4], count, seed,
            new ModelTarget(kind, name, unit, levels, horizon is null ? null : Duration.FromDays(horizon[0])),
            reader.List(() => StoredVariable.Read(reader)),
            reader.List(() => StoredLayerFeatures.Read(reader)),
            reader.List(() => StoredVariable.Read(reader)),
            reader.List(() => StoredTreatment.Read(reader)));
    }
}
