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
        // The scenario states the share that leaves in a year; the simulator wants the constant hazard behind it.
        var dropoutHazard = -Math.Log(1 - plan.DropoutPerYear);
        var design = new TrialDesign(treatedCount, controlCount, plan.Accrual, plan.FollowUp, dropoutHazard, horizon);
        var criterion = Criterion(plan.Success, scenario.Estimand.Confidence);
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
            Describe(plan.Success, scenario.Estimand.Confidence),
            plan.Success.Statistic == SuccessStatistic.Estimate ? plan.Success.Threshold : null,
            trial.SuccessProbability,
            trial.SuccessMonteCarloError);
    }

    private static Trials.SuccessCriterion Criterion(Language.SuccessCriterion success, double level)
    {
        var rule = (success.Statistic, success.IsBelow) switch
        {
            (SuccessStatistic.Estimate, true) => SuccessRule.EstimateBelow,
            (SuccessStatistic.Estimate, false) => SuccessRule.EstimateAbove,
            (SuccessStatistic.UpperLimit, true) => SuccessRule.UpperLimitBelow,
            (SuccessStatistic.LowerLimit, false) => SuccessRule.LowerLimitAbove,
            _ => throw new InvalidOperationException("A success criterion compares the upper limit from below or the lower limit from above."),
        };
        return new Trials.SuccessCriterion(success.Measure.Measure, success.Measure.Time, rule, success.Threshold, level);
    }

    private static string Describe(SimulationPlan plan, TrialDesign design, int populationCount) => string.Create(
        CultureInfo.InvariantCulture,
        $"{plan.ReplicateCount} randomised trials of {design.TreatedCount} treated and {design.ControlCount} control subjects, drawn with replacement from the {populationCount} treated subjects' twins. "
        + $"Accrual over {Years(design.Accrual)}, then {Years(design.FollowUp)} of follow-up; {100 * plan.DropoutPerYear:0.##} % of those at risk leave each year. "
        + "Each trial takes one member of the ensemble, so that the distribution holds the model's uncertainty as well as chance; it does not hold unmeasured confounding. "
        + "Analysis without covariates.");

    private static string Years(Duration duration) => string.Create(CultureInfo.InvariantCulture, $"{duration.In(TimeUnit.Year):0.##} years");

    private static string Describe(Language.SuccessCriterion success, double level)
    {
        var statistic = success.Statistic switch
        {
            SuccessStatistic.Estimate => "estimate",
            SuccessStatistic.UpperLimit => $"upper {100 * level:0.##} % limit",
            _ => $"lower {100 * level:0.##} % limit",
        };
        var side = success.IsBelow ? "below" : "above";
        return string.Create(CultureInfo.InvariantCulture, $"{statistic} of the {ResultNames.Of(success.Measure.Measure)} {side} {success.Threshold}");
    }
}
