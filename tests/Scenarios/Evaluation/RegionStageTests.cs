using System.Text.Json;
using DigitalTwin.Models.Calibration;
using DigitalTwin.Models.LinearModels;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Scenarios.Evaluation;
using DigitalTwin.Scenarios.Evaluation.Intervals;
using DigitalTwin.Tests.Engine.Models.LinearModels;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Scenarios.Evaluation;

/// <summary>Regions in evaluations: learnt from training subjects alone, measured on test subjects, without changing what is measured besides.</summary>
public sealed class RegionStageTests
{
    // 240 learn, 160 are judged, twelve times: about 1,900 outcomes whose errors share a calibration twelve times over. The standard error of the mean coverage is 0.008 of the
    // outcomes and 0.0065 of the limits; four of both together are 0.04, and inner folds make regions a little wider than stated.
    [Theory]
    [InlineData(EndpointKind.Continuous, RegionSource.CrossFitted)]
    [InlineData(EndpointKind.Continuous, RegionSource.HeldOut)]
    [InlineData(EndpointKind.Binary, RegionSource.CrossFitted)]
    [InlineData(EndpointKind.Categorical, RegionSource.HeldOut)]
    [InlineData(EndpointKind.TimeToEvent, RegionSource.CrossFitted)]
    [InlineData(EndpointKind.TimeToEvent, RegionSource.HeldOut)]
    internal void Property_RegionsOfAPlainModelCoverAsStated(EndpointKind kind, RegionSource source)
    {
        var coverage = 0.0;
        const int rounds = 12;
        for (var r = 0; r < rounds; r++)
        {
            var (training, test) = Halves(kind, (ulong)(100 + r));
            var learnt = Learnt(training, source);
            var predictions = learnt.Predictor.Predict(test.Inputs);
            var sample = new DigitalTwin.Models.Evaluation.MetricSample(training.Outcome, test.Outcome, predictions, []) { Regions = learnt.Of(predictions, test.Inputs, test) };
            coverage += DigitalTwin.Models.Evaluation.RegionMetrics.For(kind, 0.8)[0].Measure(sample) / rounds;
        }

        Assert.InRange(coverage, 0.8 - 0.04, kind == EndpointKind.TimeToEvent ? 0.9 : 0.8 + 0.06);
    }

    // Were test outcomes looked at, other outcomes would give other regions.
    [Theory]
    [InlineData(EndpointKind.Continuous)]
    [InlineData(EndpointKind.Binary)]
    [InlineData(EndpointKind.TimeToEvent)]
    public void Property_RegionsDoNotDependOnTestOutcomes_AndThePredictorIsThatOfTheLearner(EndpointKind kind)
    {
        var (training, test) = Halves(kind, 7);
        var learnt = Learnt(training, RegionSource.CrossFitted);
        var predictions = learnt.Predictor.Predict(test.Inputs);
        var reversed = new LearningProblem(test.Inputs, test.Outcome.Take([.. Enumerable.Range(0, test.Count).Reverse()]));

        Assert.Equal(Numbers(learnt.Of(predictions, test.Inputs, test)!), Numbers(learnt.Of(predictions, test.Inputs, reversed)!));
        Assert.Equal(First(Learner(kind).Fit(training, Context()).Predict(test.Inputs)), First(predictions));
    }

    [Theory]
    [InlineData("type: binary, variable: response", "coverage-80", "set-size-80")]
    [InlineData("type: ordinal, variable: grade, levels: [high, mid, low]", "coverage-80", "set-size-80")]
    [InlineData("type: survival, event: death, horizon: 60 days", "coverage-80", "lower-bound-80")]
    [InlineData("type: continuous, variable: score", "coverage-80", "width-80")]
    public async Task Property_TheCommandTellsCoverageAndSize_AndLeavesOtherMeasuresAsTheyAre(string target, string coverage, string size)
    {
        using var small = new SmallEvaluation();
        var text = SmallEvaluation.With("type: binary, variable: response", target).Replace("[baseline]", "[baseline, late-fused-linear]", StringComparison.Ordinal);
        await small.RunAsync(text, small["without.json"]);
        var (code, output, error) = await small.RunAsync(text + "\nintervals: { level: 0.8, models: [late-fused-linear] }\n", small["with.json"]);
        await small.RunAsync(text + "\nintervals: { level: 0.8, models: [late-fused-linear] }\n", small["again.json"], threads: 4);

        Assert.Equal((0, string.Empty), (code, error));
        Assert.Contains(coverage, output, StringComparison.Ordinal);
        var (without, with) = (Scores(small["without.json"]), Scores(small["with.json"]));
        Assert.All(without, s => Assert.Equal(s.Value, with[s.Key]));
        Assert.InRange(with[("late-fused-linear", coverage)]!.Value, 0.5, 1);
        Assert.True(with[("late-fused-linear", size)] > 0);
        Assert.Null(with[("baseline", coverage)]);
        Assert.Equal(with, Scores(small["again.json"]));
    }

    [Fact]
    public async Task Property_CoverageOfEachClassIsTold_AndThatTooFewSubjectsCannotCarryRegions()
    {
        using var small = new SmallEvaluation();
        var (_, output, _) = await small.RunAsync(SmallEvaluation.Valid + "\nintervals: { level: 0.8 }\n", small["r.json"]);
        var (_, few, _) = await small.RunAsync(SmallEvaluation.Valid + "\nintervals: { level: 0.99 }\n");

        Assert.Contains("baseline\tdid not occur\t", output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(File.ReadAllText(small["r.json"]));
        var regions = json.RootElement.GetProperty("regions");
        Assert.Equal("cross-fitted", regions.GetProperty("calibration").GetString());
        Assert.Equal(["did not occur", "occurred"], regions.GetProperty("classes").EnumerateArray().Select(c => c.GetProperty("class").GetString()));
        Assert.Contains("no regions are stated: 60 subjects cannot bound an outcome with probability 0.99: it takes 99", few, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("intervals: { level: 1 }", "intervals.level")]
    [InlineData("intervals: { calibration: cross-fited }", "Did you mean 'cross-fitted'?")]
    [InlineData("intervals: { models: [baselin] }", "Did you mean 'baseline'?")]
    [InlineData("unlike: { below: 0.7 }", "unlike.below")]
    public void Error_WhatCannotBeStatedIsSaidBeforeAnyDataIsRead(string key, string expected)
    {
        using var small = new SmallEvaluation();
        Assert.Contains(expected, Assert.Throws<InvalidInputException>(() => EvaluationFile.Load(small.Write($"{SmallEvaluation.Valid}\n{key}\n"))).Message, StringComparison.Ordinal);
    }

    private static (LearningProblem Training, LearningProblem Test) Halves(EndpointKind kind, ulong seed)
    {
        var cohort = new LayeredSubjects(400, seed);
        var problem = new LearningProblem(cohort.Inputs, cohort.Outcome(kind));
        return (problem.Take([.. Enumerable.Range(0, 240)]), problem.Take([.. Enumerable.Range(240, 160)]));
    }

    private static IOutcomeLearner Learner(EndpointKind kind) => kind switch
    {
        EndpointKind.TimeToEvent => new CoxLearner(new PlainRegressionOptions { ComponentCount = 3 }),
        EndpointKind.Continuous => new ConcatenatedLinearLearner(new LinearTuningOptions { RepeatCount = 1, PenaltyCount = 3 }),
        _ => new LogisticLearner(new PlainRegressionOptions { ComponentCount = 3 }),
    };

    private static LearntRegions Learnt(LearningProblem training, RegionSource source) =>
        new RegionStage(new IntervalPlan(0.8, source, null)).Fit(Learner(training.Outcome.Kind), training, training, Context());

    private static LearningContext Context() => new(1, new SimdBackend(1), 1, TestContext.Current.CancellationToken);

    private static double[] Numbers(PredictionRegions regions) => regions switch
    {
        IntervalRegions intervals => [.. intervals.Lower, .. intervals.Upper],
        ClassRegions sets => [.. sets.Classes.SelectMany(c => c.Select(k => (double)k).Append(-1))],
        TimeRegions bounds => bounds.Days,
        _ => throw new ArgumentException("Other regions."),
    };

    private static double[] First(OutcomePredictions predictions) => predictions switch
    {
        ContinuousPredictions continuous => continuous.Mean,
        ClassProbabilities classes => classes.Values,
        SurvivalPredictions survival => survival.Survival,
        _ => throw new ArgumentException("Other predictions."),
    };

    private static Dictionary<(string Model, string Metric), double?> Scores(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        return json.RootElement.GetProperty("models").EnumerateArray()
            .SelectMany(m => m.GetProperty("scores").EnumerateArray().Select(s => (
                Key: (m.GetProperty("name").GetString()!, s.GetProperty("metric").GetString()!),
                Value: s.GetProperty("mean").ValueKind == JsonValueKind.Null ? (double?)null : s.GetProperty("mean").GetDouble())))
            .ToDictionary(s => s.Key, s => s.Value);
    }
}
