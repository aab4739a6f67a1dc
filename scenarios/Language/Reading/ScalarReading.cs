using DigitalTwin.Cohorts.Yaml;
using DigitalTwin.Scenarios.Language.Grammar;

namespace DigitalTwin.Scenarios.Language.Reading;

/// <summary>Whether a scalar fits a shape, and the fault to report when not.</summary>
internal static class ScalarReading
{
    /// <summary>What is wrong with the scalar and what to do, starting with "which" or "but"; null when it fits.</summary>
    public static string? Complaint(YamlScalar scalar, ValueShape shape) => shape switch
    {
        _ when scalar.IsNull || string.IsNullOrWhiteSpace(scalar.Text) => $"is empty. Write {shape.InWords}.",
        TextShape when scalar.Text.Length > TextShape.MaximumLength => $"has {scalar.Text.Length} characters; at most {TextShape.MaximumLength} are allowed. Shorten it.",
        TextShape => null,
        ExpressionShape => null,
        NameShape => NameShape.IsName(scalar.Text) ? null : $"is {Quote(scalar)}, which is not {shape.InWords}.",
        NumberShape number => scalar.TryGetNumber(out var value) && number.Contains(value) ? null : $"is {Quote(scalar)}, which is not {shape.InWords}.",
        IntegerShape integer => scalar.TryGetInteger(out var value) && value >= integer.Minimum && value <= integer.Maximum
            ? null
            : $"is {Quote(scalar)}, which is not {shape.InWords}.",
        BooleanShape => scalar.TryGetBoolean(out _) ? null : $"is {Quote(scalar)}, which is not true or false.",
        DurationShape duration => DurationComplaint(scalar, duration),
        ChoiceShape choice => choice.Choices.Contains(scalar.Text, StringComparer.Ordinal)
            ? null
            : $"is {Quote(scalar)}, which is not a choice here.{Nearest.Suggest(scalar.Text, choice.Choices)}",
        _ => $"is {scalar.KindInWords}. Write {shape.InWords}.",
    };

    public static string Quote(YamlScalar scalar) =>
        scalar.Text.Length <= 60 ? $"'{scalar.Text}'" : $"'{scalar.Text[..60]}...'";

    private static string? DurationComplaint(YamlScalar scalar, DurationShape shape)
    {
        if (!DurationText.TryParse(scalar.Text, out var duration, out _))
        {
            return $"is {Quote(scalar)}, which is not a duration. Use a number and a unit: '5 years', '60 months'.";
        }

        return duration.Days > 0 || shape.AllowsZero ? null : $"is {Quote(scalar)}, but must be longer than nothing.";
    }
}
