using System.Globalization;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Explanation.Counterfactuals;

/// <summary>How a counterfactual is looked for.</summary>
public sealed record CounterfactualOptions
{
    /// <summary>Features that may change at once, positive.</summary>
    public int MostChanges { get; init; } = 3;

    /// <summary>Values of a number that are tried, at equal steps of the order of training values; at least 2.</summary>
    public int ValueCount { get; init; } = 19;
}

/// <summary>One changed feature.</summary>
/// <param name="Feature">Which.</param>
/// <param name="From">As it is: the number, or the level.</param>
/// <param name="To">As it would be.</param>
/// <param name="Size">Standard deviations of training between them; 1 for another level.</param>
public sealed record FeatureChange(FeatureName Feature, string From, string To, double Size);

/// <summary>The smallest change that was found to bring a prediction across a value.</summary>
/// <param name="Subject">Of whom.</param>
/// <param name="Threshold">The value.</param>
/// <param name="Before">The prediction as it is.</param>
/// <param name="After">With the changes; where none was found, the nearest that was reached.</param>
/// <param name="IsFound">Whether it is across.</param>
/// <param name="Changes">What changes, by name; where none was found, those that come nearest.</param>
public sealed record Counterfactual(SubjectId Subject, double Threshold, double Before, double After, bool IsFound, IReadOnlyList<FeatureChange> Changes)
{
    /// <summary>For reports.</summary>
    public override string ToString()
    {
        var changes = string.Join(", ", Changes.Select(c => $"{c.Feature} from {c.From} to {c.To}"));
        return IsFound
            ? string.Create(CultureInfo.InvariantCulture, $"With {changes} the prediction would be {After:G3} instead of {Before:G3}, across {Threshold:G3}. The model says so; whether the change is possible, or would do so, it does not know.")
            : string.Create(CultureInfo.InvariantCulture, $"None found: no change of the given features within the training range brings the prediction from {Before:G3} across {Threshold:G3}; the nearest is {After:G3}")
                + (Changes.Count == 0 ? "." : $" with {changes}.");
    }
}
