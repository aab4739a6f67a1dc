using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language;

/// <summary>The trial to simulate from the twins' forecasts.</summary>
/// <param name="ReplicateCount">Simulated trials.</param>
/// <param name="TreatedCount">Subjects drawn into the treated arm of each; null for as many as observed.</param>
/// <param name="ControlCount">Subjects drawn into the control arm of each; null for as many as in the treated arm.</param>
/// <param name="Accrual">Subjects enter evenly over this time; zero when all enter at once.</param>
/// <param name="FollowUp">From the last entry to the end of the study.</param>
/// <param name="DropoutPerYear">Fraction of the subjects at risk that leaves each year, in [0, 1).</param>
/// <param name="Success">What counts as success.</param>
public sealed record SimulationPlan(
    int ReplicateCount,
    int? TreatedCount,
    int? ControlCount,
    Duration Accrual,
    Duration FollowUp,
    double DropoutPerYear,
    SuccessCriterion Success);

/// <summary>Which number of a replicate is judged.</summary>
public enum SuccessStatistic
{
    Estimate,
    LowerLimit,
    UpperLimit,
}

/// <summary>A simulated trial succeeds when the statistic lies on the right side of the threshold.</summary>
/// <param name="Measure">One of the estimand's measures.</param>
/// <param name="Statistic">The estimate, or a limit of its interval.</param>
/// <param name="IsBelow">True: success below the threshold; false: above it.</param>
/// <param name="Threshold">On the natural scale of the measure (ratios as ratios, RMST differences in days).</param>
public sealed record SuccessCriterion(RequestedMeasure Measure, SuccessStatistic Statistic, bool IsBelow, double Threshold);
