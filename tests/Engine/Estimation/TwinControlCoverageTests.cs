using DigitalTwin.Estimation;
using DigitalTwin.Models;
using DigitalTwin.Models.LinearModels;
using DigitalTwin.Models.Penalized;
using DigitalTwin.Models.Twins;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Tests.Engine.Models;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Estimation;

/// <summary>Whether the interval of a twin control covers a hazard ratio that is known: the variance of a few bootstrap members has to
/// stand for the uncertainty of the whole fitted model.</summary>
public sealed class TwinControlCoverageTests
{
    private const int TreatedCount = 120;
    private const int ControlCount = 300;
    private const double TrueLogHazardRatio = -0.4;

    private static readonly Duration Horizon = Duration.FromDays(1000);
    private static readonly ArmId Treated = new("treated");
    private static readonly ArmId Control = new("control");

    private static readonly PenalizedTwinTrainer s_penalized = new(new TwinOptions { FoldCount = 3, MembersPerFold = 15, MaxThreads = 1 });
    private static readonly MultiOmicsTwinTrainer s_stacked = new(new CoxLearner(), new MultiOmicsTwinOptions { FoldCount = 3, MembersPerFold = 5, MaxThreads = 1 });

    // Of 120 intervals that cover with probability 0.95, fewer than 107 do so once in 360 times; of 80, fewer than 70 once in 500 times.
    [Theory]
    [InlineData(PenalizedTwinTrainer.KindName, 120, 107)]
    [InlineData(MultiOmicsTwinTrainer.KindName, 80, 70)]
    public void ClosedForm_IntervalsCoverTheTrueHazardRatio(string kind, int replicates, int least)
    {
        ITwinTrainer trainer = kind == PenalizedTwinTrainer.KindName ? s_penalized : s_stacked;
        var estimates = new EffectEstimate[replicates];
        Parallel.For(0, replicates, r => estimates[r] = Estimate(trainer, (uint)r));
        var covered = estimates.Count(e => e.Interval.Lower <= Math.Exp(TrueLogHazardRatio) && Math.Exp(TrueLogHazardRatio) <= e.Interval.Upper);
        var bias = estimates.Average(e => Math.Log(e.Value)) - TrueLogHazardRatio;
        TestContext.Current.TestOutputHelper?.WriteLine($"covered {covered} of {replicates}, bias {bias:F4}");
        Assert.InRange(covered, least, replicates);
        Assert.InRange(bias, -0.05, 0.05);
    }

    private static EffectEstimate Estimate(ITwinTrainer trainer, uint replicate)
    {
        var trial = Simulate(replicate);
        var model = trainer.Train(new TwinTrainingData(trial, Treated, Control, replicate), null, CancellationToken.None).Model;
        int[] rows = [.. Enumerable.Range(0, TreatedCount)];
        var forecasts = model.Forecast([.. rows.Select(r => trial.Subjects[r])], trial.Covariates.Take(rows).Values.Span, Control, Horizon);
        return TwinControlEstimator.Estimate(
            (SurvivalOutcome)trial.Outcome.Take(rows), [.. forecasts.Cast<SurvivalForecast>()], [new MeasureRequest(SummaryMeasure.HazardRatio)], "twin").Single();
    }

    // The treated are sicker: their first covariate is higher by half a standard deviation.
    private static TrialData Simulate(uint replicate)
    {
        const int count = TreatedCount + ControlCount;
        var stream = new RandomStream(new StreamKey(99, 0, 0, replicate, RandomPurpose.Outcome));
        var covariates = new double[2 * count];
        var days = new double[count];
        var events = new bool[count];
        for (var i = 0; i < count; i++)
        {
            var treated = i < TreatedCount;
            covariates[2 * i] = stream.NextGaussian() + (treated ? 0.5 : 0);
            covariates[(2 * i) + 1] = stream.NextGaussian();
            var hazard = 0.001 * Math.Exp((0.6 * covariates[2 * i]) - (0.3 * covariates[(2 * i) + 1]) + (treated ? TrueLogHazardRatio : 0));
            var time = stream.NextExponential() / hazard;
            var censored = Math.Min(Horizon.Days, 400 + (800 * stream.NextDouble()));
            days[i] = Math.Min(time, censored);
            events[i] = time <= censored;
        }

        CovariateColumn[] columns = [new("x", null, "x", false, "1"), new("z", null, "z", false, "1")];
        return new TrialData(
            [.. Enumerable.Range(0, count).Select(i => new SubjectId($"s{i:D4}"))],
            [.. Enumerable.Range(0, count).Select(i => i < TreatedCount)],
            new CovariateMatrix(columns, count, covariates),
            new SurvivalOutcome(days, events, Horizon));
    }
}
