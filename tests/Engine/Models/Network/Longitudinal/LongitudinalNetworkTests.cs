using DigitalTwin.Models.Network;
using DigitalTwin.Models.Network.Longitudinal;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Network.Longitudinal;

public sealed class LongitudinalNetworkTests
{
    private static readonly SimdBackend Backend = new(1);

    /// <summary>Two endpoints, a exp(-k t) and 10 - a exp(-k t) / 2, seen at four random times of each subject with a little noise.</summary>
    [Theory]
    [InlineData(TrajectoryDecoder.Recurrent)]
    [InlineData(TrajectoryDecoder.DifferentialEquation)]
    public void ClosedForm_ExponentialDecayIsRecoveredAtTimesNobodyWasSeen(TrajectoryDecoder decoder)
    {
        var (inputs, rates) = Subjects(420, 1);
        var problem = new LearningProblem(inputs, Visits(rates, 1, (_, _) => true));
        int[] training = [.. Enumerable.Range(0, 320)], held = [.. Enumerable.Range(320, 100)];

        var curves = (LongitudinalPredictions)new NetworkLearner(Options(decoder)).Fit(problem.Take(training), Context()).Predict(inputs.Take(held));

        Assert.True(Explained(curves, rates[320..], 0) > 0.95, $"{Explained(curves, rates[320..], 0)}");
        Assert.True(Explained(curves, rates[320..], 1) > 0.95, $"{Explained(curves, rates[320..], 1)}");
        Assert.All(curves.StandardDeviation, s => Assert.InRange(s, 0.02, 1.5));
    }

    /// <summary>The second endpoint is never measured in subjects of high amplitude, and late visits fail in half of the others: what is missing pulls nothing to anywhere.</summary>
    [Fact]
    public void Property_VisitsThatDidNotTakePlaceDoNotMatter()
    {
        var (inputs, rates) = Subjects(420, 2);
        var outcome = Visits(rates, 2, (subject, endpoint) => endpoint == 0 || (rates[subject].Amplitude < 3 && subject % 2 == 0));
        int[] training = [.. Enumerable.Range(0, 320)], held = [.. Enumerable.Range(320, 100)];

        var curves = (LongitudinalPredictions)new NetworkLearner(Options(TrajectoryDecoder.Recurrent)).Fit(new LearningProblem(inputs, outcome).Take(training), Context()).Predict(inputs.Take(held));

        Assert.True(Explained(curves, rates[320..], 0) > 0.95, $"{Explained(curves, rates[320..], 0)}");
        Assert.True(Explained(curves, rates[320..], 1) > 0.8, $"{Explained(curves, rates[320..], 1)}");
    }

    [Fact]
    public void Property_TheOrderOfMeasurementsAndSubjectsPlaysNoPart()
    {
        var (inputs, rates) = Subjects(80, 3);
        var outcome = Visits(rates, 3, (_, _) => true);
        int[] backwards = [.. Enumerable.Range(0, outcome.Subjects.Length).Reverse()], reversed = [.. Enumerable.Range(0, 80).Reverse()];
        var shuffled = outcome with
        {
            Subjects = [.. backwards.Select(k => outcome.Subjects[k])],
            Days = [.. backwards.Select(k => outcome.Days[k])],
            EndpointIndices = [.. backwards.Select(k => outcome.EndpointIndices[k])],
            Values = [.. backwards.Select(k => outcome.Values[k])],
        };
        var learner = new NetworkLearner(Options(TrajectoryDecoder.Recurrent) with { EpochCount = 3 });

        var one = (LongitudinalPredictions)learner.Fit(new LearningProblem(inputs, outcome), Context()).Predict(inputs);
        var other = (LongitudinalPredictions)learner.Fit(new LearningProblem(inputs, shuffled).Take(reversed), Context()).Predict(inputs);

        Assert.Equal(one.Mean, other.Mean);
    }

    [Fact]
    public void ClosedForm_BetweenGridTimesCurvesAreStraight_OutsideTheyStay()
    {
        var curves = new LongitudinalPredictions([0, 10], [1, 5, 3, 9], [1, 1, 2, 1], 2);

        Assert.Equal((1.5, 1.25), curves.At(0, 0, 2.5));
        Assert.Equal(9, curves.At(0, 1, 99).Mean);
        Assert.Equal(5, curves.At(0, 1, -3).Mean);
    }

    [Fact]
    public void Error_VisitsOnOneDay_AreRefused()
    {
        var (inputs, rates) = Subjects(80, 4);
        var outcome = Visits(rates, 4, (_, _) => true);

        var error = Assert.Throws<UnlearnableException>(() => new NetworkLearner(Options(TrajectoryDecoder.Recurrent))
            .Fit(new LearningProblem(inputs, outcome with { Days = [.. outcome.Days.Select(_ => 7.0)] }), Context()));

        Assert.Contains("1 different days", error.Message, StringComparison.Ordinal);
    }

    private static NetworkLearnerOptions Options(TrajectoryDecoder decoder) => new()
    {
        MemberCount = 2,
        EpochCount = 150,
        Dropout = 0.02f,
        ModalityDropout = 0,
        LearningRate = 5e-3,
        WeightDecay = 0.01,
        Longitudinal = new LongitudinalOptions { Decoder = decoder },
    };

    private static LearningContext Context() => new(5, Backend, 2, CancellationToken.None);

    private static double Truth((double Amplitude, double Rate) subject, int endpoint, double day)
    {
        var decay = subject.Amplitude * Math.Exp(-subject.Rate * day);
        return endpoint == 0 ? decay : 10 - (decay / 2);
    }

    private static double Explained(LongitudinalPredictions curves, (double Amplitude, double Rate)[] subjects, int endpoint)
    {
        var pairs = subjects.SelectMany((s, i) => Enumerable.Range(0, 20).Select(t => (Seen: curves.At(i, endpoint, t / 2.0).Mean, True: Truth(s, endpoint, t / 2.0)))).ToArray();
        var mean = pairs.Average(p => p.True);
        return 1 - (pairs.Sum(p => (p.Seen - p.True) * (p.Seen - p.True)) / pairs.Sum(p => (p.True - mean) * (p.True - mean)));
    }

    private static LongitudinalOutcome Visits((double Amplitude, double Rate)[] subjects, ulong seed, Func<int, int, bool> takesPlace)
    {
        var stream = new RandomStream(new StreamKey(seed, 8, 0, 0, RandomPurpose.Outcome));
        List<int> rows = [], endpoints = [];
        List<double> days = [], values = [];
        for (var i = 0; i < subjects.Length; i++)
        {
            for (var k = 0; k < 8; k++)
            {
                var (day, noise) = (10 * stream.NextDouble(), 0.05 * stream.NextGaussian());
                if (takesPlace(i, k % 2))
                {
                    rows.Add(i);
                    endpoints.Add(k % 2);
                    days.Add(day);
                    values.Add(Truth(subjects[i], k % 2, day) + noise);
                }
            }
        }

        return new LongitudinalOutcome(["decay", "rise"], ["mg", "mg"], subjects.Length, [.. rows], [.. days], [.. endpoints], [.. values]);
    }

    private static (SubjectInputs Inputs, (double Amplitude, double Rate)[] Rates) Subjects(int count, ulong seed)
    {
        var stream = new RandomStream(new StreamKey(seed, 9, 0, 0, RandomPurpose.Outcome));
        (double Amplitude, double Rate)[] rates = [.. Enumerable.Range(0, count).Select(_ => (1 + (4 * stream.NextDouble()), 0.05 + (0.5 * stream.NextDouble())))];
        Column Column(string name, IEnumerable<double> values) => new NumericColumn(new Variable(name, VariableType.Continuous, VariableRole.Covariate, "1", name, null, []), [.. values]);
        return (new SubjectInputs(
            [.. Enumerable.Range(0, count).Select(i => new SubjectId($"L{i:000}"))], [Column("amplitude", rates.Select(r => r.Amplitude)), Column("rate", rates.Select(r => r.Rate))], []), rates);
    }
}
