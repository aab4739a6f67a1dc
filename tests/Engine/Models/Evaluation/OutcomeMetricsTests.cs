using DigitalTwin.Models.Baseline;
using DigitalTwin.Models.Evaluation;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Tests.Reference;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Evaluation;

/// <summary>Oracles: Reference/evaluation, made by R and scikit-learn; closed forms.</summary>
public sealed class OutcomeMetricsTests
{
    private static readonly EndpointKind[] s_kinds =
        [EndpointKind.Binary, EndpointKind.Categorical, EndpointKind.Ordinal, EndpointKind.TimeToEvent, EndpointKind.Continuous];

    [Fact]
    public void Reference_SurvivalMeasuresOfCurves_MatchR()
    {
        var table = ReferenceData.Table("evaluation/predictions.csv");
        var r = ReferenceData.Values("evaluation/survival.csv");
        var columns = Enumerable.Range(1, 15).Select(k => table.Numbers($"X{k}")).ToArray();
        var predictions = new SurvivalPredictions(
            [.. Enumerable.Range(0, 15).Select(k => 150.0 * k)],
            [.. Enumerable.Range(0, table.RowCount).SelectMany(i => columns.Select(c => c[i]))],
            table.Numbers("risk"));
        var test = new SurvivalOutcome(table.Numbers("time"), table.Flags("event"), Duration.FromDays(5000));
        var sample = new MetricSample(test, test, predictions, []);
        Agreement.Close(r.Scalar("gbsg", "antolini"), Measure(EndpointKind.TimeToEvent, "time-dependent-c", sample));
        Agreement.Close(r.Vector("gbsg", "dcal")[1], Measure(EndpointKind.TimeToEvent, "d-calibration", sample), 1e-5);
    }

    [Fact]
    public void Reference_ClassMeasures_MatchScikitLearn()
    {
        var cases = ReferenceData.Table("evaluation/cases.csv");
        var sklearn = ReferenceData.Values("evaluation/classes.csv");
        var (y, p) = (cases.Flags("y"), cases.Numbers("p"));
        var binary = new BinaryOutcome(y);
        var sample = new MetricSample(binary, binary, new ClassProbabilities([.. p.SelectMany(v => new[] { 1 - v, v })], 2), []);
        foreach (var (metric, quantity) in new[] { ("auc", "auc"), ("average-precision", "average.precision"), ("brier", "brier"), ("log-loss", "log.loss"), ("balanced-accuracy", "balanced.accuracy") })
        {
            Agreement.Close(sklearn.Scalar("classes", quantity), Measure(EndpointKind.Binary, metric, sample));
        }

        var (x, z) = (cases.Numbers("x"), cases.Numbers("z"));
        var continuous = new ContinuousOutcome(x, "1");
        sample = new MetricSample(continuous, continuous, new ContinuousPredictions(z, [.. z.Select(_ => 1.0)]), [.. cases.Numbers("g").Select(g => (int)g)]);
        foreach (var (metric, quantity) in new[] { ("r2", "r2"), ("rmse", "rmse"), ("pearson", "pearson"), ("pearson-within", "pearson.within") })
        {
            Agreement.Close(sklearn.Scalar("classes", quantity), Measure(EndpointKind.Continuous, metric, sample));
        }
    }

    /// <summary>A curve of the test subjects themselves scores as well as one curve can; a curve that is always 1/2 scores 1/4.</summary>
    [Fact]
    public void ClosedForm_IntegratedBrierOfACoin_IsAQuarter()
    {
        double[] days = [.. Enumerable.Range(1, 40).Select(i => 10.0 * i)];
        var outcome = new SurvivalOutcome(days, [.. days.Select(_ => true)], Duration.FromDays(300));
        var coin = new SurvivalPredictions([0, 1e-9], [.. days.SelectMany(_ => new[] { 0.5, 0.5 })], new double[40]);
        Agreement.Close(0.25, Measure(EndpointKind.TimeToEvent, "integrated-brier", new MetricSample(outcome, outcome, coin, [])));
        var own = LearningCases.FitAndPredict(new BaselineLearner(), LearningCases.Of(outcome), 40);
        Assert.True(Measure(EndpointKind.TimeToEvent, "integrated-brier", new MetricSample(outcome, outcome, own, [])) < 0.25);
    }

    [Fact]
    public void ClosedForm_TheBaselineIsShareMeanAndKaplanMeier()
    {
        var classes = (ClassProbabilities)LearningCases.FitAndPredict(
            new BaselineLearner(), LearningCases.Of(new CategoricalOutcome([0, 1, 1, 2], ["a", "b", "c"], false), [1, 1, 1, 2]), 2);
        Assert.Equal([0.2, 0.4, 0.4, 0.2, 0.4, 0.4], classes.Values);
        var mean = (ContinuousPredictions)LearningCases.FitAndPredict(new BaselineLearner(), LearningCases.Of(new ContinuousOutcome([1, 3], "kg")), 1);
        Assert.Equal((2, 1), (mean.Mean[0], mean.StandardDeviation[0]));
        var survival = (SurvivalPredictions)LearningCases.FitAndPredict(
            new BaselineLearner(), LearningCases.Of(new SurvivalOutcome([1, 2, 3, 4], [true, false, true, false], Duration.FromDays(9))), 3);
        Assert.Equal([0, 1, 3], survival.GridDays);
        Agreement.Close([1, 0.75, 0.375], [survival.At(2, 0.5), survival.At(2, 2), survival.At(2, 8)]);
    }

    [Fact]
    public void Property_EveryKindHasMeasuresWithDistinctNames_AndABaseline() => Assert.All(s_kinds, kind =>
    {
        var names = OutcomeMetrics.For(kind).Select(m => m.Name).ToArray();
        Assert.Equal(names.Distinct(), names);
        Assert.NotEmpty(names);
        Assert.True(new BaselineLearner().Supports(kind));
    });

    private static double Measure(EndpointKind kind, string name, MetricSample sample) => OutcomeMetrics.For(kind).Single(m => m.Name == name).Measure(sample);
}
