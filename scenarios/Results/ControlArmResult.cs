using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Results;

/// <summary>A control arm made by one method, and the evidence on whether it is credible.</summary>
/// <param name="MethodId">The scenario's name of the method.</param>
/// <param name="Label">Words for tables and plots.</param>
/// <param name="Method">Kind of method, e.g. <c>att-weights</c>, <c>matching</c>, <c>entropy-balancing</c>, <c>twin</c>.</param>
/// <param name="Kind">Concurrent, external or twin.</param>
/// <param name="Primary">True for the method of the primary estimate.</param>
/// <param name="Description">How the arm was made, in sentences a statistician can check.</param>
/// <param name="Citations">Full references of the method.</param>
/// <param name="TreatedCount">Treated subjects with a positive weight.</param>
/// <param name="ControlCount">Control subjects with a positive weight.</param>
/// <param name="EssTreated">Effective sample size of the treated arm.</param>
/// <param name="EssControl">Effective sample size of the control arm.</param>
/// <param name="Weights">Distribution of the weights, one entry an arm; empty when the method has none.</param>
/// <param name="Balance">Balance before and after, one row a covariate column.</param>
/// <param name="Overlap">Propensity scores by arm, or null when the method has none.</param>
public sealed record ControlArmResult(
    string MethodId,
    string Label,
    string Method,
    ControlArmKind Kind,
    bool Primary,
    string Description,
    IReadOnlyList<string> Citations,
    int TreatedCount,
    int ControlCount,
    double EssTreated,
    double EssControl,
    IReadOnlyList<WeightSummary> Weights,
    IReadOnlyList<BalanceRow> Balance,
    OverlapHistogram? Overlap);
