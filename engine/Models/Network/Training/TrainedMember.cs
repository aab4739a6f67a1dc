namespace DigitalTwin.Models.Network.Training;

/// <summary>One trained network of an ensemble.</summary>
/// <param name="Parameters">All its numbers, as <see cref="Numerics.Autodiff.ParameterSet.Snapshot"/> gives them.</param>
/// <param name="BestEpoch">Epoch that was kept, from 1; 0 where no epoch was better than the start on the inner validation fold.</param>
/// <param name="HeldOut">Subjects of that fold.</param>
/// <param name="HeldOutLosses">Mean loss on that fold before training and after each epoch, shape [epochs + 1].</param>
/// <param name="HeldOutOutputs">What the network that was kept gives for them, row-major [held out, outputs].</param>
internal sealed record TrainedMember(float[] Parameters, int BestEpoch, int[] HeldOut, double[] HeldOutLosses, float[] HeldOutOutputs)
{
    /// <summary>Mean loss on the fold before training.</summary>
    public double StartLoss => HeldOutLosses[0];

    /// <summary>Mean loss on the fold of the network that was kept.</summary>
    public double KeptLoss => HeldOutLosses[BestEpoch];
}
