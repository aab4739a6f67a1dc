namespace DigitalTwin.Numerics.Survival;

/// <summary>Kaplan-Meier estimate of the probability of still being followed; at one time, events come before censoring.</summary>
public sealed class CensoringDistribution
{
    private readonly double[] _times;
    private readonly double[] _followed;

    /// <param name="times">Follow-up, shape [subjects], any one time unit, finite and not negative.</param>
    /// <param name="events">Whether follow-up ended with the event, shape [subjects].</param>
    public CensoringDistribution(ReadOnlySpan<double> times, ReadOnlySpan<bool> events)
    {
        var table = RiskTable.Of(times, events, SurvivalInput.Ones(times.Length));
        _times = table.Times;
        _followed = new double[_times.Length];
        var product = 1.0;
        for (var t = 0; t < _times.Length; t++)
        {
            product *= table.Censored[t] == 0 ? 1 : 1 - (table.Censored[t] / (table.AtRisk[t] - table.Events[t]));
            _followed[t] = product;
        }
    }

    /// <summary>Probability of being followed past a time.</summary>
    public double After(double time)
    {
        var index = Array.BinarySearch(_times, time);
        return At(index >= 0 ? index : ~index - 1);
    }

    /// <summary>Probability of being followed up to a time.</summary>
    public double Before(double time)
    {
        var index = Array.BinarySearch(_times, time);
        return At((index >= 0 ? index : ~index) - 1);
    }

    private double At(int step) => step < 0 ? 1 : _followed[step];
}
