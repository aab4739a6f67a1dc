namespace DigitalTwin.Networks.Training;

/// <summary>How the learning rate changes: a factor of the rate that the options give.</summary>
public abstract record LearningRateSchedule
{
    /// <summary>The factor at a step.</summary>
    /// <param name="step">Steps made before, from 0.</param>
    /// <param name="epoch">Epochs made before, from 0.</param>
    /// <param name="reductions">How often the validation metric stood still long enough for <see cref="PlateauSchedule"/>.</param>
    public abstract double FactorAt(long step, int epoch, int reductions);

    /// <summary>Throws if a setting is out of range.</summary>
    internal virtual void Check()
    {
    }

    /// <summary>A share from 0 to 1.</summary>
    private protected static void CheckShare(double share, string name)
    {
        if (!(share >= 0 && share <= 1))
        {
            throw new ArgumentOutOfRangeException(name, share, "The share lies from 0 to 1.");
        }
    }
}

/// <summary>The same rate all along.</summary>
public sealed record ConstantSchedule : LearningRateSchedule
{
    public override double FactorAt(long step, int epoch, int reductions) => 1;
}

/// <summary>From 0 up to the rate in equal steps, then down along a half cosine to a floor, where it stays.</summary>
/// <remarks>Source: [Loshchilov2017] equation 5, one cycle; [Goyal2017] section 2.2 for the warm-up.</remarks>
/// <param name="TotalSteps">Steps until the floor, warm-up included.</param>
/// <param name="WarmUpSteps">Steps of the warm-up.</param>
/// <param name="Floor">Share of the rate that stays.</param>
public sealed record CosineSchedule(long TotalSteps, long WarmUpSteps = 0, double Floor = 0) : LearningRateSchedule
{
    public override double FactorAt(long step, int epoch, int reductions)
    {
        if (step < WarmUpSteps)
        {
            return (step + 1.0) / WarmUpSteps;
        }

        var share = Math.Min(1, (step - WarmUpSteps) / (double)(TotalSteps - WarmUpSteps));
        return Floor + ((1 - Floor) * 0.5 * (1 + Math.Cos(Math.PI * share)));
    }

    internal override void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(WarmUpSteps);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(TotalSteps, WarmUpSteps);
        CheckShare(Floor, nameof(Floor));
    }
}

/// <summary>Multiplied by a factor after every so many epochs.</summary>
public sealed record StepSchedule(int EveryEpochs, double Factor = 0.1) : LearningRateSchedule
{
    public override double FactorAt(long step, int epoch, int reductions) => Math.Pow(Factor, epoch / EveryEpochs);

    internal override void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(EveryEpochs);
        CheckShare(Factor, nameof(Factor));
    }
}

/// <summary>Multiplied by a factor whenever the validation metric (the training loss without one) has not improved for some epochs.</summary>
public sealed record PlateauSchedule(int Patience, double Factor = 0.5, double Floor = 0.001) : LearningRateSchedule
{
    public override double FactorAt(long step, int epoch, int reductions) => Math.Max(Floor, Math.Pow(Factor, reductions));

    internal override void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Patience);
        CheckShare(Factor, nameof(Factor));
        CheckShare(Floor, nameof(Floor));
    }
}
