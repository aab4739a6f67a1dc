using DigitalTwin.Models.Calibration;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Numerics.Survival;
using DigitalTwin.Tests.Engine.Models.Explanation;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Calibration;

public sealed class CensoringModelTests
{
    private const int Count = 2000;

    private static readonly Duration s_horizon = Duration.FromDays(30);

    // Those with x are censored with a mean of 5 days, the others of 50; events have a mean of 20.
    [Fact]
    public void ClosedForm_ExponentialCensoringIsFound()
    {
        var model = CensoringModel.Fit(Drawn(withX: true), Context());
        var followed = model.Predict(StatedModel.Subjects("n", [[0], [1]]));

        // A standard error of a curve at 1,000 subjects is about 0.016; four are 0.06.
        Assert.Equal(Math.Exp(-5 / 50.0), followed.At(0, 5), 0.06);
        Assert.Equal(Math.Exp(-5 / 5.0), followed.At(1, 5), 0.06);
        Assert.Contains("Cox", model.Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void ClosedForm_WithoutCovariates_ItIsTheOneCurve()
    {
        var problem = Drawn(withX: false);
        var outcome = (SurvivalOutcome)problem.Outcome;
        var model = CensoringModel.Fit(problem, Context());

        var followed = model.Predict(problem.Inputs.Take([0, 1]));

        // The times are continuous, so that nobody is censored when another has the event.
        var curve = new CensoringDistribution(outcome.Days, [.. outcome.HadEvent.Zip(outcome.Days, (e, d) => e || d >= 30)]);
        Assert.All(Enumerable.Range(0, 29), day => Assert.Equal(curve.After(day), followed.At(1, day), 9));
        Assert.Contains("Kaplan-Meier", model.Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void ClosedForm_WhoReachesTheHorizonWasNotCensored()
    {
        var problem = new LearningProblem(StatedModel.Subjects("s", [[0], [1], [2]]), new SurvivalOutcome([10, 30, 30], [true, false, false], s_horizon));

        Assert.All(CensoringModel.Fit(problem, Context()).Predict(problem.Inputs).Survival, v => Assert.Equal(1, v));
    }

    private static LearningProblem Drawn(bool withX)
    {
        var stream = new RandomStream(new StreamKey(81, 0, 0, 0, RandomPurpose.Outcome));
        var (x, days, hadEvent) = (new double[Count][], new double[Count], new bool[Count]);
        for (var i = 0; i < Count; i++)
        {
            x[i] = [i % 2];
            var (time, censored) = (20 * stream.NextExponential(), (i % 2 == 1 ? 5 : 50) * stream.NextExponential());
            days[i] = Math.Min(30, Math.Min(time, censored));
            hadEvent[i] = time <= censored && time <= 30;
        }

        var inputs = StatedModel.Subjects("s", x);
        return new LearningProblem(withX ? inputs : inputs.With(covariates: []), new SurvivalOutcome(days, hadEvent, s_horizon));
    }

    private static LearningContext Context() => new(1, new SimdBackend(1), 1, TestContext.Current.CancellationToken);
}
