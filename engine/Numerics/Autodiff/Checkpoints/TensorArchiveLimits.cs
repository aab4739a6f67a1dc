namespace DigitalTwin.Numerics.Autodiff.Checkpoints;

/// <summary>What a reader accepts from a file that somebody else may have written.</summary>
public sealed record TensorArchiveLimits
{
    /// <summary>Bytes of the header.</summary>
    public int HeaderBytes { get; init; } = 16 << 20;

    /// <summary>Bytes of all numbers.</summary>
    public long DataBytes { get; init; } = 8L << 30;

    public int TensorCount { get; init; } = 100_000;

    /// <summary>Dimensions of a tensor.</summary>
    public int Dimensions { get; init; } = 8;
}
