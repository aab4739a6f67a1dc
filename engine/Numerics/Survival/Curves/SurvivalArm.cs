namespace DigitalTwin.Numerics.Survival;

/// <summary>Follow-up of the subjects of one arm.</summary>
internal sealed record SurvivalArm(double[] Times, bool[] Events, double[] Weights)
{
    public static (SurvivalArm Treated, SurvivalArm Control) Split(
        ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<bool> treated, ReadOnlySpan<double> weights)
    {
        SurvivalInput.CheckFollowUp(times, events);
        SurvivalInput.CheckLength(times.Length, treated.Length, nameof(treated));
        weights = weights.IsEmpty ? SurvivalInput.Ones(times.Length) : weights;
        SurvivalInput.CheckWeights(weights, times.Length);
        return (Take(times, events, treated, weights, true), Take(times, events, treated, weights, false));
    }

    private static SurvivalArm Take(
        ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<bool> treated, ReadOnlySpan<double> weights, bool wanted)
    {
        var (armTimes, armEvents, armWeights) = (new List<double>(), new List<bool>(), new List<double>());
        for (var i = 0; i < times.Length; i++)
        {
            if (treated[i] == wanted && weights[i] > 0)
            {
                armTimes.Add(times[i]);
                armEvents.Add(events[i]);
                armWeights.Add(weights[i]);
            }
        }

        if (armTimes.Count == 0)
        {
            throw new ArgumentException($"The {(wanted ? "treated" : "control")} arm has no subject of positive weight.", nameof(treated));
        }

        return new SurvivalArm([.. armTimes], [.. armEvents], [.. armWeights]);
    }
}
