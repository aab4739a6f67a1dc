namespace DigitalTwin.Models.Prediction;

/// <summary>Curves of several endpoints on one grid of times; between grid times they are straight, outside they stay as at the end.</summary>
/// <param name="GridDays">Shape [times], days, ascending.</param>
/// <param name="Mean">Row-major, shape [subjects, times, endpoints], in the unit of each endpoint.</param>
/// <param name="StandardDeviation">Of one new measurement around its mean, of the same shape and units.</param>
/// <param name="EndpointCount">Endpoints.</param>
public sealed record LongitudinalPredictions(double[] GridDays, double[] Mean, double[] StandardDeviation, int EndpointCount) : OutcomePredictions
{
    public override int Count => Mean.Length / (EndpointCount * GridDays.Length);

    /// <summary>Mean and standard deviation of a subject's endpoint at any time.</summary>
    public (double Mean, double StandardDeviation) At(int subject, int endpoint, double days)
    {
        var position = GridPosition(GridDays, days);
        var left = Math.Min((int)position, GridDays.Length - 1);
        var right = Math.Min(left + 1, GridDays.Length - 1);
        var share = position - left;
        var (a, b) = (Place(subject, left, endpoint), Place(subject, right, endpoint));
        return (((1 - share) * Mean[a]) + (share * Mean[b]), ((1 - share) * StandardDeviation[a]) + (share * StandardDeviation[b]));
    }

    public override OutcomePredictions Take(ReadOnlySpan<int> subjects) => new LongitudinalPredictions(
        GridDays, Rows(Mean, EndpointCount * GridDays.Length, subjects), Rows(StandardDeviation, EndpointCount * GridDays.Length, subjects), EndpointCount);

    /// <summary>Where a day lies on a grid: 1.5 is half way from the second to the third time; cut to the grid.</summary>
    internal static double GridPosition(double[] gridDays, double days)
    {
        var place = Array.BinarySearch(gridDays, days);
        if (place >= 0)
        {
            return place;
        }

        var right = ~place;
        return right == 0 ? 0 : right == gridDays.Length ? gridDays.Length - 1 : right - 1 + ((days - gridDays[right - 1]) / (gridDays[right] - gridDays[right - 1]));
    }

    private int Place(int subject, int time, int endpoint) => (((subject * GridDays.Length) + time) * EndpointCount) + endpoint;
}
