using DigitalTwin.Models.Calibration;
using DigitalTwin.Models.Evaluation;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Evaluation;

/// <summary>Oracle: counted by hand.</summary>
public sealed class RegionMetricsTests
{
    [Fact]
    public void ClosedForm_Intervals_AreCountedWithTheirEnds()
    {
        var outcome = new ContinuousOutcome([1, 2, 3, 4], "1");
        var sample = Sample(outcome, new ContinuousPredictions(new double[4], new double[4]), new IntervalRegions([0, 2, 4, 0], [1, 5, 9, 3]));

        Assert.Equal([0.5, (1 + 3 + 5 + 3) / 4.0], Measure(EndpointKind.Continuous, sample));
    }

    [Fact]
    public void ClosedForm_SetsOfClasses_OverAllAndOfEachClass()
    {
        var outcome = new CategoricalOutcome([0, 0, 1, 1, 1], ["a", "b", "c"], false);
        var sample = Sample(outcome, new ClassProbabilities(new double[15], 3), new ClassRegions([[0], [1, 2], [1], [0, 1], [1, 2]]));

        Assert.Equal([0.8, 8 / 5.0], Measure(EndpointKind.Categorical, sample));
        Assert.Equal([0.5, 1, double.NaN], RegionMetrics.OfClasses(outcome, 0.9).Select(c => c.Coverage.Measure(sample)));
        Assert.Equal(["a", "b", "c"], RegionMetrics.OfClasses(outcome, 0.9).Select(c => c.Class));
    }

    // Of four subjects one has its event before its bound and stands for two; one is censored before it and says nothing.
    [Fact]
    public void ClosedForm_BoundsOnTime_CountEventsByTheirWeights()
    {
        var outcome = new SurvivalOutcome([5, 5, 20, 20], [true, false, true, false], Duration.FromDays(30));
        var sample = Sample(outcome, new SurvivalPredictions([0], [1, 1, 1, 1], new double[4]), new TimeRegions([10, 10, 10, 30], [0.5, 0.5, 0.4, 0.4]));

        Assert.Equal([1 - (2 / 4.0), 15], Measure(EndpointKind.TimeToEvent, sample));
    }

    [Fact]
    public void Property_WithoutRegionsNothingIsTold_AndAResampleTakesThemAlong()
    {
        var outcome = new ContinuousOutcome([1, 2], "1");
        var predictions = new ContinuousPredictions([0, 0], [1, 1]);

        Assert.All(Measure(EndpointKind.Continuous, new MetricSample(outcome, outcome, predictions, [])), v => Assert.True(double.IsNaN(v)));
        Assert.Equal([1.0, 2], Measure(EndpointKind.Continuous, Sample(outcome, predictions, new IntervalRegions([0, 5], [2, 6])).Take([0, 0])));
        Assert.Equal("coverage-97.5", RegionMetrics.For(EndpointKind.Binary, 0.975)[0].Name);
    }

    // A Brier score of 0.36 and 0.04; half of the classes' errors; and of survival: an event by the middle event's day 20 counts for one over the share still followed before it.
    [Fact]
    public void ClosedForm_ErrorsOfSubjects()
    {
        var binary = new BinaryOutcome([true, false]);
        var errors = SubjectErrors.Of(new MetricSample(binary, binary, new ClassProbabilities([0.6, 0.4, 0.8, 0.2], 2), []));
        Assert.Equal(0.36, errors[0], 12);
        Assert.Equal(0.04, errors[1], 12);

        var training = new SurvivalOutcome([10, 15, 20, 30], [true, false, true, true], Duration.FromDays(40));
        var test = new SurvivalOutcome([20, 10, 25, 5], [true, true, false, false], Duration.FromDays(40));
        var found = SubjectErrors.Of(new MetricSample(training, test, new SurvivalPredictions([0, 20], [1, 0.6, 1, 0.6, 1, 0.6, 1, 0.6], new double[4]), []));
        Assert.Equal(0.36 / (2 / 3.0), found[0], 12);
        Assert.Equal(0.36, found[1], 12);
        Assert.Equal(0.16 / (2 / 3.0), found[2], 12);
        Assert.Equal(0, found[3]);
    }

    private static MetricSample Sample(OutcomeData outcome, OutcomePredictions predictions, PredictionRegions regions) => new(outcome, outcome, predictions, []) { Regions = regions };

    private static double[] Measure(EndpointKind kind, MetricSample sample) => [.. RegionMetrics.For(kind, 0.9).Select(m => m.Measure(sample))];
}
