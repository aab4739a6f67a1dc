using System.Text.Json;
using DigitalTwin.Models.Effects;
using DigitalTwin.Models.Evaluation;
using DigitalTwin.Models.LinearModels;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Scenarios.Evaluation;
using DigitalTwin.Scenarios.Evaluation.Effects;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Scenarios.Evaluation;

/// <summary>The effect of one arm against another, on subjects of whom the truth is known: risk 0.3 + 0.2 x, effect -0.1 + 0.3 x with x 0 or 1 alike often, so that the
/// average effect is 0.05; treated with probability 0.2 where x = 0 and 0.7 where x = 1.</summary>
public sealed class EffectStageTests
{
    private const int Count = 6000;

    // Treating by rank gains 0.15 above the average in each of the first half and gives it back in the second: the Qini area is a triangle of height 0.075, 0.0375;
    // the AUTOC is 0.15 up to one half and 0.15 / q - 0.15 beyond, 0.15 log 2 in all.
    [Fact]
    public void ClosedForm_AverageRankingAndSlope_AreThoseOfTheTruth_ThoughTheArmsAreConfounded()
    {
        var result = Told(new LogisticLearner());

        Contains(0.05, result.Average, 0.04);
        Assert.True(result.Crude.Lower > 0.1, $"crude {result.Crude}");
        foreach (var learner in result.Learners.Where(l => l.Learner != "single-model"))
        {
            Contains(0.0375, learner.Qini!, 0.02);
            Contains(0.15 * Math.Log(2), learner.Autoc!, 0.05);
            Contains(1, learner.Slope!, 0.6);
            Assert.Equal("ranks", learner.Verdict);
            Assert.InRange(learner.StandardDeviation, 0.1, 0.2);
        }

        // Without products of arm and covariate all have the same odds ratio: it differs on the scale of risks only by the risk without treatment, too little but in the right order.
        Assert.InRange(result.Learners.Single(l => l.Learner == "single-model").StandardDeviation, 0, 0.03);
        Assert.Equal(Count, result.Subjects.Count);
        Assert.InRange(result.Subjects.Select(s => s.Effects[1]).Max(), 0.1, 0.3);
        Assert.Contains("told apart by single-model, separate-models, doubly-robust", result.Claim, StringComparison.Ordinal);
    }

    // Predictions for x turned round rank the wrong way, and scores whose outcome models are as wrong find it out, for the propensities are right.
    [Fact]
    public void ClosedForm_PredictionsTurnedRound_AreFoundOut_AndTheAverageStays()
    {
        var result = Told(new TurnedRound(new LogisticLearner()));

        Contains(0.05, result.Average, 0.05);
        Assert.Equal("ranks wrongly", result.Learners.Single(l => l.Learner == "separate-models").Verdict);
        Assert.Contains("put those first who gain less", result.Claim, StringComparison.Ordinal);
    }

    [Fact]
    public void ClosedForm_SurvivalIsComparedAtTheHorizon()
    {
        var stream = new RandomStream(new StreamKey(5, 0, 0, 0, RandomPurpose.Outcome));
        var (x, arms, days, events) = (new double[Count], new int[Count], new double[Count], new bool[Count]);
        for (var i = 0; i < Count; i++)
        {
            (x[i], arms[i]) = (stream.NextInt(2), stream.NextInt(2));
            var (time, censoring) = (stream.NextExponential() / (arms[i] == 1 ? 0.5 : 1), stream.NextExponential() / 0.4);
            (days[i], events[i]) = (Math.Min(time, censoring), time <= censoring);
        }

        var result = Told(new CoxLearner(), x, arms, new SurvivalOutcome(days, events, Duration.FromDays(days.Max())), EndpointKind.TimeToEvent, SummaryMeasure.SurvivalDifference, Duration.FromDays(1), []);

        Contains(Math.Exp(-0.5) - Math.Exp(-1), result.Average, 0.05);
        Contains(Math.Exp(-0.5) - Math.Exp(-1), result.Crude, 0.05);
        Assert.Equal("survival-difference", result.Measure);
        Assert.Equal(1, result.HorizonDays);
    }

    [Fact]
    public void Error_AnArmOfFewSubjects_IsToldAndNothingElse()
    {
        var (x, arms, occurred) = Trial();
        for (var i = 9; i < Count; i++)
        {
            arms[i] = 0;
        }

        var (result, note) = Run(new LogisticLearner(), x, arms, new BinaryOutcome(occurred), EndpointKind.Binary, SummaryMeasure.RiskDifference, null, ["x"]);

        Assert.Null(result);
        Assert.Contains("The effect of B is not told", note, StringComparison.Ordinal);
        Assert.Contains("10 or more in each arm", note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("effect: { treated: B, against: A, model: baseline, propensity: [] }", "has no 'treatment'")]
    [InlineData("treatment: { variable: arm }\neffect: { treated: B, against: A, model: baselin, propensity: [] }", "Did you mean 'baseline'?")]
    [InlineData("treatment: { variable: arm }\neffect: { treated: B, against: A, model: baseline, propensity: [agee] }", "Did you mean 'age'?")]
    [InlineData("treatment: { variable: arm }\neffect: { treated: C, against: A, model: baseline, propensity: [] }", "effect.treated is 'C', which is not a level of 'arm'")]
    [InlineData("treatment: { variable: arm }\neffect: { treated: A, against: A, model: baseline, propensity: [] }", "Name two arms")]
    [InlineData("treatment: { variable: arm }\neffect: { treated: B, against: A, model: baseline, propensity: [], horizon: 1 year }", "has no time")]
    [InlineData("treatment: { variable: arm }\neffect: { treated: B, against: A, model: baseline, propensity: [] }", "Use a split of type k-fold or folds", "type: k-fold, folds: 4", "type: re-splits")]
    [InlineData("treatment: { variable: arm }\neffect: { treated: B, against: A, model: baseline, propensity: [] }", "this target is categorical", "type: binary, variable: response", "type: multi-class, variable: grade")]
    public void Error_WhatCannotBeComparedIsSaidBeforeAnyDataIsRead(string effect, string expected, string part = "layers: [rna]", string replacement = "layers: [rna]")
    {
        using var small = new SmallEvaluation();
        var text = $"{SmallEvaluation.With(part, replacement)}\n{effect}\n";

        Assert.Contains(expected, Assert.Throws<InvalidInputException>(() => EvaluationFile.Load(small.Write(text))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Property_TheCommandTellsTheEffect_TheSameOnAnyNumberOfThreads()
    {
        using var small = new SmallEvaluation();
        var text = SmallEvaluation.With("models: [baseline]", "models: [{ type: late-fused-linear, layers: [] }]") + "\ntreatment: { variable: arm }\neffect: { treated: B, against: A, model: late-fused-linear, propensity: [age] }\n";

        var (code, output, error) = await small.RunAsync(text, small["one.json"], threads: 1);
        await small.RunAsync(text, small["two.json"], threads: 2);

        Assert.Equal((0, string.Empty), (code, error));
        Assert.Contains("risk-difference, B against A", output, StringComparison.Ordinal);
        Assert.Contains("effect: 40 subjects of B, 40 of A; outcomes by late-fused-linear, probability of the arm by age", output, StringComparison.Ordinal);
        var effect = EffectOf(small["one.json"]);
        Assert.Equal(effect, EffectOf(small["two.json"]));
        Assert.Contains("\"subject\": \"p00\"", effect, StringComparison.Ordinal);

        static string EffectOf(string path) => JsonDocument.Parse(File.ReadAllText(path)).RootElement.GetProperty("effect").GetRawText();
    }

    private static void Contains(double truth, EffectNumber number, double halfWidth)
    {
        Assert.InRange(truth, number.Value - (2 * (number.Upper - number.Value)), number.Value + (2 * (number.Upper - number.Value))); // four standard errors
        Assert.InRange(number.Upper - number.Value, 0.001, halfWidth);
    }

    private static EffectResult Told(IOutcomeLearner learner)
    {
        var (x, arms, occurred) = Trial();
        return Told(learner, x, arms, new BinaryOutcome(occurred), EndpointKind.Binary, SummaryMeasure.RiskDifference, null, ["x"]);
    }

    private static EffectResult Told(
        IOutcomeLearner learner, double[] x, int[] arms, OutcomeData outcome, EndpointKind kind, SummaryMeasure measure, Duration? horizon, string[] propensity)
    {
        var (result, note) = Run(learner, x, arms, outcome, kind, measure, horizon, propensity);
        Assert.Null(note);
        return result!;
    }

    private static (double[] X, int[] Arms, bool[] Occurred) Trial()
    {
        var stream = new RandomStream(new StreamKey(4, 0, 0, 0, RandomPurpose.Outcome));
        var (x, arms, occurred) = (new double[Count], new int[Count], new bool[Count]);
        for (var i = 0; i < Count; i++)
        {
            x[i] = stream.NextInt(2);
            arms[i] = stream.NextDouble() < (x[i] == 1 ? 0.7 : 0.2) ? 1 : 0;
            occurred[i] = stream.NextDouble() < 0.3 + (0.2 * x[i]) + (arms[i] * (-0.1 + (0.3 * x[i])));
        }

        return (x, arms, occurred);
    }

    private static (EffectResult? Result, string? Note) Run(
        IOutcomeLearner learner, double[] x, int[] arms, OutcomeData outcome, EndpointKind kind, SummaryMeasure measure, Duration? horizon, string[] propensity)
    {
        SubjectId[] ids = [.. Enumerable.Range(0, Count).Select(i => new SubjectId($"s{i:D5}"))];
        var inputs = new SubjectInputs(
            ids,
            [new NumericColumn(new Variable("x", VariableType.Continuous, VariableRole.Covariate, "1", "x", null, []), x)],
            [],
            treatments: new TreatmentColumn([new Treatment(new ArmId("A"), []), new Treatment(new ArmId("B"), [])], arms));
        var problem = new LearningProblem(inputs, outcome);
        var effect = new EffectPlan(new EffectQuestion(new ArmId("B"), new ArmId("A"), measure, horizon), "own", propensity);
        var plan = new EvaluationPlan(
            "t", "b", "b", new EvaluationTarget(kind, "y", [], null), null, [], [], [], [], null, null, new KFoldSplit(3, 1, null),
            [new EvaluatedModel("own", "own", learner, null, null)], "own", [1], [], new EvaluationLimits(0.95, 1000, 20, false, false), new Dictionary<string, TextLocation>())
        {
            Effect = effect,
        };
        using var backend = new SimdBackend(1);
        var context = new LearningContext(1, backend, 2, TestContext.Current.CancellationToken);
        return new EffectStage(plan, effect, new EvaluationData(problem, [], [EvaluationSplits.KFold(problem, 3, 1, 1)], null, []), context).Run();
    }

    /// <summary>Learns as another does and takes x for 1 - x when asked.</summary>
    private sealed class TurnedRound(IOutcomeLearner learner) : IOutcomeLearner
    {
        public string Name => learner.Name;

        public bool Supports(EndpointKind kind) => learner.Supports(kind);

        public IOutcomePredictor Fit(LearningProblem training, LearningContext context) => new Predictor(learner.Fit(training, context));

        private sealed class Predictor(IOutcomePredictor model) : IOutcomePredictor
        {
            public OutcomePredictions Predict(SubjectInputs inputs)
            {
                var x = (NumericColumn)inputs.Covariates[0];
                return model.Predict(inputs.With([new NumericColumn(x.Variable, [.. x.Values.ToArray().Select(v => 1 - v)])]));
            }
        }
    }
}
