using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.Network;
using DigitalTwin.Models.Network.Series;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Network.Series;

public sealed class SeriesNetworkTests
{
    private static readonly SimdBackend Backend = new(1);

    /// <summary>The last pulse of a subject decides; the values before it, and another variable, are noise.</summary>
    [Theory]
    [InlineData(SeriesEncoderKind.Attention)]
    [InlineData(SeriesEncoderKind.Recurrent)]
    public void Property_WhatTheLastValueDecides_IsLearntFromTheSeries(SeriesEncoderKind kind)
    {
        var (inputs, lastPulse, _) = Series(700, 1);
        var problem = new LearningProblem(inputs, new BinaryOutcome([.. lastPulse.Select(p => p > 0)]));

        Assert.True(Auc(problem, Options(kind)) > 0.85);
    }

    /// <summary>Values are noise: only whether lactate was ever measured decides.</summary>
    [Theory]
    [InlineData(SeriesEncoderKind.Attention)]
    [InlineData(SeriesEncoderKind.Recurrent)]
    public void Property_WhatWasMeasuredAtAll_ReachesTheNetwork(SeriesEncoderKind kind)
    {
        var (inputs, _, hasLactate) = Series(500, 2);
        var problem = new LearningProblem(inputs, new BinaryOutcome(hasLactate));

        Assert.True(Auc(problem, Options(kind)) > 0.95);
    }

    [Fact]
    public void Property_ALongSeriesIsCut_TheLastOfEachVariableStays_AndTheFindingsSaySo()
    {
        var (inputs, lastPulse, _) = Series(700, 1);
        var problem = new LearningProblem(inputs, new BinaryOutcome([.. lastPulse.Select(p => p > 0)]));
        var options = Options(SeriesEncoderKind.Attention) with { Series = new SeriesOptions { MostObservations = 3 } };

        Assert.True(Auc(problem, options) > 0.85);
        var predictor = new NetworkLearner(options with { EpochCount = 1 }).Fit(problem, Context());
        Assert.Contains(predictor.Findings, f => f.Contains("more than 3 observations", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(SeriesEncoderKind.Attention)]
    [InlineData(SeriesEncoderKind.Recurrent)]
    public void Property_ASubjectIsPredictedAloneAsAmongOthers_AndOneWithoutObservationsToo(SeriesEncoderKind kind)
    {
        var (inputs, lastPulse, _) = Series(120, 3);
        var problem = new LearningProblem(inputs, new BinaryOutcome([.. lastPulse.Select(p => p > 0)]));
        var predictor = new NetworkLearner(Options(kind) with { EpochCount = 2 }).Fit(problem, Context());

        var all = (ClassProbabilities)predictor.Predict(inputs);
        var alone = (ClassProbabilities)predictor.Predict(inputs.Take([17]));
        var without = (ClassProbabilities)predictor.Predict(new SubjectInputs([new SubjectId("new")], inputs.Covariates.Select(c => c.Take([0])).ToArray(), []));

        Assert.Equal(all[17, 1], alone[0, 1], 5);
        Assert.InRange(without[0, 1], 0.01, 0.99);
    }

    [Fact]
    public void Error_OtherVariablesThanInTraining_AreNamed()
    {
        var (inputs, lastPulse, _) = Series(120, 3);
        var predictor = new NetworkLearner(Options(SeriesEncoderKind.Attention) with { EpochCount = 1 })
            .Fit(new LearningProblem(inputs, new BinaryOutcome([.. lastPulse.Select(p => p > 0)])), Context());
        var table = inputs.Observations!;
        var other = new ObservationTable(
            [table.Variables[0] with { Unit = "Hz" }, .. table.Variables.Skip(1)], table.Subjects.ToArray(), table.Days.ToArray(), table.VariableIndices.ToArray(), table.Values.ToArray());

        var error = Assert.Throws<ArgumentException>(() => predictor.Predict(new SubjectInputs(inputs.Subjects, inputs.Covariates, [], other)));

        Assert.Contains("'pulse' (Hz)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Property_ALearnerOfSummariesMayKeepTheSeries()
    {
        var (inputs, lastPulse, _) = Series(60, 4);
        var problem = new LearningProblem(inputs, new BinaryOutcome([.. lastPulse.Select(p => p > 0)]));
        var seen = new Records();

        new SummarizedObservations(seen, keepsObservations: true).Fit(problem, Context());
        Assert.Same(inputs.Observations, seen.Inputs!.Observations);
        Assert.Equal(ObservationSummary.LayerName, Assert.Single(seen.Inputs.Layers).Layer.Name);

        new SummarizedObservations(seen).Fit(problem, Context());
        Assert.Null(seen.Inputs!.Observations);
    }

    private static NetworkLearnerOptions Options(SeriesEncoderKind kind) => new()
    {
        MemberCount = 1,
        EpochCount = 60,
        Dropout = 0.1f,
        TokenWidth = 16,
        HiddenWidth = 32,
        LearningRate = 5e-3,
        Series = new SeriesOptions { Kind = kind, StepCount = 10, StateWidth = 16 },
    };

    private static LearningContext Context() => new(3, Backend, 1, CancellationToken.None);

    // Trained on the first two thirds, measured on the rest.
    private static double Auc(LearningProblem problem, NetworkLearnerOptions options)
    {
        var cut = problem.Count * 2 / 3;
        int[] training = [.. Enumerable.Range(0, cut)], held = [.. Enumerable.Range(cut, problem.Count - cut)];
        var predictions = (ClassProbabilities)new NetworkLearner(options).Fit(problem.Take(training), Context()).Predict(problem.Inputs.Take(held));
        var occurred = ((BinaryOutcome)problem.Outcome.Take(held)).Occurred;
        double pairs = 0, won = 0;
        for (var i = 0; i < held.Length; i++)
        {
            for (var j = 0; j < held.Length; j++)
            {
                if (occurred[i] && !occurred[j])
                {
                    pairs++;
                    won += predictions[i, 1] > predictions[j, 1] ? 1 : 0;
                }
            }
        }

        return won / pairs;
    }

    // Pulse 4 to 8 times within two days, sometimes lactate, and a ward with two levels.
    private static (SubjectInputs Inputs, double[] LastPulse, bool[] HasLactate) Series(int count, ulong seed)
    {
        Variable[] variables =
        [
            new("pulse", VariableType.Continuous, VariableRole.Covariate, "/min", "pulse", null, []),
            new("lactate", VariableType.Continuous, VariableRole.Covariate, "mmol/L", "lactate", null, []),
            new("ward", VariableType.Categorical, VariableRole.Covariate, "", "ward", null, ["a", "b"]),
        ];
        var stream = new RandomStream(new StreamKey(seed, 4, 0, 0, RandomPurpose.Outcome));
        var rows = new List<(int Subject, double Day, short Variable, double Value)>();
        var (last, has) = (new double[count], new bool[count]);
        for (var i = 0; i < count; i++)
        {
            var times = Enumerable.Range(0, 4 + (int)(5 * stream.NextDouble())).Select(_ => 2 * stream.NextDouble()).Order().ToArray();
            foreach (var time in times)
            {
                last[i] = stream.NextGaussian();
                rows.Add((i, time, 0, 80 + (15 * last[i])));
            }

            has[i] = stream.NextDouble() < 0.5;
            for (var k = 0; has[i] && k < 2; k++)
            {
                rows.Add((i, 2 * stream.NextDouble(), 1, 2 + stream.NextDouble()));
            }

            rows.Add((i, 0, 2, stream.NextDouble() < 0.5 ? 0 : 1));
        }

        rows.Sort();
        var table = new ObservationTable(variables, [.. rows.Select(r => r.Subject)], [.. rows.Select(r => r.Day)], [.. rows.Select(r => r.Variable)], [.. rows.Select(r => r.Value)]);
        var age = new NumericColumn(new Variable("age", VariableType.Continuous, VariableRole.Covariate, "a", "age", null, []), [.. Enumerable.Range(0, count).Select(_ => stream.NextGaussian())]);
        return (new SubjectInputs([.. Enumerable.Range(0, count).Select(i => new SubjectId($"S{i:000}"))], [age], [], table), last, has);
    }

    private sealed class Records : IOutcomeLearner, IOutcomePredictor
    {
        public SubjectInputs? Inputs { get; private set; }

        public string Name => "records";

        public bool Supports(EndpointKind kind) => true;

        public IOutcomePredictor Fit(LearningProblem training, LearningContext context)
        {
            Inputs = training.Inputs;
            return this;
        }

        public OutcomePredictions Predict(SubjectInputs inputs) => throw new NotSupportedException();
    }
}
