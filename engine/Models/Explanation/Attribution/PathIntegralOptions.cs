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

    /// <summary>... or below this share of the sum of their sizes: where they cancel, a share of the difference would ask for more than anybody reads.</summary>
    public double ShareTolerance { get; init; } = 0.002;
}
