namespace DigitalTwin.Networks.Training;

/// <summary>One epoch, when it ends.</summary>
/// <param name="Epoch">Number, from 1.</param>
/// <param name="Step">Steps made so far.</param>
/// <param name="TrainingLoss">Weighted mean over the epoch, of the parameters as they were at each step.</param>
/// <param name="ValidationMetric">The metric, or the loss, on the validation subjects; NaN without any.</param>
/// <param name="LearningRate">Of the last step.</param>
/// <param name="GradientNorm">Greatest of the epoch, before clipping.</param>
public readonly record struct TrainingProgress(int Epoch, long Step, double TrainingLoss, double ValidationMetric, double LearningRate, double GradientNorm);

/// <summary>Why training ended.</summary>
public enum TrainingEnd
{
    /// <summary>All epochs were made.</summary>
    AllEpochs,

    /// <summary>The validation metric did not improve any more.</summary>
    Patience,
}

/// <summary>What training came to.</summary>
/// <param name="End">Why it ended.</param>
/// <param name="BestEpoch">Epoch, from 1, of the best validation metric; 0 without validation.</param>
/// <param name="BestMetric">That metric; NaN without validation.</param>
/// <param name="History">Each epoch.</param>
public sealed record TrainingResult(TrainingEnd End, int BestEpoch, double BestMetric, IReadOnlyList<TrainingProgress> History);
