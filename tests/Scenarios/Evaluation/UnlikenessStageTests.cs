using DigitalTwin.Models.Evaluation;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Scenarios.Evaluation;
using DigitalTwin.Scenarios.Evaluation.Unlikeness;
using DigitalTwin.Tests.Engine.Models.Explanation;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Scenarios.Evaluation;

/// <summary>Subjects that stand apart are found, and it is told whether predictions of them are worse; the truth is made.</summary>
public sealed class UnlikenessStageTests
{
    private const int Count = 300;
    private const int Strangers = 15;

    // Fifteen of 300 lie six deviations out, where predictions err by 3 instead of 1.
    [Fact]
    public void Property_LargerErrorsOfStrangersAreSeen()
    {
        var result = Judge(hasStrangers: true, strangerError: 3);

        Assert.Equal(Count, result.Judged);
        Assert.InRange(result.Unlike, Strangers, Strangers + 30);
        var model = Assert.Single(result.Models);
        Assert.Equal("larger", model.Verdict);
        Assert.Equal(1, model.LikeError, 0.2);
        Assert.True(model.UnlikeError > 1.3);
    }

    [Fact]
    public void Property_WhereErrorsAreTheSame_ItCannotBeTold_AndAboutOneInTwentyIsUnlike()
    {
        var result = Judge(hasStrangers: false, strangerError: 1);

        // A p-value of at most 0.05 is expected of 15; four standard deviations are 15.
        Assert.InRange(result.Unlike, 1, 30);
        Assert.Equal("cannot tell", Assert.Single(result.Models).Verdict);
        Assert.Equal(0, result.Unknown);
    }

    [Fact]
    public async Task Property_TheCommandTellsThem()
    {
        using var small = new SmallEvaluation();
        var (code, output, _) = await small.RunAsync(SmallEvaluation.Valid + "\nunlike: { below: 0.1 }\n", small["r.json"]);

        Assert.Equal(0, code);
        Assert.Contains("of 80 test subjects", output, StringComparison.Ordinal);
        Assert.Contains("10 % are expected", output, StringComparison.Ordinal);
        Assert.Contains("\"unlike\": {", File.ReadAllText(small["r.json"]), StringComparison.Ordinal);
    }

    private static UnlikenessResult Judge(bool hasStrangers, double strangerError)
    {
        var stream = new RandomStream(new StreamKey(71, 0, 0, 0, RandomPurpose.Outcome));
        var (x, y) = (new double[Count][], new double[Count]);
        for (var i = 0; i < Count; i++)
        {
            // Strangers each in a direction of their own, so that they are not like each other.
            var isStranger = hasStrangers && i % (Count / Strangers) == 0;
            x[i] = [.. Enumerable.Range(0, 4).Select(d => stream.NextGaussian() + (isStranger ? (6 + (i / 20.0)) * (((i / 20) >> d) % 2 == 0 ? 1 : -1) : 0))];
            y[i] = (isStranger ? strangerError : 1) * stream.NextGaussian() * Math.Sqrt(Math.PI / 2);
        }

        var problem = new LearningProblem(StatedModel.Subjects("s", x), new ContinuousOutcome(y, "1"));
        var splits = EvaluationSplits.KFold(problem, 5, 1, 1);
        var plan = new EvaluationPlan(
            "t", "b", "b", new EvaluationTarget(EndpointKind.Continuous, "y", [], null), null, [], [], [], [], null, null, new KFoldSplit(5, 1, null),
            [], "zero", [1], [], new EvaluationLimits(0.95, 1000, 20, false, false), new Dictionary<string, TextLocation>());
        var data = new EvaluationData(problem, [], [splits], null, []);
        MetricSample?[] samples = [.. splits.Select(s => new MetricSample(
            problem.Outcome.Take(s.Training), problem.Outcome.Take(s.Test), new ContinuousPredictions(new double[s.Test.Length], new double[s.Test.Length]), []))];
        var scores = new ModelScores(new EvaluatedModel("zero", "zero", null!, null, null), [samples], 0, [], []);
        return new UnlikenessStage(plan, new UnlikenessPlan(0.05), data, 2).Run([scores], new EvaluationSummarizer(plan, data, 1), TestContext.Current.CancellationToken);
    }
}
