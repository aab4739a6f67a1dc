using DigitalTwin.Models.Explanation;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Networks.Layers;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Network.Encoders;

/// <summary>The arm of a subject as one row: first what also holds for an arm never seen, dose by target of training (down or up, and in part where the network joins a
/// target to one of training) and dose of drugs without a known target; then what holds for seen arms only, doses of drugs that have targets and the arm itself.</summary>
internal sealed class TreatmentEncoding : IModalityEncoding, IStored
{
    private readonly MolecularGraph? _graph;
    private readonly string[] _targets;
    private readonly string[] _bareDrugs;
    private readonly string[] _drugs;
    private readonly ArmId[] _arms;

    private TreatmentEncoding(MolecularGraph? graph, string[] targets, string[] bareDrugs, string[] drugs, ArmId[] arms) =>
        (_graph, _targets, _bareDrugs, _drugs, _arms) = (graph, targets, bareDrugs, drugs, arms);

    public string Name => "treatment";

    private int DescribedWidth => _targets.Length + _bareDrugs.Length;

    private int Width => DescribedWidth + _drugs.Length + _arms.Length;

    /// <summary>Null where all subjects received the same.</summary>
    public static TreatmentEncoding? Fit(SubjectInputs training, MolecularGraph? graph)
    {
        if (training.Treatments is not { } given)
        {
            return null;
        }

        var seen = given.Indices.ToArray().Distinct().Select(k => given.Treatments[k]).OrderBy(t => t.Arm.ToString(), StringComparer.Ordinal).ToArray();
        if (seen.Length < 2)
        {
            return null;
        }

        var drugs = seen.SelectMany(t => t.Drugs).ToArray();
        return new TreatmentEncoding(
            graph,
            Names(drugs.SelectMany(d => d.Targets).Select(t => t.Gene)),
            Names(drugs.Where(d => d.Targets.Count == 0).Select(d => d.Drug)),
            Names(drugs.Where(d => d.Targets.Count > 0).Select(d => d.Drug)),
            [.. seen.Select(t => t.Arm)]);
    }

    public void Write(ModelWriter writer)
    {
        writer.OptionalPart(_graph);
        writer.Texts(_targets);
        writer.Texts(_bareDrugs);
        writer.Texts(_drugs);
        writer.Texts([.. _arms.Select(a => a.Value)]);
    }

    public static TreatmentEncoding Read(ModelReader reader) => new(
        reader.OptionalPart<MolecularGraph>(), reader.Texts(), reader.Texts(), reader.Texts(), [.. reader.Texts().Select(a => new ArmId(a))]);

    public ModalityNumbers Encode(SubjectInputs inputs)
    {
        var values = new float[inputs.Count * Width];
        var isPresent = new bool[inputs.Count];
        if (inputs.Treatments is { } given)
        {
            var rows = given.Treatments.Select(Row).ToArray();
            for (var i = 0; i < inputs.Count; i++)
            {
                rows[given.Indices[i]].CopyTo(values.AsSpan(i * Width));
                isPresent[i] = true;
            }
        }

        return new ModalityNumbers(values, 1, Width, isPresent);
    }

    public FeatureName? NameOf(int row, int column) => new(
        FeatureName.Treatment,
        column < _targets.Length ? $"target {_targets[column]}"
            : column < DescribedWidth ? $"drug {_bareDrugs[column - _targets.Length]}"
            : column < DescribedWidth + _drugs.Length ? $"drug {_drugs[column - DescribedWidth]}"
            : $"arm {_arms[column - DescribedWidth - _drugs.Length]}");

    public ITokenEncoder CreateEncoder(LayerScope scope, NetworkLearnerOptions options) => new TreatmentEncoder(scope, DescribedWidth, Width - DescribedWidth, options);

    private float[] Row(Treatment treatment)
    {
        var row = new float[Width];
        foreach (var drug in treatment.Drugs)
        {
            foreach (var target in drug.Targets)
            {
                AddTarget(row, target, target.Activates ? drug.RelativeDose : -drug.RelativeDose);
            }

            Add(row, DescribedWidth, Array.IndexOf(_drugs, drug.Drug), drug.RelativeDose);
            Add(row, _targets.Length, Array.IndexOf(_bareDrugs, drug.Drug), drug.RelativeDose);
        }

        Add(row, DescribedWidth + _drugs.Length, Array.IndexOf(_arms, treatment.Arm), 1);
        return row;
    }

    private void AddTarget(float[] row, DrugTarget target, double dose)
    {
        var arrived = _graph?.Diffuse(target.Gene);
        for (var k = 0; k < _targets.Length; k++)
        {
            var share = _targets[k] == target.Gene ? 1
                : arrived is not null && Networks.Genes.GeneSymbol.TryParse(_targets[k], out var symbol) && _graph!.Network.TryIndexOf(symbol, out var node) ? arrived[node]
                : 0;
            row[k] += (float)(dose * share);
        }
    }

    private static void Add(float[] row, int offset, int place, double amount)
    {
        if (place >= 0)
        {
            row[offset + place] += (float)amount;
        }
    }

    private static string[] Names(IEnumerable<string> names) => [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
