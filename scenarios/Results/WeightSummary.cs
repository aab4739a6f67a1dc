namespace DigitalTwin.Scenarios.Results;

/// <summary>Distribution of the positive weights of one arm.</summary>
/// <param name="Arm">Treated or control.</param>
/// <param name="Count">Subjects with a positive weight.</param>
/// <param name="Sum">Sum of the weights.</param>
/// <param name="Minimum">Smallest positive weight.</param>
/// <param name="Quantiles">Quantiles 0.05, 0.25, 0.5, 0.75, 0.95 and 0.99 (R type 7).</param>
/// <param name="Maximum">Largest weight.</param>
/// <param name="ShareOfTopOnePercent">Share of the sum that the heaviest 1 % of subjects (rounded up) carry.</param>
/// <param name="Histogram">Weights counted from 0 to the largest.</param>
public sealed record WeightSummary(
    ArmRole Arm,
    int Count,
    double Sum,
    double Minimum,
    IReadOnlyList<QuantileValue> Quantiles,
    double Maximum,
    double ShareOfTopOnePercent,
    Histogram Histogram)
{
    private const int BinCount = 30;

    /// <summary>Summarises the weights of one arm; weights of 0 are left out.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="weights">Finite, not negative, shape [subjects of the arm].</param>
    /// <exception cref="ArgumentException">No weight is positive.</exception>
    public static WeightSummary Of(ArmRole arm, IEnumerable<double> weights)
    {
        var sorted = weights.Where(w => w > 0).Order().ToArray();
        if (sorted.Length == 0)
        {
            throw new ArgumentException("No weight is positive.", nameof(weights));
        }

        var sum = sorted.Sum();
        var top = (sorted.Length + 99) / 100;
        return new WeightSummary(
            arm,
            sorted.Length,
            sum,
            sorted[0],
            QuantileValue.Of(sorted, [0.05, 0.25, 0.5, 0.75, 0.95, 0.99]),
            sorted[^1],
            sorted[^top..].Sum() / sum,
            Histogram.Of(sorted, 0, sorted[^1], BinCount));
    }
}
