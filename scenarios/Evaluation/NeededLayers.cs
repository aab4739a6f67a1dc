using DigitalTwin.Scenarios.Language.Binding;
using DigitalTwin.Scenarios.Language.Reading;

namespace DigitalTwin.Scenarios.Evaluation;

/// <summary>What is asked of layers where the evaluation has none.</summary>
internal static class NeededLayers
{
    /// <summary>Says so, unless the layers, or the bundle, have their fault already.</summary>
    /// <param name="context">Collects faults.</param>
    /// <param name="root">The file.</param>
    /// <param name="section">What needs layers.</param>
    /// <param name="target">Null where the bundle cannot be read or the target has its fault.</param>
    /// <param name="why">What it does with them.</param>
    public static void ReportNone(BindingContext context, DocumentSection root, DocumentSection section, EvaluationTarget? target, string why)
    {
        if (!root.Has("layers"))
        {
            context.Report(section.Location, $"{why}, but the evaluation has no 'layers'. Say which layers it has.");
        }
        else if (target is not null && root.Text("layers")?.Value == EvaluationGrammar.All)
        {
            context.Report(section.Location, $"{why}, but the bundle has none. Remove {section.Path}.");
        }
    }
}
