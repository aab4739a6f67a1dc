using DigitalTwin.Scenarios.Language.Reading;

namespace DigitalTwin.Scenarios.Evaluation;

/// <summary>Binds <c>split</c>.</summary>
internal static class SplitBinder
{
    public static SplitPlan? Bind(DocumentSection root, InputBinder inputs)
    {
        if (root.Section("split") is not { } section)
        {
            return null;
        }

        var together = inputs.Grouping(section, "keepTogether");
        return section.Type switch
        {
            "column" => inputs.Grouping(section, "variable") is { } variable
                ? new ColumnSplit(variable, [.. section.Scalars("training").Select(s => s.Text)], [.. section.Scalars("test").Select(s => s.Text)], together)
                : null,
            "folds" => inputs.Grouping(section, "variable") is { } variable ? new FoldsSplit(variable, together) : null,
            "k-fold" => section.Integer("folds") is { } folds && section.Integer("repeats") is { } repeats
                ? new KFoldSplit((int)folds.Value, (int)repeats.Value, together)
                : null,
            "re-splits" => section.Number("trainingShare") is { } share && section.Integer("repeats") is { } repeats
                ? new ResampledSplit((int?)section.Integer("trainingSubjects")?.Value, share.Value, (int)repeats.Value, together)
                : null,
            _ => null,
        };
    }
}
