using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Layers;

/// <summary>Settings of graph attention.</summary>
public sealed record AttentionOptions
{
    /// <summary>Heads that attend side by side.</summary>
    public int Heads { get; init; } = 1;

    /// <summary>Features of one head.</summary>
    public int HeadWidth { get; init; } = 16;

    /// <summary>Whether heads stand side by side [.., heads * width] or are averaged [.., width].</summary>
    public bool ConcatenatesHeads { get; init; } = true;

    /// <summary>Whether a node attends to itself too.</summary>
    public bool AddsSelfLoops { get; init; } = true;

    /// <summary>Whether the features of the edges have a part in the scores.</summary>
    public bool UsesEdgeFeatures { get; init; }

    /// <summary>Whether the two ends of an edge share one matrix (dynamic attention only).</summary>
    public bool SharesWeights { get; init; }

    /// <summary>Slope of the leaky rectifier of the scores below 0.</summary>
    public float NegativeSlope { get; init; } = 0.2f;

    /// <summary>After the bias.</summary>
    public Activation Activation { get; init; } = Activation.Elu;

    /// <summary>Features that go out.</summary>
    public int OutputWidth => ConcatenatesHeads ? Heads * HeadWidth : HeadWidth;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Heads);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(HeadWidth);
        if (!float.IsFinite(NegativeSlope))
        {
            throw new ArgumentOutOfRangeException(nameof(NegativeSlope), NegativeSlope, "The slope must be finite.");
        }
    }
}
