using DigitalTwin.Models.Calibration;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Calibration;

/// <summary>Oracles: closed forms; simulated subjects whose time of event is known although the bounds see censored ones only.</summary>
public sealed class SurvivalBoundsTests
{
    private const int CalibrationCount = 1000;
    private const int NewCount = 200;
    private const int Rounds = 100;
    private const double HorizonDays = 100;

    private static readonly Duration s_horizon = Duration.FromDays(HorizonDays);
    private static readonly double[] s_grid = [.. Enumerable.Range(0, 401).Select(k => k * HorizonDays / 400)];

    // Nobody is censored: 39 events with risks 1/40 to 39/40 at their time. Allowed are 0.1 * 40 = 4, of which one is kept for the new subject: the bound stands where a fourth
    // event would come before it.
    [Fact]
    public void ClosedForm_WithoutCensoring_TheLevelIsTheRankedRisk()
    {
        double[] days = [.. Enumerable.Range(1, 39).Select(k => (double)k)];
        double[] grid = [.. Enumerable.Range(0, 41).Select(k => (double)k)];
        double[] curve = [.. grid.Select(t => 1 - (t / 40))];
        var predictions = new SurvivalPredictions(grid, [.. days.SelectMany(_ => curve)], new double[39]);
        var bounds = SurvivalBounds.Fit(predictions, Always(39), new SurvivalOutcome(days, [.. days.Select(_ => true)], Duration.FromDays(40)), 0.9);

        Assert.Equal(4 / 40.0, bounds.RiskLevel, 12);
        Assert.Equal([4.0], bounds.Lower(new SurvivalPredictions(grid, curve, [0]), Always(1), Duration.FromDays(40)));
    }

    // The model takes everybody for one of the half at low risk, of whom nobody is censored. The others have four times the hazard, and most are censored before it shows. With the true
    // probabilities of being followed the bounds hold; with one curve for everybody, with censored times taken as times that are past the bound, and with the model's own tenth
    // percentile they do not.
    [Fact]
    public void Property_BoundsOfAWrongModel_HoldUnderCensoringThatDependsOnTheSubject_AndNaiveOnesDoNot()
    {
        var held = new Dictionary<string, double> { ["bounds"] = 0, ["one curve"] = 0, ["no weights"] = 0, ["the model's own"] = 0 };
        for (var r = 0u; r < Rounds; r++)
        {
            var calibration = Simulated.Draw(CalibrationCount, r);
            var later = Simulated.Draw(NewCount, Rounds + r);
            var outcome = calibration.Outcome();
            void Count(string name, double[] lower) => held[name] += Enumerable.Range(0, NewCount).Count(i => later.Event[i] >= lower[i]) / (double)(NewCount * Rounds);

            Count("bounds", SurvivalBounds.Fit(calibration.Predicted(), calibration.Followed(), outcome, 0.9).Lower(later.Predicted(), later.Followed(), s_horizon));
            Count("one curve", SurvivalBounds.Fit(calibration.Predicted(), OneCurve(outcome, CalibrationCount), outcome, 0.9).Lower(later.Predicted(), OneCurve(outcome, NewCount), s_horizon));
            Count("no weights", SurvivalBounds.Fit(calibration.Predicted(), Always(CalibrationCount), outcome, 0.9).Lower(later.Predicted(), Always(NewCount), s_horizon));
            Count("the model's own", later.Predicted() is var own ? [.. Enumerable.Range(0, NewCount).Select(i => s_grid.FirstOrDefault(t => 1 - own.At(i, t) >= 0.1, HorizonDays))] : []);
        }

        // A round's coverage varies with a standard deviation of 0.033: the mean of 100 with 0.0033, of which three are 0.01. One weight kept for the new subject makes bounds early by 0.008.
        Assert.InRange(held["bounds"], 0.9 - 0.01, 0.9 + 0.02);
        Assert.InRange(held["one curve"], 0, 0.89);
        Assert.InRange(held["no weights"], 0, 0.85);
        Assert.InRange(held["the model's own"], 0, 0.8);
    }

    // What a measured coverage of censored subjects says is, on average, what the true times say.
    [Fact]
    public void Property_WeightedCoverageOfCensoredSubjects_IsThatOfTheTrueTimes()
    {
        var (measured, truth) = (0.0, 0.0);
        for (var r = 0u; r < Rounds; r++)
        {
            var later = Simulated.Draw(CalibrationCount, 5000 + r);
            var followed = later.Followed();
            var outcome = later.Outcome();
            double[] bound = [.. Enumerable.Repeat(10.0, CalibrationCount)];
            var regions = new TimeRegions(bound, [.. outcome.Days.Select((d, i) => followed.At(i, Math.BitDecrement(d)))]);
            var metric = DigitalTwin.Models.Evaluation.RegionMetrics.For(EndpointKind.TimeToEvent, 0.9)[0];
            measured += metric.Measure(new(outcome, outcome, later.Predicted(), []) { Regions = regions }) / Rounds;
            truth += later.Event.Count(t => t >= 10) / (double)(CalibrationCount * Rounds);
        }

        Assert.Equal("coverage-90", DigitalTwin.Models.Evaluation.RegionMetrics.For(EndpointKind.TimeToEvent, 0.9)[0].Name);
        Assert.Equal(truth, measured, 0.015);
        Assert.InRange(truth, 0.5, 0.9);
    }

    [Fact]
    public void Error_TooFewSubjects_AreRefusedWithTheNumberItTakes()
    {
        var error = Assert.Throws<UnlearnableException>(() => SurvivalBounds.Fit(
            new SurvivalPredictions([0, 1], [.. Enumerable.Repeat(1.0, 16)], new double[8]), Always(8), new SurvivalOutcome(new double[8], new bool[8], s_horizon), 0.9));

        Assert.Contains("it takes 9", error.Message, StringComparison.Ordinal);
    }

    private static SurvivalPredictions Always(int count) => new([0, HorizonDays], [.. Enumerable.Repeat(1.0, 2 * count)], new double[count]);

    private static SurvivalPredictions OneCurve(SurvivalOutcome outcome, int count)
    {
        var distribution = new DigitalTwin.Numerics.Survival.CensoringDistribution(outcome.Days, outcome.HadEvent);
        double[] curve = [.. s_grid.Select(distribution.After)];
        return new SurvivalPredictions(s_grid, [.. Enumerable.Range(0, count).SelectMany(_ => curve)], new double[count]);
    }

    /// <summary>Exponential times of a half at low risk and a half at high risk, of whom only these are censored.</summary>
    private sealed record Simulated(bool[] IsHigh, double[] Event, double[] Censoring)
    {
        public static Simulated Draw(int count, uint round)
        {
            var stream = new RandomStream(new StreamKey(61, 0, 0, round, RandomPurpose.Outcome));
            var (isHigh, events, censoring) = (new bool[count], new double[count], new double[count]);
            for (var i = 0; i < count; i++)
            {
                isHigh[i] = stream.NextDouble() < 0.5;
                events[i] = stream.NextExponential() * (isHigh[i] ? 50 : 200);
                censoring[i] = stream.NextExponential() * (isHigh[i] ? 5 : double.PositiveInfinity);
            }

            return new Simulated(isHigh, events, censoring);
        }

        public SurvivalOutcome Outcome() => new(
            [.. Event.Zip(Censoring, (t, c) => Math.Min(Math.Min(t, c), HorizonDays))],
            [.. Event.Zip(Censoring, (t, c) => t <= c && t <= HorizonDays)],
            s_horizon);

        public SurvivalPredictions Predicted() => Curves(_ => 1 / 200.0);

        public SurvivalPredictions Followed() => Curves(high => high ? 1 / 5.0 : 0);

        private SurvivalPredictions Curves(Func<bool, double> hazard) =>
            new(s_grid, [.. IsHigh.SelectMany(high => s_grid.Select(t => Math.Exp(-hazard(high) * t)))], new double[IsHigh.Length]);
    }
}
