namespace DigitalTwin.Estimation;

/// <summary>Reads a forecast survival curve between the times of its grid: the cumulative hazard runs straight from one to the next.</summary>
internal static class ForecastCurve
{
    // A curve that reaches zero has no finite hazard; this is the least survival a forecast is taken at.
    private const double LeastSurvival = 1e-10;

    /// <summary>Cumulative hazard at a time.</summary>
    /// <exception cref="ArgumentException">The time is past the grid.</exception>
    public static double CumulativeHazard(double[] gridDays, double[] survival, double day)
    {
        var (index, share) = Locate(gridDays, day);
        var hazard = Hazard(survival[index]);
        return share == 0 ? hazard : hazard + (share * (Hazard(survival[index + 1]) - hazard));
    }

    /// <summary>Survival at a time.</summary>
    /// <exception cref="ArgumentException">The time is past the grid.</exception>
    public static double At(double[] gridDays, double[] survival, double day) => Math.Exp(-CumulativeHazard(gridDays, survival, day));

    /// <summary>Area under the curve from 0 to a horizon, days.</summary>
    /// <exception cref="ArgumentException">The horizon is past the grid.</exception>
    public static double Area(double[] gridDays, double[] survival, double horizon)
    {
        var (last, share) = Locate(gridDays, horizon);
        double area = 0;
        for (var k = 0; k < last; k++)
        {
            area += Stretch(gridDays[k + 1] - gridDays[k], survival[k], survival[k + 1]);
        }

        return share == 0 ? area : area + Stretch(horizon - gridDays[last], survival[last], At(gridDays, survival, horizon));
    }

    /// <summary>Area under an exponential from one height to another.</summary>
    private static double Stretch(double width, double start, double end)
    {
        var fall = Hazard(end) - Hazard(start);
        return Math.Abs(fall) < 1e-6 ? width * (start + end) / 2 : width * (start - end) / fall;
    }

    private static double Hazard(double survival) => -Math.Log(Math.Max(survival, LeastSurvival));

    /// <summary>The last grid time not past the day, and how far the day lies towards the next.</summary>
    private static (int Index, double Share) Locate(double[] gridDays, double day)
    {
        if (day > gridDays[^1])
        {
            throw new ArgumentException(FormattableString.Invariant($"Day {day} is past the end of the forecast, day {gridDays[^1]}."), nameof(day));
        }

        var found = Array.BinarySearch(gridDays, day);
        if (found >= 0)
        {
            return (found, 0);
        }

        var index = ~found - 1;
        return (index, (day - gridDays[index]) / (gridDays[index + 1] - gridDays[index]));
    }
}
