namespace DigitalTwin.Models.Network.Pretraining;

/// <summary>Settings of pre-training on subjects whose outcome is not known.</summary>
public sealed record PretrainingOptions
{
    /// <summary>Share of the numbers that are hidden and must be filled in, in (0, 1).</summary>
    public double HiddenShare { get; init; } = 0.3;

    /// <summary>How often a whole modality is hidden, so that it must be filled in from the others.</summary>
    public float ModalityDropout { get; init; } = 0.2f;

    /// <summary>Weight of the contrast between modalities beside the reconstruction; 0 leaves it out.</summary>
    public float ContrastWeight { get; init; } = 0.1f;

    public double LearningRate { get; init; } = 2e-3;

    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Epochs at most, and epochs without a better loss on held-out subjects after which it stops.</summary>
    public int EpochCount { get; init; } = 100;

    public int Patience { get; init; } = 10;

    /// <summary>Subjects of a step, 2 or more: what a contrast tells apart.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Fewest subjects.</summary>
    public int LeastSubjectCount { get; init; } = 50;

    internal void Check()
    {
        if (!(HiddenShare > 0 && HiddenShare < 1) || !(ModalityDropout >= 0 && ModalityDropout < 1) || !(ContrastWeight >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(HiddenShare), (HiddenShare, ModalityDropout, ContrastWeight), "Shares lie from 0 to below 1, the hidden one above 0, and the weight is not negative.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 2);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(EpochCount);
        ArgumentOutOfRangeException.ThrowIfLessThan(LeastSubjectCount, 10);
    }
}
