namespace DigitalTwin.Trials;

/// <summary>Draws event times from a survival curve on a grid by inversion; hazard is constant between grid times.</summary>
public static class EventTimeSampler
{
    /// <summary>The time at which survival falls to <paramref name="uniform"/>.</summary>
    /// <param name="gridDays">Shape [times], days, ascending from 0.</param>
    /// <param name="survival">Shape [times], from 1, never rising.</param>
    /// <param name="uniform">A number in (0, 1).</param>
    /// <returns>Days, or positive infinity when survival stays above <paramref name="uniform"/> to the end of the grid.</returns>
    /// <remarks>Source: inversion of the piecewise exponential distribution [Devroye1986] section VI.2.3.</remarks>
    public static double Invert(ReadOnlySpan<double> gridDays, ReadOnlySpan<double> survival, double uniform)
    {
        if (survival[^1] > uniform)
        {
            return double.PositiveInfinity;
        }

        int low = 0, high = survival.Length - 1;
        while (high - low > 1)
        {
            var middle = (low + high) >>> 1;
            (low, high) = survival[middle] > uniform ? (middle, high) : (low, middle);
        }

        var fall = Math.Log(survival[low]) - Math.Log(survival[high]);
        var fraction = fall > 0 ? (Math.Log(survival[low]) - Math.Log(uniform)) / fall : 1;
        return gridDays[low] + (Math.Clamp(fraction, 0, 1) * (gridDays[high] - gridDays[low]));
    }
}
