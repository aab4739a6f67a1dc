namespace DigitalTwin.Models.Twins;

/// <summary>Settings of a <see cref="MultiOmicsTwinTrainer"/>.</summary>
public sealed record MultiOmicsTwinOptions
{
    /// <summary>Folds of the cross-fitting, 2 to 20.</summary>
    public int FoldCount { get; init; } = 5;

    /// <summary>Bootstrap members trained without each fold, 2 to 500: a training subject is forecast by this many,
    /// a new subject by this many times the folds.</summary>
    public int MembersPerFold { get; init; } = 5;

    /// <summary>Threads the training may use; results do not depend on it.</summary>
    public int MaxThreads { get; init; } = 2;

    /// <summary>Fewest events (or subjects with the rarer outcome) an arm must have, and fewest subjects with each layer.</summary>
    public int MinimumEventCount { get; init; } = 10;

    /// <summary>Orders of the features that an explanation averages over, at least 2.</summary>
    public int ExplanationSampleCount { get; init; } = 8;
}
