using DigitalTwin.Models.Courses;
using DigitalTwin.Models.Network;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Courses;

public sealed class LinearCourseLearnerTests
{
    private static readonly SimdBackend Backend = new(1);

    /// <summary>y = 3 + 0.2 t + 2 x + 0.5 x t + noise of 0.1: a mean curve, an effect and an effect that grows with time.</summary>
    [Fact]
    public void ClosedForm_AStraightCourseWithAnEffectThatGrows_IsRecovered()
    {
        var (problem, x) = Straight(300, 1);
        int[] training = [.. Enumerable.Range(0, 200)], held = [.. Enumerable.Range(200, 100)];

        var curves = (LongitudinalPredictions)new LinearCourseLearner().Fit(problem.Take(training), Context()).Predict(problem.Inputs.Take(held));

        var errors = held.SelectMany((s, i) => new[] { 1.0, 4, 9 }.Select(t => curves.At(i, 0, t).Mean - Truth(x[s], t))).ToArray();
        Assert.True(Math.Sqrt(errors.Average(e => e * e)) < 0.25, $"{Math.Sqrt(errors.Average(e => e * e))} where the spread of x alone gives 4");
        Assert.InRange(curves.StandardDeviation[0], 0.09, 0.3);
    }

    /// <summary>50 columns of noise tell 60 subjects apart, so that a course that had seen a subject would know its level, which nothing explains.</summary>
    [Fact]
    public void Property_ACourseOutOfFoldDoesNotKnowTheSubject()
    {
        var stream = new RandomStream(new StreamKey(2, 5, 0, 0, RandomPurpose.Outcome));
        SubjectId[] ids = [.. Enumerable.Range(0, 60).Select(i => new SubjectId($"N{i:00}"))];
        Column[] noise = [.. Enumerable.Range(0, 50).Select(c => new NumericColumn(
            new Variable($"c{c}", VariableType.Continuous, VariableRole.Covariate, "1", "noise", null, []), [.. ids.Select(_ => stream.NextGaussian())]))];
        double[] levels = [.. ids.Select(_ => stream.NextGaussian())];
        int[] subjects = [.. Enumerable.Range(0, 300).Select(k => k / 5)];
        var outcome = new LongitudinalOutcome(["y"], ["1"], 60, subjects, [.. subjects.Select(_ => 10 * stream.NextDouble())], new int[300], [.. subjects.Select(s => levels[s])]);
        var problem = new LearningProblem(new SubjectInputs(ids, noise, []), outcome);

        var curves = (LongitudinalPredictions)new LinearCourseLearner().FitCross(problem, LearningFolds.Stratified(problem, 5, 1), Context()).OutOfFold;

        double[] seen = [.. Enumerable.Range(0, 60).Select(i => curves.At(i, 0, 5).Mean)];
        var (mean, level) = (seen.Average(), levels.Average());
        var covariance = seen.Zip(levels, (a, b) => (a - mean) * (b - level)).Sum();
        var correlation = covariance / Math.Sqrt(Math.Max(1e-30, seen.Sum(a => (a - mean) * (a - mean)) * levels.Sum(b => (b - level) * (b - level))));
        Assert.True(correlation < 0.35, $"correlation {correlation}"); // 2.7 standard errors of none
    }

    /// <summary>The course is straight: a network has nothing to add, and says so.</summary>
    [Fact]
    public void Property_TheTwinIsAtLeastAsGoodAsItsLinearCourse()
    {
        var (problem, x) = Straight(300, 3);
        int[] training = [.. Enumerable.Range(0, 200)], held = [.. Enumerable.Range(200, 100)];
        var twin = new CourseLearner(null, new NetworkLearnerOptions { MemberCount = 5, EpochCount = 20 }).Fit(problem.Take(training), Context());
        var linear = new LinearCourseLearner().Fit(problem.Take(training), Context());

        Assert.True(Error(twin) < 1.1 * Error(linear), $"{Error(twin)} of the twin, {Error(linear)} of the linear course");
        Assert.Contains(twin.Findings, f => f.Contains("residual", StringComparison.Ordinal));

        double Error(IOutcomePredictor predictor)
        {
            var curves = (LongitudinalPredictions)predictor.Predict(problem.Inputs.Take(held));
            return held.SelectMany((s, i) => new[] { 1.0, 4, 9 }.Select(t => Math.Pow(curves.At(i, 0, t).Mean - Truth(x[s], t), 2))).Average();
        }
    }

    private static double Truth(double x, double t) => 3 + (0.2 * t) + (2 * x) + (0.5 * x * t);

    private static LearningContext Context() => new(2, Backend, 1, CancellationToken.None);

    private static (LearningProblem Problem, double[] X) Straight(int count, ulong seed)
    {
        var stream = new RandomStream(new StreamKey(seed, 3, 0, 0, RandomPurpose.Outcome));
        double[] x = [.. Enumerable.Range(0, count).Select(_ => stream.NextGaussian())];
        int[] subjects = [.. Enumerable.Range(0, 5 * count).Select(k => k / 5)];
        double[] days = [.. subjects.Select(_ => 10 * stream.NextDouble())];
        double[] values = [.. subjects.Select((s, k) => Truth(x[s], days[k]) + (0.1 * stream.NextGaussian()))];
        var column = new NumericColumn(new Variable("x", VariableType.Continuous, VariableRole.Covariate, "1", "x", null, []), x);
        var inputs = new SubjectInputs([.. Enumerable.Range(0, count).Select(i => new SubjectId($"C{i:000}"))], [column], []);
        return (new LearningProblem(inputs, new LongitudinalOutcome(["y"], ["1"], count, subjects, days, new int[subjects.Length], values)), x);
    }
}
