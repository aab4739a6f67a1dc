using DigitalTwin.Networks.Genes.Reference;
using DigitalTwin.Scenarios.Evaluation.Explanations;
using DigitalTwin.Scenarios.Evaluation.Policies;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.Language.Binding;
using DigitalTwin.Scenarios.Language.Grammar;
using DigitalTwin.Scenarios.Language.Reading;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Evaluation.Perturbations;

/// <summary>The key <c>perturb</c>: its shape, and what it says.</summary>
internal static class PerturbationBinder
{
    public static MappingShape Shape { get; } = new(
    [
        new("changes", new ListShape(ChangeBinder.Shape), "What is done to genes, each for itself.", IsRequired: true),
        new("models", new ListShape(new NameShape()), "Names of the models that are asked; without it all that look at layers."),
        new("horizon", new DurationShape(), "Time by which an event is asked about; without it that by which half of the training events of the first split had happened."),
        new("class", new TextShape(), "Class whose probability is asked for; of multi-class and ordinal targets it must be said."),
        new("best", new ChoiceShape([PolicyBinder.Highest, PolicyBinder.Lowest]),
            "Whether a high or a low outcome is good; without it a low risk is, of a survival target, and of others it is not said who gets better."),
        new("pathways", new IntegerShape(0, 100), "Pathways that are shown, those that moved most.", Default: "5"),
        new("geneSets", new ChoiceShape(Spelling.All<GeneSetSource>()), "Where pathways come from.", Default: Spelling.Of(GeneSetSource.GeneOntology)),
    ]);

    public static PerturbationPlan? Bind(
        BindingContext context,
        DocumentSection root,
        EvaluationTarget? target,
        TreatmentPlan? treatment,
        IReadOnlyList<EvaluatedModel> models,
        IReadOnlyList<NamedInput> layers)
    {
        if (root.Section("perturb") is not { } section)
        {
            return null;
        }

        if (layers.Count == 0)
        {
            NeededLayers.ReportNone(context, root, section, target, "perturb changes genes in layers");
            return null;
        }

        var asked = Models(context, section, models);
        var horizon = QuantityBinder.Horizon(context, section, target);
        var level = QuantityBinder.Class(context, section, target);
        if (level is null && target?.Kind is EndpointKind.Categorical or EndpointKind.Ordinal)
        {
            context.Report(section.Location, "perturb needs 'class': a shift is of the probability of one class, the same for every subject.");
        }

        var changes = new ChangeBinder(context, new ReferenceNetwork().Catalog, root, treatment, asked, layers).Bind(section);
        var best = section.Text("best")?.Value;
        return section.Integer("pathways") is { } pathways && Spelling.Parse<GeneSetSource>(section.Text("geneSets")?.Value) is { } sets
            ? new PerturbationPlan(
                [.. asked.Select(m => m.Name)],
                changes,
                horizon,
                level,
                best is not null ? best == PolicyBinder.Highest : target?.Kind == EndpointKind.TimeToEvent ? false : null,
                (int)pathways.Value,
                sets)
            : null;
    }

    private static IReadOnlyList<EvaluatedModel> Models(BindingContext context, DocumentSection section, IReadOnlyList<EvaluatedModel> models)
    {
        if (!section.Has("models"))
        {
            EvaluatedModel[] able = [.. models.Where(m => m.ReadsLayers)];
            if (able.Length == 0 && models.Count > 0)
            {
                context.Report(section.Location, $"perturb has no model to ask: none of {string.Join(", ", models.Select(m => m.Name))} looks at a layer. Add one that does, such as late-fused-linear.");
            }

            return able;
        }

        var asked = new List<EvaluatedModel>();
        foreach (var scalar in section.Scalars("models"))
        {
            if (models.FirstOrDefault(m => m.Name == scalar.Text) is not { } model)
            {
                context.Report(scalar.Location, $"perturb.models holds '{scalar.Text}', which is not the name of a model.{Nearest.Suggest(scalar.Text, models.Select(m => m.Name))}");
            }
            else if (!model.ReadsLayers)
            {
                context.Report(scalar.Location, $"perturb.models holds '{scalar.Text}', which looks at no layer: no change of a gene can move what it predicts. Name models that see layers.");
            }
            else if (asked.Contains(model))
            {
                context.Report(scalar.Location, $"perturb.models holds '{scalar.Text}' twice. Remove one.");
            }
            else
            {
                asked.Add(model);
            }
        }

        return asked;
    }
}
