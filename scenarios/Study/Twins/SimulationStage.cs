using System.Globalization;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.Results;
using DigitalTwin.Trials;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Study.Twins;

/// <summary>Simulates the scenario's trial from the twins' forecasts.</summary>
internal static class SimulationStage
{
    private static readonly double[] Probabilities = [0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975];
    private const int HistogramBins = 40;

    public static SimulatedTrialResult Run(
        SimulationPlan plan, Scenario scenario, IReadOnlyList<VirtualSubject> population, ulong seed, int threads, CancellationToken cancellation)
    {
        var treatedCount = plan.TreatedCount ?? population.Count;
        var controlCount = plan.ControlCount ?? treatedCount;
        var horizon = (scenario.Endpoint as TimeToEventEndpoint)?.Horizon;
        var design = new TrialDesign(treatedCount, controlCount, plan.Accrual, plan.FollowUp, plan.DropoutPerYear, horizon);
        var criterion = plan.Success;
        var trial = TrialSimulator.Simulate(population, design, criterion, plan.ReplicateCount, seed, threads, cancellation);
        var sorted = trial.Estimates.Order().ToArray();
        if (sorted.Length == 0)
        {
            throw new StudyException(
                "simulation", "No simulated trial gave an estimate: with this accrual and follow-up there are no events to analyse. Lengthen followUp, or enlarge the arms.");
        }

        var mean = sorted.Average();
        return new SimulatedTrialResult(
            trial.ReplicateCount - trial.FailedCount,
            trial.FailedCount,
            criterion.Measure,
            criterion.Time,
            Describe(plan, design, population.Count),
            mean,
            Math.Sqrt(sorted.Sum(e => (e - mean) * (e - mean)) / Math.Max(1, sorted.Length - 1)),
            QuantileValue.Of(sorted, Probabilities),
            Histogram.Of(sorted, sorted[0], sorted[^1], HistogramBins),
            Describe(criterion),
            criterion.Rule is SuccessRule.EstimateBelow or SuccessRule.EstimateAbove ? criterion.Threshold : null,
            trial.SuccessProbability,
            trial.SuccessMonteCarloError);
    }

    private static string Describe(SimulationPlan plan, TrialDesign design, int populationCount) => string.Create(
        CultureInfo.InvariantCulture,
        $"{plan.ReplicateCount} randomised trials of {design.TreatedCount} treated and {design.ControlCount} control subjects, drawn with replacement from the {populationCount} treated subjects' twins. "
        + $"Accrual over {Years(design.Accrual)}, then {Years(design.FollowUp)} of follow-up; {plan.DropoutPerYear:0.###} subjects leave early per subject-year. "
        + $"Each trial takes one member of the ensemble, so that the distribution holds the model's uncertainty as well as chance; it does not hold unmeasured confounding. "
        + $"Analysis without covariates.");

    private static string Years(Duration duration) => string.Create(CultureInfo.InvariantCulture, $"{duration.In(TimeUnit.Year):0.##} years");

    private static string Describe(SuccessCriterion criterion)
    {
        var level = string.Create(CultureInfo.InvariantCulture, $"{100 * criterion.Level:0.##} %");
        var rule = criterion.Rule switch
        {
            SuccessRule.EstimateBelow => "estimate {0} below {1}",
            SuccessRule.EstimateAbove => "estimate {0} above {1}",
            SuccessRule.UpperLimitBelow => $"upper {level} limit {{0}} below {{1}}",
            SuccessRule.LowerLimitAbove => $"lower {level} limit {{0}} above {{1}}",
            _ => throw new InvalidOperationException($"Unknown success rule {criterion.Rule}."),
        };
        return string.Format(CultureInfo.InvariantCulture, rule, $"of the {ResultNames.Of(criterion.Measure).Replace('-', ' ')}", criterion.Threshold);
    }
}
