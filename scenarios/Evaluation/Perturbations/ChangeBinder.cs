using DigitalTwin.Models.Perturbation;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.Language.Binding;
using DigitalTwin.Scenarios.Language.Grammar;
using DigitalTwin.Scenarios.Language.Reading;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Evaluation.Perturbations;

/// <summary>Binds the changes of <c>perturb</c>. Whether a layer holds a gene shows when the data are read.</summary>
/// <param name="context">Collects faults.</param>
/// <param name="catalog">Aliases and accessions of genes.</param>
/// <param name="root">The file.</param>
/// <param name="treatment">Its drugs, or null.</param>
/// <param name="models">Models that are asked.</param>
/// <param name="layers">Layers of the evaluation.</param>
internal sealed class ChangeBinder(
    BindingContext context, GeneCatalog catalog, DocumentSection root, TreatmentPlan? treatment, IReadOnlyList<EvaluatedModel> models, IReadOnlyList<NamedInput> layers)
{
    private const double MostDeviations = 10;

    private static readonly string[] OfDrugs = ["dose", "deviations"];

    public static MappingShape Shape { get; } = new(
    [
        new("name", new NameShape(), "Name of its row.", IsRequired: true),
        new("genes", new ListShape(new MappingShape(
        [
            new("gene", new TextShape(), "Approved symbol, alias or accession of a gene, or the name of a feature that is none.", IsRequired: true),
            new("deviations", new NumberShape(-MostDeviations, MostDeviations), "Training standard deviations that its values are shifted by."),
            new("quantile", new NumberShape(0, 1), "Quantile of the training subjects that its values are set to, as a fraction."),
            new("layer", new NameShape(), "The one layer in which it is changed; without it that of the change."),
        ])), "Genes that are knocked down or up."),
        new("drug", new TextShape(), "Drug of 'treatment' whose targets are lowered, or raised where it activates them."),
        new("dose", new NumberShape(0, 1000, ExcludesLimits: true), "Dose of the drug over the usual one; without it that of 'treatment'."),
        new("deviations", new NumberShape(0, MostDeviations, ExcludesLimits: true), "Training standard deviations that the usual dose of the drug moves a target by; without it 1."),
        new("layer", new NameShape(), "The one layer that is changed; without it all that hold the gene."),
        new("signals", new BooleanShape(), "Whether the change goes on to other genes along the reference network of signals.", Default: "true"),
    ]);

    public IReadOnlyList<PlannedChange> Bind(DocumentSection perturb)
    {
        var changes = new List<PlannedChange>();
        foreach (var section in perturb.Items("changes").Select(c => c.Long).OfType<DocumentSection>())
        {
            if (section.Text("name") is not { } name)
            {
                continue;
            }

            if (changes.Any(c => c.Name == name.Value))
            {
                context.Report(name.Location, $"perturb.changes holds '{name.Value}' twice. Give one of them another name.");
            }

            var layer = Layer(section);
            if (section.Has("genes") == section.Has("drug"))
            {
                context.Report(section.Location, $"{section.Path} '{name.Value}' needs either 'genes' or 'drug'{(section.Has("genes") ? ", not both" : string.Empty)}.");
                continue;
            }

            foreach (var key in OfDrugs.Where(key => !section.Has("drug") && section.Has(key)))
            {
                context.Report(section.LocationOf(key), $"{section.PathOf(key)} is for a drug. {(key == "dose" ? "Remove it" : "Say 'deviations' of each gene under 'genes'")}.");
            }

            var change = new PlannedChange(
                name.Value, [.. section.Has("drug") ? Targets(section, layer) : Genes(section, layer)], section.Text("drug")?.Value, section.Boolean("signals") ?? true);
            if (change.Genes.Count > 0 && changes.FirstOrDefault(c => c.HasSignals == change.HasSignals && Same(c, change)) is { } other)
            {
                context.Report(section.Location, $"{section.Path} '{change.Name}' does the same as '{other.Name}' ({change.What}). Remove one.");
            }

            changes.Add(change);
        }

        return changes;
    }

    private static bool Same(PlannedChange one, PlannedChange other) => one.Genes.Select(g => g.Shift).ToHashSet().SetEquals(other.Genes.Select(g => g.Shift));

    private string? Layer(DocumentSection section)
    {
        if (section.Text("layer") is not { } layer)
        {
            return null;
        }

        if (layers.All(l => l.Name != layer.Value))
        {
            context.Report(layer.Location, $"{section.PathOf("layer")} is '{layer.Value}', which is not under 'layers' of the evaluation.{Nearest.Suggest(layer.Value, layers.Select(l => l.Name))}");
        }
        else if (models.FirstOrDefault(m => m.Layers?.Contains(layer.Value) == false) is { } blind)
        {
            context.Report(layer.Location, $"{section.PathOf("layer")} is '{layer.Value}', which '{blind.Name}' does not see. Name under perturb.models those that do.");
        }

        return layer.Value;
    }

    private IEnumerable<PlannedShift> Genes(DocumentSection section, string? layer)
    {
        var seen = new List<(string Gene, string? Layer)>();
        foreach (var item in section.Items("genes").Select(g => g.Long).OfType<DocumentSection>())
        {
            if (item.Text("gene") is not { } written)
            {
                continue;
            }

            var gene = Symbol(written.Value);
            var place = item.Has("layer") ? Layer(item) : layer;
            if (seen.Any(s => s.Gene == gene && (s.Layer is null || place is null || s.Layer == place)))
            {
                context.Report(written.Location, $"{section.PathOf("genes")} holds '{written.Value}' twice{(gene == written.Value ? string.Empty : $" (it is {gene})")}. Remove one, or name another 'layer' for each.");
            }

            seen.Add((gene, place));

            var (deviations, quantile) = (item.Number("deviations"), item.Number("quantile"));
            if (item.Has("deviations") == item.Has("quantile"))
            {
                context.Report(item.Location, $"{item.Path} ({written.Value}) needs either 'deviations', such as -2, or 'quantile', such as 0.01{(item.Has("quantile") ? ", not both" : string.Empty)}.");
            }
            else if (deviations is { Value: 0 } none)
            {
                context.Report(none.Location, $"{item.PathOf("deviations")} is 0, which changes nothing of {written.Value}. Give a number below or above 0.");
            }
            else if (quantile is { } to)
            {
                yield return new PlannedShift(GeneShift.ToQuantile(gene, to.Value) with { Layer = place }, written.Location);
            }
            else if (deviations is { } by)
            {
                yield return new PlannedShift(GeneShift.By(gene, by.Value) with { Layer = place }, written.Location);
            }
        }
    }

    private PlannedShift[] Targets(DocumentSection section, string? layer)
    {
        if (section.Text("drug") is not { } name)
        {
            return [];
        }

        if (!root.Has("treatment"))
        {
            context.Report(name.Location, $"{section.PathOf("drug")} is '{name.Value}', but the evaluation has no 'treatment' that says what drugs act on. Add it, or name the targets under 'genes'.");
            return [];
        }

        DrugExposure[] known = [.. treatment?.Arms.Values.SelectMany(a => a) ?? []];
        DrugExposure[] found = [.. known.Where(d => d.Drug == name.Value)];
        if (found.Length == 0)
        {
            context.Report(name.Location, $"{section.PathOf("drug")} is '{name.Value}', which no arm of 'treatment' lists.{Nearest.Suggest(name.Value, known.Select(d => d.Drug).Distinct())}");
        }
        else if (found.All(d => d.Targets.Count == 0))
        {
            context.Report(name.Location, $"{section.PathOf("drug")} is '{name.Value}', of which 'treatment' names no target, so that nothing would change. Give its targets there.");
        }
        else if (found.Any(d => !d.Targets.ToHashSet().SetEquals(found[0].Targets)))
        {
            context.Report(name.Location, $"{section.PathOf("drug")} is '{name.Value}', whose targets differ between arms of 'treatment'. Make them the same.");
        }
        else if (!section.Has("dose") && found.Any(d => d.RelativeDose != found[0].RelativeDose))
        {
            context.Report(name.Location, FormattableString.Invariant(
                $"{section.PathOf("drug")} is '{name.Value}', whose dose differs between arms of 'treatment' ({string.Join(", ", found.Select(d => FormattableString.Invariant($"{d.RelativeDose:0.###}")).Distinct())}). Say which by 'dose'."));
        }
        else
        {
            var targets = found[0].Targets.Select(t => t with { Gene = Symbol(t.Gene) });
            var given = new DrugExposure(name.Value, section.Number("dose")?.Value ?? found[0].RelativeDose, [.. targets]);
            return [.. GeneShift.OfDrugs(new Treatment(new ArmId("drug"), [given]), section.Number("deviations")?.Value ?? 1).Select(s => new PlannedShift(s with { Layer = layer }, name.Location))];
        }

        return [];
    }

    // Features that are no gene keep their names.
    private string Symbol(string written) => catalog.Resolve(written).Symbol?.Value ?? written;
}
