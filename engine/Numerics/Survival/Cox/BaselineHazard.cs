namespace DigitalTwin.Numerics.Survival;

/// <summary>Cumulative baseline hazard of one stratum: a right-continuous step function, zero before the first time.</summary>
/// <param name="Stratum">Label of the stratum.</param>
/// <param name="Times">Distinct times of follow-up, ascending.</param>
/// <param name="CumulativeHazard">Cumulative hazard at and after each time, shape [times].</param>
public sealed record BaselineHazard(int Stratum, double[] Times, double[] CumulativeHazard)
{
    /// <summary>Cumulative hazard at a time; flat after the last.</summary>
    public double At(double time)
    {
        var index = Array.BinarySearch(Times, time);
        var step = index >= 0 ? index : ~index - 1;
        return step < 0 ? 0 : CumulativeHazard[step];
    }
}
