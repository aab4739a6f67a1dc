using DigitalTwin.Models.Evaluation;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Scenarios.Evaluation;
using DigitalTwin.Scenarios.Evaluation.Policies;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Scenarios.Evaluation;

/// <summary>What best-arm assignment is worth, on subjects of whom the truth is known, and what a file may say of it.</summary>
public sealed class PolicyStageTests
{
    private const int Count = 6000;

    // Arm B helps where x is 1 and harms where it is 0: 0.7 against 0.3. Whoever has x = 1 received B less often, so that the mean as it was is below a coin's.
    // The best policy is worth 0.7; each arm alone 0.5; as it was 0.3 x 0.7 + 0.7 x 0.3 = 0.42.
    [Fact]
    public void ClosedForm_ConfoundedArms_GiveTheValueOfTheBestPolicy()
    {
        var result = Judge(new Knows(0.7, 0.3), leastPropensity: 0.02).Result!;

        Contains(0.42, result.Values[0], 0.03);
        Contains(0.7, result.Values[1], 0.03);
        Contains(0.7, result.Values[2], 0.03);
        Contains(0.5, result.Values[3], 0.03);
        Assert.Equal("better", result.Differences[0].Verdict);
        Assert.InRange(result.Differences[0].Difference, 0.25, 0.31);
        Assert.InRange(result.Assigned.Single(a => a.Arm == "B").Share, 0.47, 0.53);
        Assert.Equal(0, result.UnsupportedShare);
    }

    // Predictions turned round choose the worst arm for everybody, and it shows although they say the opposite.
    [Fact]
    public void ClosedForm_WrongPredictions_ShowAsAWorsePolicy()
    {
        var result = Judge(new Knows(0.3, 0.7), leastPropensity: 0.02).Result!;

        Contains(0.3, result.Values[1], 0.03);
        Contains(0.3, result.Values[2], 0.03);
        Assert.Equal("worse", result.Differences[0].Verdict);
    }

    // With a limit between 0.3 and 0.5 each subject keeps the arm that is usual for it, and no arm is supported for all.
    [Fact]
    public void ClosedForm_AnArmTooImprobableIsNotChosen()
    {
        var result = Judge(new Knows(0.7, 0.3), leastPropensity: 0.4).Result!;

        Contains(0.3, result.Values[2], 0.04);
        Assert.Equal(3, result.Values.Count);
        Assert.Equal(0.5, result.UnsupportedShare, 6);
        Assert.Contains("No single arm is supported for every subject", result.Claim, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_AModelThatDoesNotLookAtTheArmDecidesNothing()
    {
        var (result, note) = Judge(new Knows(0.5, 0.5), leastPropensity: 0.02);

        Assert.Null(result);
        Assert.Contains("predicts the same under every arm", note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("policy: { best: highest, model: baseline, propensity: [age] }", "has no 'treatment'")]
    [InlineData("treatment: { variable: arm }\npolicy: { best: highest, model: baselin, propensity: [age] }", "Did you mean 'baseline'?")]
    [InlineData("treatment: { variable: arm }\npolicy: { best: highest, model: baseline, propensity: [agee] }", "Did you mean 'age'?")]
    [InlineData("treatment: { variable: arm }\npolicy: { best: highes, model: baseline, propensity: [age] }", "Did you mean 'highest'?")]
    [InlineData("treatment: { variable: arm }\npolicy: { best: highest, model: baseline, propensity: [age], leastPropensity: 0.6 }", "policy.leastPropensity")]
    [InlineData("treatment: { variable: arm }\npolicy: { best: highest, model: baseline, propensity: [age] }", "re-splits judge some often", "type: k-fold, folds: 4", "type: re-splits")]
    [InlineData("treatment: { variable: arm }\npolicy: { best: highest, model: baseline, propensity: [age] }", "policy needs a binary or continuous target", "type: binary, variable: response", "type: multi-class, variable: grade")]
    public void Error_WhatCannotBeJudgedIsSaidBeforeAnyDataIsRead(string policy, string expected, string part = "layers: [rna]", string replacement = "layers: [rna]")
    {
        using var small = new SmallEvaluation();
        var text = $"{SmallEvaluation.With(part, replacement)}\n{policy}\n";

        Assert.Contains(expected, Assert.Throws<InvalidInputException>(() => EvaluationFile.Load(small.Write(text))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Property_TheCommandTellsThePolicyAndWhyNot()
    {
        using var small = new SmallEvaluation();
        const string policy = "\ntreatment: { variable: arm }\npolicy: { best: highest, model: NAME, propensity: [age] }\n";
        var text = SmallEvaluation.With("models: [baseline]", "models: [baseline, random-forest]");
        var (code, output, _) = await small.RunAsync(text + policy.Replace("NAME", "random-forest", StringComparison.Ordinal), small["one.json"], threads: 1);
        await small.RunAsync(text + policy.Replace("NAME", "random-forest", StringComparison.Ordinal), small["two.json"], threads: 2);

        Assert.Equal(0, code);
        Assert.Contains("best arm for each, doubly robust", output, StringComparison.Ordinal);
        Assert.Contains("\"policy\": {", File.ReadAllText(small["one.json"]), StringComparison.Ordinal);
        Assert.Equal(PolicyOf(small["one.json"]), PolicyOf(small["two.json"]));
        var (_, without, _) = await small.RunAsync(text + policy.Replace("NAME", "baseline", StringComparison.Ordinal));
        Assert.Contains("predicts the same under every arm", without, StringComparison.Ordinal);

        static string PolicyOf(string path) =>
            System.Text.Json.JsonDocument.Parse(File.ReadAllText(path)).RootElement.GetProperty("policy").GetRawText();
    }

    private static void Contains(double truth, PolicyRow row, double width)
    {
        Assert.InRange(truth, row.Value - (2 * (row.Upper - row.Value)), row.Value + (2 * (row.Upper - row.Value))); // four standard errors
        Assert.InRange(row.Upper - row.Value, 0.001, width);
    }

    private static (PolicyResult? Result, string? Note) Judge(Knows learner, double leastPropensity)
    {
        var stream = new RandomStream(new StreamKey(3, 0, 0, 0, RandomPurpose.Outcome));
        var (x, arms, occurred) = (new double[Count], new int[Count], new bool[Count]);
        for (var i = 0; i < Count; i++)
        {
            x[i] = stream.NextInt(2);
            arms[i] = stream.NextDouble() < (x[i] == 1 ? 0.3 : 0.7) ? 1 : 0;
            occurred[i] = stream.NextDouble() < (arms[i] == x[i] ? 0.7 : 0.3);
        }

        SubjectId[] ids = [.. Enumerable.Range(0, Count).Select(i => new SubjectId($"s{i:D5}"))];
        var inputs = new SubjectInputs(
            ids,
            [new NumericColumn(new Variable("x", VariableType.Continuous, VariableRole.Covariate, "1", "x", null, []), x)],
            [],
            treatments: new TreatmentColumn([new Treatment(new ArmId("A"), []), new Treatment(new ArmId("B"), [])], arms));
        var problem = new LearningProblem(inputs, new BinaryOutcome(occurred));
        var split = new KFoldSplit(3, 1, null);
        var splits = EvaluationSplits.KFold(problem, 3, 1, 1);
        var policy = new PolicyPlan(true, "knows", ["x"], leastPropensity);
        var plan = new EvaluationPlan(
            "t", "b", "b", new EvaluationTarget(EndpointKind.Binary, "y", [], null), null, [], [], [], [], null, null, split,
            [new EvaluatedModel("knows", "knows", learner, null, null)], "knows", [1], [], new EvaluationLimits(0.95, 1000, 20, false, false), new Dictionary<string, TextLocation>())
        {
            Policy = policy,
        };
        using var backend = new SimdBackend(1);
        var context = new LearningContext(1, backend, 2, TestContext.Current.CancellationToken);
        var predictions = new ArmPredictions("knows");
        foreach (var (k, fold) in splits.Index())
        {
            predictions.Record(new LearntModel("knows", 0, k, fold, learner, inputs, null));
        }

        return new PolicyStage(plan, policy, new EvaluationData(problem, [], [splits], null, []), context).Judge(predictions);
    }

    /// <summary>Says what it was told of right and wrong arms; nothing is learnt.</summary>
    private sealed class Knows(double right, double wrong) : IOutcomeLearner, IOutcomePredictor
    {
        public string Name => "knows";

        public bool Supports(EndpointKind kind) => true;

        public IOutcomePredictor Fit(LearningProblem training, LearningContext context) => this;

        public OutcomePredictions Predict(SubjectInputs inputs)
        {
            var x = ((NumericColumn)inputs.Covariates[0]).Values;
            var values = new double[2 * inputs.Count];
            for (var i = 0; i < inputs.Count; i++)
            {
                values[(2 * i) + 1] = inputs.Treatments!.Indices[i] == x[i] ? right : wrong;
                values[2 * i] = 1 - values[(2 * i) + 1];
            }

            return new ClassProbabilities(values, 2);
        }
    }
}
