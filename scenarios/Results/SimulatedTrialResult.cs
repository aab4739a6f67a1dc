using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Results;

/// <summary>The whole trial simulated many times from the twins.</summary>
/// <param name="ReplicateCount">Trials simulated whose estimate could be computed.</param>
/// <param name="FailedCount">Trials whose estimate could not be computed (no event in an arm, no convergence).</param>
/// <param name="Measure">What each replicate estimated.</param>
/// <param name="Time">Time the measure belongs to, or null.</param>
/// <param name="Description">Accrual, dropout and design, in sentences.</param>
/// <param name="Mean">Mean estimate on the natural scale.</param>
/// <param name="StandardDeviation">Spread of the estimates over replicates, on the natural scale.</param>
/// <param name="Quantiles">Predictive quantiles, ascending probability.</param>
/// <param name="Histogram">Predictive distribution of the estimate.</param>
/// <param name="SuccessText">What counts as success, in words.</param>
/// <param name="SuccessThreshold">Value of the estimate the success criterion names, or null when it is a p-value or a limit.</param>
/// <param name="SuccessProbability">Share of the replicates that succeed.</param>
/// <param name="SuccessMonteCarloError">Monte Carlo standard error of that share.</param>
public sealed record SimulatedTrialResult(
    int ReplicateCount,
    int FailedCount,
    SummaryMeasure Measure,
    Duration? Time,
    string Description,
    double Mean,
    double StandardDeviation,
    IReadOnlyList<QuantileValue> Quantiles,
    Histogram Histogram,
    string SuccessText,
    double? SuccessThreshold,
    double SuccessProbability,
    double SuccessMonteCarloError);
