namespace DigitalTwin.Networks.Training;

/// <summary>How gradients become steps.</summary>
public enum OptimizerKind
{
    /// <summary>Decay joins the gradient.</summary>
    /// <remarks>Source: [Kingma2015].</remarks>
    Adam,

    /// <summary>Decay bypasses the moments.</summary>
    /// <remarks>Source: [Loshchilov2019].</remarks>
    AdamW,

    /// <summary>Gradient descent with momentum.</summary>
    Sgd,
}

/// <summary>Settings of an optimiser.</summary>
public sealed record OptimizerOptions
{
    public OptimizerKind Kind { get; init; } = OptimizerKind.AdamW;

    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Memory of the mean of gradients (Adam).</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Memory of their squares (Adam).</summary>
    public double Beta2 { get; init; } = 0.999;

    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Memory of the velocity (gradient descent).</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Decay of weights; shifts, scales of normalisations and statistics do not decay.</summary>
    public double WeightDecay { get; init; }

    internal void Check()
    {
        Positive(LearningRate, nameof(LearningRate));
        Positive(Epsilon, nameof(Epsilon));
        Memory(Beta1, nameof(Beta1));
        Memory(Beta2, nameof(Beta2));
        Memory(Momentum, nameof(Momentum));
        if (!(WeightDecay >= 0) || !double.IsFinite(WeightDecay))
        {
            throw new ArgumentOutOfRangeException(nameof(WeightDecay), WeightDecay, "Decay is finite and not negative.");
        }
    }

    private static void Positive(double value, string name)
    {
        if (!(value > 0) || !double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(name, value, "The value must be positive and finite.");
        }
    }

    private static void Memory(double value, string name)
    {
        if (!(value >= 0 && value < 1))
        {
            throw new ArgumentOutOfRangeException(name, value, "A memory lies from 0 to below 1.");
        }
    }
}

/// <summary>Settings of a <see cref="Trainer"/>.</summary>
public sealed record TrainerOptions
{
    /// <summary>Of the order of subjects and of dropout. The model has its own for its first values.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Epochs at most.</summary>
    public int EpochCount { get; init; } = 100;

    /// <summary>Subjects of a step.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Subjects that are computed at once; gradients of the parts of a batch add up to that of the batch. 0 for the whole batch.</summary>
    public int MicroBatchSize { get; init; }

    public OptimizerOptions Optimizer { get; init; } = new();

    public LearningRateSchedule Schedule { get; init; } = new ConstantSchedule();

    /// <summary>Greatest norm of all gradients together; longer ones are scaled down to it. 0 for no limit.</summary>
    /// <remarks>Source: [Pascanu2013] algorithm 1.</remarks>
    public double GradientNormLimit { get; init; }

    /// <summary>Epochs without a better validation metric after which training stops; 0 for never.</summary>
    public int Patience { get; init; }

    /// <summary>What a metric must gain to count as better.</summary>
    public double LeastImprovement { get; init; }

    /// <summary>Whether the parameters of the best validation metric are put back at the end.</summary>
    public bool RestoresBest { get; init; } = true;

    /// <summary>The settings that decide the numbers, as text: a saved state goes on only under the same.</summary>
    internal string Fingerprint => $"{Seed}; {BatchSize}; {MicroBatchSize}; {Optimizer}; {Schedule}; {GradientNormLimit:R}; {LeastImprovement:R}";

    internal void Check()
    {
        ArgumentNullException.ThrowIfNull(Optimizer);
        ArgumentNullException.ThrowIfNull(Schedule);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(EpochCount);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(BatchSize);
        ArgumentOutOfRangeException.ThrowIfNegative(MicroBatchSize);
        ArgumentOutOfRangeException.ThrowIfNegative(Patience);
        if (!(GradientNormLimit >= 0) || !(LeastImprovement >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(GradientNormLimit), (GradientNormLimit, LeastImprovement), "Limits are not negative.");
        }

        Optimizer.Check();
        Schedule.Check();
    }
}
