namespace DigitalTwin.Models.Explanation.Attribution;

/// <summary>How much one feature, or group of features, moved a prediction.</summary>
/// <param name="Feature">Which.</param>
/// <param name="Members">Of each member of an ensemble (one number for one model), on the scale of the quantity that is explained.</param>
public sealed record FeatureAttribution(FeatureName Feature, IReadOnlyList<double> Members)
{
    /// <summary>Mean over the members.</summary>
    public double Value { get; } = Members.Average();

    /// <summary>Standard deviation over the members; NaN for one model, which cannot tell.</summary>
    public double Spread { get; } = SpreadOf(Members);

    internal static double SpreadOf(IReadOnlyList<double> values)
    {
        if (values.Count < 2)
        {
            return double.NaN;
        }

        var mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1));
    }
}
