using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.Language.Binding;
using DigitalTwin.Scenarios.Language.Grammar;
using DigitalTwin.Scenarios.Language.Reading;

namespace DigitalTwin.Scenarios.Evaluation.Intervals;

/// <summary>The key <c>intervals</c>: its shape, and what it says.</summary>
internal static class IntervalBinder
{
    public static MappingShape Shape { get; } = new(
    [
        new("level", new NumberShape(0.5, 1, ExcludesLimits: true), "Stated probability that a region holds the outcome.", Default: "0.9"),
        new("calibration", new ChoiceShape(Spelling.All<RegionSource>()),
            "Whose outcomes calibrate: all training subjects by inner folds, or a third of them that the model has not seen.", Default: Spelling.Of(RegionSource.CrossFitted)),
        new("models", new ListShape(new NameShape()), "Names of the models that state regions; without it all."),
    ]);

    public static IntervalPlan? Bind(BindingContext context, DocumentSection root, IReadOnlyList<EvaluatedModel> models)
    {
        if (root.Section("intervals") is not { } section)
        {
            return null;
        }

        var names = new List<string>();
        foreach (var scalar in section.Scalars("models"))
        {
            if (models.All(m => m.Name != scalar.Text))
            {
                context.Report(scalar.Location, $"intervals.models holds '{scalar.Text}', which is not the name of a model.{Nearest.Suggest(scalar.Text, models.Select(m => m.Name))}");
            }

            names.Add(scalar.Text);
        }

        return section.Number("level") is { } level && Spelling.Parse<RegionSource>(section.Text("calibration")?.Value) is { } source
            ? new IntervalPlan(level.Value, source, section.Has("models") ? names : null)
            : null;
    }
}
