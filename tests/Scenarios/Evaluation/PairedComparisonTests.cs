using DigitalTwin.Cohorts;
using DigitalTwin.Models.Baseline;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Scenarios.Evaluation;
using DigitalTwin.Scenarios.Output.Terminal;
using DigitalTwin.Tests.Scenarios.Output.Terminal;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Scenarios.Evaluation;

/// <summary>Models whose scores are known beforehand: one that knows, one that guesses, one that cannot learn.</summary>
public sealed class PairedComparisonTests
{
    [Theory]
    [InlineData("type: k-fold, folds: 4")]
    [InlineData("type: column, variable: side")]
    public async Task ClosedForm_OneThatKnowsIsBetter_OneThatRepeatsTheReferenceCannotBeTold(string split)
    {
        var (models, comparisons) = await Summarize(split, "baseline");
        Assert.Equal(["baseline", "again", "knows", "fails"], models.Select(m => m.Name));
        Assert.Equal(1, Score(models, "knows", "auc").Mean);
        Assert.Equal(0.5, Score(models, "again", "auc").Mean);
        Assert.True(double.IsNaN(Score(models, "fails", "auc").Mean));
        Assert.Equal(split.Contains("k-fold", StringComparison.Ordinal) ? 4 : 1, models[3].Failures.Count);
        Assert.Equal("found", Assert.Single(models[2].Findings).Text);
        var knows = comparisons.Single(c => c is { Model: "knows", Metric: "brier" });
        Assert.True(knows.Upper < 0);
        Assert.Equal("better", knows.Verdict);
        Assert.All(comparisons.Where(c => c.Model == "again"), c => Assert.Equal((0, "cannot tell"), (c.Mean, c.Verdict)));
        Assert.All(comparisons.Where(c => c.Model == "fails"), c => Assert.Equal("cannot tell", c.Verdict));
        Assert.DoesNotContain(comparisons, c => c.Metric.StartsWith("calibration", StringComparison.Ordinal) || c.Model == "baseline");
    }

    [Fact]
    public async Task Property_TheReferenceMayBeAnyModel()
    {
        var (_, comparisons) = await Summarize("type: k-fold, folds: 4", "knows");
        Assert.Equal("worse", comparisons.Single(c => c is { Model: "baseline", Metric: "auc" }).Verdict);
    }

    private static async Task<(IReadOnlyList<ModelResult> Models, IReadOnlyList<ComparisonResult> Comparisons)> Summarize(string split, string reference)
    {
        using var small = new SmallEvaluation();
        using var backend = new SimdBackend(1);
        var plan = EvaluationFile.Load(small.Write(SmallEvaluation.With("type: k-fold, folds: 4", split))).Plan with
        {
            Models =
            [
                new EvaluatedModel("baseline", "baseline", new BaselineLearner(), null, null),
                new EvaluatedModel("again", "baseline", new BaselineLearner(), [], []),
                new EvaluatedModel("knows", "knows", new Knowing(), null, null),
                new EvaluatedModel("fails", "fails", new Failing(), null, null),
            ],
            Reference = reference,
        };
        var data = new EvaluationAssembler(plan).Assemble(CohortStore.Read(small["bundle"]).Cohort);
        return await RunProgress.RunAsync(PlainConsole.Create().Console, TimeProvider.System, progress =>
        {
            var scores = new EvaluationRunner(plan, backend, 1, progress, TimeProvider.System, []).Run(data, CancellationToken.None);
            return Task.FromResult(new EvaluationSummarizer(plan, data, 1).Summarize(scores, CancellationToken.None));
        });
    }

    private static ScoreResult Score(IReadOnlyList<ModelResult> models, string model, string metric) =>
        models.Single(m => m.Name == model).Scores.Single(s => s.Metric == metric);

    /// <summary>Reads the response off the made-up subjects' ids, as no learner could.</summary>
    private sealed class Knowing : IOutcomeLearner, IOutcomePredictor
    {
        public string Name => "knows";

        public IReadOnlyList<string> Findings => ["found"];

        public bool Supports(EndpointKind kind) => true;

        public IOutcomePredictor Fit(LearningProblem training, LearningContext context) => this;

        public OutcomePredictions Predict(SubjectInputs inputs)
        {
            var occurred = inputs.Subjects.Select(s => (int.Parse(s.Value.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture) * 7) % 10 < 4);
            return new ClassProbabilities([.. occurred.SelectMany(o => o ? new[] { 0.1, 0.9 } : [0.9, 0.1])], 2);
        }
    }

    private sealed class Failing : IOutcomeLearner
    {
        public string Name => "fails";

        public bool Supports(EndpointKind kind) => true;

        public IOutcomePredictor Fit(LearningProblem training, LearningContext context) => throw new UnlearnableException("It never can.");
    }
}
