using DigitalTwin.Cohorts.Yaml;
using DigitalTwin.Models.KnownTruth;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Networks.Genes.Reference;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.Language.Grammar;
using DigitalTwin.Scenarios.Language.Reading;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.KnownTruth;

/// <summary>Turns a known-truth file into a plan.</summary>
internal static class KnownTruthBinder
{
    /// <param name="root">The file.</param>
    /// <param name="faults">Those of its form; those of its meaning are added.</param>
    /// <exception cref="InvalidInputException">With every fault.</exception>
    public static KnownTruthPlan Bind(DocumentSection root, List<Fault> faults)
    {
        var network = BindNetwork(root, faults);
        if (faults.Count > 0)
        {
            throw new InvalidInputException([.. faults.OrderBy(f => f.Location.Line).ThenBy(f => f.Location.Column)]);
        }

        var (target, genes) = network ?? throw new InvalidOperationException("The binder left the network out without a fault.");
        return new KnownTruthPlan(
            root.Text("title")!.Value.Value,
            target,
            genes,
            Options(Section(root, "trial"), root.Section("external")),
            (int)root.Integer("replicates")!.Value.Value,
            (ulong)root.Integer("seed")!.Value.Value,
            root.Text("learner")!.Value.Value);
    }

    private static (GeneSymbol Target, GeneNetwork Genes)? BindNetwork(DocumentSection root, List<Fault> faults)
    {
        if (root.Text("target") is not { } written || root.Integer("genes") is not { } count)
        {
            return null;
        }

        var whole = new ReferenceNetwork().Signalling;
        if (!GeneSymbol.TryParse(written.Value, out var target) || !whole.TryIndexOf(target, out var index))
        {
            faults.Add(new Fault(written.Location, $"target is '{written.Value}', which is not a gene of the reference network of signals.{Nearest.Suggest(written.Value, whole.Nodes.Select(n => n.Symbol.Value))}"));
            return null;
        }

        if (!whole.Edges.Any(e => e.Source == index && e.IsDirected && e.Sign != EdgeSign.Unknown))
        {
            faults.Add(new Fault(written.Location, $"target '{target}' signals to no other gene of the reference network, so that a drug on it would do nothing. Choose a gene upstream of it."));
            return null;
        }

        return (target, TargetNeighborhood.Of(whole, target, (int)count.Value));
    }

    private static KnownTruthOptions Options(DocumentSection trial, DocumentSection? external)
    {
        var options = new KnownTruthOptions
        {
            TrialCount = (int)trial.Integer("subjects")!.Value.Value,
            TreatedShare = Number(trial, "treatedShare"),
            MeanLogOddsEffect = Number(trial, "meanLogOddsEffect"),
            EffectHeterogeneity = Number(trial, "effectHeterogeneity"),
            ExpressionMissing = Number(trial, "expressionMissing"),
            ProteinMissing = Number(trial, "proteinMissing"),
            ExternalCount = 0,
        };
        return external is null
            ? options
            : options with
            {
                ExternalCount = (int)external.Integer("subjects")!.Value.Value,
                Selection = Number(external, "selection"),
                OutcomeDrift = Number(external, "outcomeDrift"),
                AssayDrift = Number(external, "assayDrift"),
            };
    }

    private static double Number(DocumentSection section, string key) => section.Number(key)!.Value.Value;

    // A part that is not written has all its defaults.
    private static DocumentSection Section(DocumentSection root, string key) => root.Section(key)
        ?? new DocumentSection(new YamlMapping([], root.Location), (MappingShape)root.Shape.Fields.First(f => f.Key == key).Shape, key);
}
