namespace DigitalTwin.Estimation;

/// <summary>Weighted Kaplan-Meier curves of two arms under changing weights: sorted once, point estimates only.</summary>
/// <remarks>Gives what <c>SurvivalContrast</c> of Numerics gives, without its variances. Beyond the last follow-up of an arm the curve stays flat:
/// a resample may end earlier than the sample did.</remarks>
internal sealed class WeightedCurves
{
    private readonly double[] _days;
    private readonly bool[] _events;
    private readonly int[][] _latestFirst;

    public WeightedCurves(double[] days, bool[] events, bool[] treated)
    {
        (_days, _events) = (days, events);
        _latestFirst = [Order(false), Order(true)];

        int[] Order(bool arm) => [.. Enumerable.Range(0, days.Length).Where(i => treated[i] == arm).OrderByDescending(i => days[i])];
    }

    /// <summary>Survival of an arm at a time.</summary>
    public double Survival(ReadOnlySpan<double> weights, double day, bool arm) => Read(_latestFirst[arm ? 1 : 0], weights, day).Survival;

    /// <summary>Area under the curve of an arm to a horizon, days.</summary>
    public double RestrictedMean(ReadOnlySpan<double> weights, double horizon, bool arm) => Read(_latestFirst[arm ? 1 : 0], weights, horizon).Area;

    /// <summary>Survival at a time, treated minus control.</summary>
    public double SurvivalDifference(ReadOnlySpan<double> weights, double day) => Survival(weights, day, true) - Survival(weights, day, false);

    /// <summary>Area under the curve to a horizon, treated minus control, days.</summary>
    public double RestrictedMeanDifference(ReadOnlySpan<double> weights, double horizon) =>
        RestrictedMean(weights, horizon, true) - RestrictedMean(weights, horizon, false);

    private (double Survival, double Area) Read(int[] latestFirst, ReadOnlySpan<double> weights, double horizon)
    {
        // Running downwards in time gives the weight at risk. The area from a time on, relative to the survival just before it, is the step
        // there times (the stretch to the next event + the area from that on): so one pass is enough.
        double atRisk = 0;
        double survival = 1;
        double area = 0;
        var right = horizon;
        for (var k = 0; k < latestFirst.Length;)
        {
            var day = _days[latestFirst[k]];
            double died = 0;
            for (; k < latestFirst.Length && _days[latestFirst[k]] == day; k++)
            {
                var subject = latestFirst[k];
                atRisk += weights[subject];
                died += _events[subject] ? weights[subject] : 0;
            }

            if (day <= horizon && died > 0)
            {
                var step = 1 - (died / atRisk);
                area = step * (area + right - day);
                survival *= step;
                right = day;
            }
        }

        return (survival, area + right);
    }
}
