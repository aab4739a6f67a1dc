using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.Language.Binding;
using DigitalTwin.Scenarios.Language.Grammar;
using DigitalTwin.Scenarios.Language.Reading;

namespace DigitalTwin.Scenarios.Evaluation.Translations;

/// <summary>A layer that is predicted from others.</summary>
/// <param name="From">Names of the layers it is predicted from.</param>
/// <param name="To">Its name.</param>
/// <param name="WithCovariates">Whether the covariates of the evaluation are sources too.</param>
/// <param name="Level">Stated probability that an interval holds a measured value.</param>
/// <param name="FeatureCount">Features that are shown, best and worst.</param>
public sealed record TranslationPlan(IReadOnlyList<string> From, string To, bool WithCovariates, double Level, int FeatureCount)
{
    internal static MappingShape Shape { get; } = new(
    [
        new("from", new ListShape(new NameShape()), "Layers it is predicted from, the cheap ones; without it all the others."),
        new("to", new NameShape(), "The layer that is predicted, the expensive one.", IsRequired: true),
        new("covariates", new BooleanShape(), "Whether the covariates of the evaluation are sources too.", Default: "true"),
        new("level", new NumberShape(0.5, 1, ExcludesLimits: true), "Stated probability that an interval holds a measured value.", Default: "0.9"),
        new("features", new IntegerShape(0, 100), "Features that are shown: so many of the best, and of the worst.", Default: "3"),
    ]);

    internal static TranslationPlan? Bind(BindingContext context, DocumentSection root, EvaluationTarget? target, IReadOnlyList<NamedInput> layers)
    {
        if (root.Section("translate") is not { } section)
        {
            return null;
        }

        if (layers.Count == 0)
        {
            NeededLayers.ReportNone(context, root, section, target, "translate predicts one layer from others");
            return null;
        }

        string[] names = [.. layers.Select(l => l.Name)];
        var to = section.Text("to");
        if (to is { } expensive && !names.Contains(expensive.Value))
        {
            context.Report(expensive.Location, $"translate.to is '{expensive.Value}', which is not under 'layers' of the evaluation.{Nearest.Suggest(expensive.Value, names)}");
        }

        var from = new List<string>();
        foreach (var scalar in section.Scalars("from"))
        {
            if (!names.Contains(scalar.Text))
            {
                context.Report(scalar.Location, $"translate.from holds '{scalar.Text}', which is not under 'layers' of the evaluation.{Nearest.Suggest(scalar.Text, names)}");
            }
            else if (scalar.Text == to?.Value)
            {
                context.Report(scalar.Location, $"translate.from holds '{scalar.Text}', which is what is predicted. Remove it.");
            }
            else if (from.Contains(scalar.Text))
            {
                context.Report(scalar.Location, $"translate.from holds '{scalar.Text}' twice. Remove one.");
            }
            else
            {
                from.Add(scalar.Text);
            }
        }

        if (to is not { } layer || section.Number("level") is not { } level || section.Integer("features") is not { } features)
        {
            return null;
        }

        if (!section.Has("from"))
        {
            from.AddRange(names.Where(n => n != layer.Value));
            if (from.Count == 0 && names.Contains(layer.Value))
            {
                context.Report(section.Location, $"translate has nothing to predict '{layer.Value}' from: it is the only layer of the evaluation. Add another to 'layers'.");
            }
        }

        return new TranslationPlan(from, layer.Value, section.Boolean("covariates") ?? true, level.Value, (int)features.Value);
    }
}
