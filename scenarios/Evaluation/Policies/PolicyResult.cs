namespace DigitalTwin.Scenarios.Evaluation.Policies;

/// <summary>What assigning each subject the arm predicted best for it would be worth.</summary>
/// <param name="Model">Whose predictions decide.</param>
/// <param name="Best">highest or lowest.</param>
/// <param name="Propensity">Covariates of the propensities.</param>
/// <param name="LeastPropensity">Below it an arm is not chosen.</param>
/// <param name="SubjectCount">Subjects judged in each pass.</param>
/// <param name="PassCount">Passes over the subjects: seeds times repeats.</param>
/// <param name="Values">Mean outcomes.</param>
/// <param name="Differences">Paired, on the same subjects.</param>
/// <param name="Assigned">How often each arm is chosen.</param>
/// <param name="UnsupportedShare">Share of pairs of subject and arm that were too improbable to be chosen.</param>
/// <param name="Claim">What the intervals allow to say.</param>
public sealed record PolicyResult(
    string Model,
    string Best,
    IReadOnlyList<string> Propensity,
    double LeastPropensity,
    int SubjectCount,
    int PassCount,
    IReadOnlyList<PolicyRow> Values,
    IReadOnlyList<PolicyDifference> Differences,
    IReadOnlyList<AssignedArm> Assigned,
    double UnsupportedShare,
    string Claim);

/// <param name="Name">What is valued, and how.</param>
/// <param name="Value">Mean outcome, over passes.</param>
/// <param name="Lower">Lower bound.</param>
/// <param name="Upper">Upper bound.</param>
/// <param name="FollowedCount">Subjects who happened to receive what was chosen, on average over passes.</param>
/// <param name="EffectiveSampleSize">Of those, on average over passes.</param>
public sealed record PolicyRow(string Name, double Value, double Lower, double Upper, double FollowedCount, double EffectiveSampleSize);

/// <param name="Name">What is compared.</param>
/// <param name="Difference">Mean over passes.</param>
/// <param name="Lower">Lower bound.</param>
/// <param name="Upper">Upper bound.</param>
/// <param name="Verdict">better, worse, or "cannot tell".</param>
public sealed record PolicyDifference(string Name, double Difference, double Lower, double Upper, string Verdict);

/// <param name="Arm">The arm.</param>
/// <param name="Share">Of subjects for whom it is chosen.</param>
/// <param name="ObservedShare">Of subjects who received it.</param>
public sealed record AssignedArm(string Arm, double Share, double ObservedShare);
