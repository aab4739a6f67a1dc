namespace DigitalTwin.Models.Explanation.Attribution;

/// <summary>How finely a path is cut.</summary>
public sealed record PathIntegralOptions
{
    /// <summary>Steps at first, positive; doubled until contributions add up.</summary>
    public int FirstStepCount { get; init; } = 16;

    /// <summary>Steps at most, not below the first.</summary>
    public int MostStepCount { get; init; } = 1024;

    /// <summary>Contributions add up when what is missing is below this share of the difference ...</summary>
    public double RelativeTolerance { get; init; } = 0.01;

    /// <summary>... or below this, on the scale of the quantity: what single precision leaves of a network.</summary>
    public double AbsoluteTolerance { get; init; } = 1e-4;
}
