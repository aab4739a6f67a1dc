namespace DigitalTwin.Trials;

/// <summary>The predictive distribution of a trial's result.</summary>
/// <param name="Estimates">Shape [replicates that gave an estimate], in order of replicate; natural scale of the measure.</param>
/// <param name="FailedCount">Replicates without an estimate: no event in an arm, or no convergence. They count as not successful.</param>
/// <param name="SuccessCount">Replicates that met the criterion.</param>
/// <param name="ReplicateCount">Replicates simulated.</param>
public sealed record SimulatedTrial(double[] Estimates, int FailedCount, int SuccessCount, int ReplicateCount)
{
    /// <summary>Share of replicates that succeed.</summary>
    public double SuccessProbability => (double)SuccessCount / ReplicateCount;

    /// <summary>Binomial standard error of that share from the finite number of replicates.</summary>
    public double SuccessMonteCarloError => Math.Sqrt(SuccessProbability * (1 - SuccessProbability) / ReplicateCount);
}
