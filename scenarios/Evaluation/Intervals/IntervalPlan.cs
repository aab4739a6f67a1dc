namespace DigitalTwin.Scenarios.Evaluation.Intervals;

/// <summary>Regions that are stated to hold outcomes, to be measured.</summary>
/// <param name="Level">Stated coverage, in (0, 1).</param>
/// <param name="Calibration">Whose outcomes the regions are calibrated on.</param>
/// <param name="Models">Names of the models that state them; null for all.</param>
public sealed record IntervalPlan(double Level, RegionSource Calibration, IReadOnlyList<string>? Models)
{
    /// <summary>Whether a model is asked for regions.</summary>
    public bool Asks(string model) => Models?.Contains(model) ?? true;
}

/// <summary>Training subjects that regions are calibrated on; never a test subject.</summary>
public enum RegionSource
{
    /// <summary>All, each by a model that was learnt without its fifth of them.</summary>
    CrossFitted,

    /// <summary>A third of them, which the model that states the regions has not seen.</summary>
    HeldOut,
}
