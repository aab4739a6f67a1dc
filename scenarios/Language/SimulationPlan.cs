using DigitalTwin.Trials;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language;

/// <summary>The trial to simulate from the twins' forecasts.</summary>
/// <param name="ReplicateCount">Simulated trials.</param>
/// <param name="TreatedCount">Subjects drawn into the treated arm of each; null for as many as observed.</param>
/// <param name="ControlCount">Subjects drawn into the control arm of each; null for as many as in the treated arm.</param>
/// <param name="Accrual">Subjects enter evenly over this time; zero when all enter at once.</param>
/// <param name="FollowUp">From the last entry to the end of the trial; positive.</param>
/// <param name="DropoutPerYear">Constant hazard of leaving early, exits per subject-year.</param>
/// <param name="Success">What counts as success.</param>
public sealed record SimulationPlan(
    int ReplicateCount,
    int? TreatedCount,
    int? ControlCount,
    Duration Accrual,
    Duration FollowUp,
    double DropoutPerYear,
    SuccessCriterion Success);
