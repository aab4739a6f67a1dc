namespace DigitalTwin.Numerics.Survival;

/// <summary>Variance of a number that depends on the Kaplan-Meier curve through
/// -sum over event times t of leverage(t) * d log S(t): a point of the curve (leverage S(tau) up to tau) or an area under it
/// (leverage the area still to come).</summary>
/// <remarks>The influence of subject i is minus the sum over t of leverage(t) (dN_i - Y_i d/y) / (y - d).
/// A time at which all that are left have the event has leverage zero. Source: [Therneau2023].</remarks>
internal static class CurveInfluence
{
    public static double GreenwoodError(RiskTable table, ReadOnlySpan<double> leverage)
    {
        var variance = 0.0;
        for (var t = 0; t < table.Times.Length; t++)
        {
            if (table.Events[t] > 0 && leverage[t] > 0)
            {
                variance += leverage[t] * leverage[t] * table.Events[t] / (table.AtRisk[t] * (table.AtRisk[t] - table.Events[t]));
            }
        }

        return Math.Sqrt(variance);
    }

    public static double RobustError(
        RiskTable table, ReadOnlySpan<bool> events, ReadOnlySpan<double> weights, ReadOnlySpan<double> leverage)
    {
        var (shared, variance) = (0.0, 0.0);
        for (var t = 0; t < table.Times.Length; t++)
        {
            var step = leverage[t] > 0 ? leverage[t] / (table.AtRisk[t] - table.Events[t]) : 0;
            shared += step * table.Events[t] / table.AtRisk[t];
            for (var i = table.Starts[t]; i < table.Starts[t + 1]; i++)
            {
                var subject = table.Order[i];
                var influence = weights[subject] * (shared - (events[subject] ? step : 0));
                variance += influence * influence;
            }
        }

        return Math.Sqrt(variance);
    }
}
