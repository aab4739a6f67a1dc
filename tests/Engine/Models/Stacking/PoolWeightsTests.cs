using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Stacking;
using DigitalTwin.Tests.Reference;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Stacking;

public sealed class PoolWeightsTests
{
    private static readonly ReferenceValues Quadprog = ReferenceData.Values("stacking/stacking.csv");

    [Fact]
    public void Reference_BrierScoresOfThreeForecasts_MatchR()
    {
        var (forecasts, outcome) = Gbsg();
        var score = OutOfFoldScore.Of(outcome);

        Agreement.Close(Quadprog.Vector("gbsg", "score"), [.. forecasts.Select(f => score.Each(f).Average())], 1e-12);
    }

    [Fact]
    public void Reference_WeightsOfLeastBrierScore_MatchQuadraticProgramming()
    {
        var (forecasts, outcome) = Gbsg();
        var solver = new PoolWeights(forecasts, outcome, OutOfFoldScore.Of(outcome));

        Agreement.Close(Quadprog.Vector("gbsg", "weights"), solver.Fit(Ones(outcome.Count), priorCount: 0), 1e-4);
        Agreement.Close(
            Quadprog.Vector("gbsg", "weights.first400"), solver.Fit([.. Enumerable.Range(0, outcome.Count).Select(i => i < 400 ? 1.0 : 0)], priorCount: 0), 1e-4);
    }

    [Fact]
    public void Property_ThePullToEqualWeightsGrowsWithThePrior()
    {
        var (forecasts, outcome) = Gbsg();
        var solver = new PoolWeights(forecasts, outcome, OutOfFoldScore.Of(outcome));

        var spreads = new[] { 0.0, 10, 100, 1e6 }.Select(prior => solver.Fit(Ones(outcome.Count), prior)).Select(w => w.Max() - w.Min()).ToArray();

        Assert.Equal(spreads.OrderDescending(), spreads);
        Assert.InRange(spreads[^1], 0, 1e-3);
    }

    // All tell the same curve; the second has a step in twenty days, where the others have one a day: a little late, and no worse. The log score, to which most of its days are
    // impossible, would give it nothing.
    [Fact]
    public void Property_ACoarseGridCostsAModelLittleWeight()
    {
        double[] days = [.. Enumerable.Range(0, 600).Select(i => 1.0 + (i % 200))];
        var outcome = new SurvivalOutcome(days, [.. days.Select(_ => true)], Duration.FromDays(200));
        var fine = Curve(Enumerable.Range(0, 201));
        var coarse = Curve(Enumerable.Range(0, 11).Select(k => 20 * k));
        OutcomePredictions[] members = [PredictionPool.OnGridOf(fine, outcome), PredictionPool.OnGridOf(coarse, outcome), PredictionPool.OnGridOf(fine, outcome)];

        var weights = new PoolWeights(members, outcome, OutOfFoldScore.Of(outcome)).Fit(Ones(600), priorCount: 10);

        Assert.All(weights, w => Assert.InRange(w, 0.15, 0.45));

        SurvivalPredictions Curve(IEnumerable<int> grid)
        {
            double[] times = [.. grid.Select(t => (double)t)];
            return new SurvivalPredictions(times, [.. Enumerable.Range(0, 600).SelectMany(_ => times.Select(t => 1 - (t / 200)))], new double[600]);
        }
    }

    // Followed to one day and no further: nothing can be scored over time, and the log score is taken.
    [Fact]
    public void Property_WithoutFollowUpPastTheScoredTimes_TheLogScoreIsTaken()
    {
        var outcome = new SurvivalOutcome([10, 10, 10, 10], [true, true, true, true], Duration.FromDays(10));
        OutcomePredictions[] members = [All(0.9), All(0.2)];

        var score = OutOfFoldScore.Of(outcome);
        var weights = new PoolWeights(members, outcome, score).Fit(Ones(4), priorCount: 0);

        Assert.Null(score.Brier);
        Assert.Equal(1, weights[1], 6);
        Assert.Equal(-Math.Log(0.8), score.Each(members[1])[0], 12);

        static SurvivalPredictions All(double survival) => new([0, 10], [.. Enumerable.Repeat(new[] { 1, survival }, 4).SelectMany(s => s)], new double[4]);
    }

    // As stacking.R writes them, on the grid that is scored.
    private static (OutcomePredictions[] Forecasts, SurvivalOutcome Outcome) Gbsg()
    {
        var table = ReferenceData.DataSet("gbsg");
        var (nodes, grade, hormon) = (table.Numbers("nodes"), table.Numbers("grade"), table.Numbers("hormon"));
        var outcome = new SurvivalOutcome(table.Numbers("rfstime"), table.Flags("status"), Duration.FromDays(100_000));
        var grid = OutOfFoldScore.Of(outcome).Brier!.Grid;
        return (
            [
                Curves(i => Math.Exp(0.04 * (nodes[i] - 5)), t => t / 3200),
                Curves(i => Math.Exp((0.6 * (grade[i] - 2)) - (0.4 * hormon[i])), t => Math.Pow(t / 2900, 1.3)),
                Curves(_ => 1, t => t / 1100),
            ],
            outcome);

        SurvivalPredictions Curves(Func<int, double> ratio, Func<double, double> hazard) => new(
            grid, [.. Enumerable.Range(0, outcome.Count).SelectMany(i => grid.Select(t => Math.Exp(-hazard(t) * ratio(i))))], new double[outcome.Count]);
    }

    private static double[] Ones(int count) => [.. Enumerable.Repeat(1.0, count)];
}
