using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Distributions;
using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Survival;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Evaluation;

/// <summary>Measures of survival predictions. Follow-up is cut at the horizon; a subject followed to it without the event was followed past it.</summary>
internal static class SurvivalMetrics
{
    private const double SmallestSurvival = 1e-6;

    // The last tenth of follow-up rests on few subjects, whose weights grow without bound.
    private const double AssessedShare = 0.9;
    private const int GridSize = 101;

    public static IReadOnlyList<OutcomeMetric> All { get; } =
    [
        new("c-index", "Harrell's concordance of the risk score [Harrell1996]", MetricDirection.Higher,
            s => Concordance.Estimate(Days(s.Test), Events(s.Test), Of(s).Risk).Value),
        new("uno-c", "Uno's concordance, with the censoring of training [Uno2011]", MetricDirection.Higher,
            s => UnoConcordance.Estimate(Days(s.Test), Events(s.Test), Of(s).Risk, Days(s.Training), Events(s.Training), AssessedUntil(s))),
        new("time-dependent-c", "Antolini's concordance of the curves [Antolini2005]", MetricDirection.Higher,
            s => TimeDependentConcordance.Estimate(Days(s.Test), Events(s.Test), Of(s).At)),
        new("integrated-brier", "squared error of survival over time, censoring of training undone by weights [Graf1999]", MetricDirection.Lower, IntegratedBrier),
        new("d-calibration", "p-value of even spread of survival at the end of follow-up; small is uncalibrated [Haider2020]", MetricDirection.None,
            s => DistributionCalibration.Test(Events(s.Test), AtEnd(s)).PValue),
        new("calibration-slope", "Cox coefficient of the log cumulative hazard; below 1 predictions are too extreme [Crowson2016]", MetricDirection.One,
            s => SurvivalCalibration.Slope(Days(s.Test), Events(s.Test), LogHazards(s)).Value),
    ];

    private static SurvivalPredictions Of(MetricSample sample) => (SurvivalPredictions)sample.Predictions;

    private static double[] Days(OutcomeData outcome)
    {
        var survival = (SurvivalOutcome)outcome;
        return [.. survival.Days.Select((d, i) => !survival.HadEvent[i] && d >= survival.Horizon.Days ? Math.BitIncrement(survival.Horizon.Days) : d)];
    }

    private static bool[] Events(OutcomeData outcome) => ((SurvivalOutcome)outcome).HadEvent;

    /// <summary>The horizon, or, where it comes earlier, the time by which nine tenths of the training subjects' follow-up has ended.</summary>
    private static double AssessedUntil(MetricSample sample)
    {
        var survival = (SurvivalOutcome)sample.Training;
        return Math.Min(survival.Horizon.Days, SampleQuantile.OfSorted([.. survival.Days.Order()], AssessedShare));
    }

    private static double IntegratedBrier(MetricSample sample)
    {
        var until = AssessedUntil(sample);
        var (trainingDays, trainingEvents) = (Days(sample.Training), Events(sample.Training));
        if (!(until > 0) || trainingDays.Max() <= until)
        {
            return double.NaN;
        }

        var predictions = Of(sample);
        var grid = Enumerable.Range(0, GridSize).Select(k => until * k / (GridSize - 1)).ToArray();
        var survival = new double[predictions.Count * GridSize];
        for (var i = 0; i < predictions.Count; i++)
        {
            for (var k = 0; k < GridSize; k++)
            {
                survival[(i * GridSize) + k] = predictions.At(i, grid[k]);
            }
        }

        return BrierScore.Integrated(
            Days(sample.Test), Events(sample.Test), new RowMajorMatrix(survival, predictions.Count, GridSize), grid, trainingDays, trainingEvents).Value;
    }

    private static double[] AtEnd(MetricSample sample)
    {
        var (predictions, days) = (Of(sample), ((SurvivalOutcome)sample.Test).Days);
        return [.. days.Select((d, i) => predictions.At(i, d))];
    }

    private static double[] LogHazards(MetricSample sample)
    {
        var (predictions, until) = (Of(sample), AssessedUntil(sample));
        return [.. Enumerable.Range(0, predictions.Count)
            .Select(i => Math.Log(-Math.Log(Math.Clamp(predictions.At(i, until), SmallestSurvival, 1 - SmallestSurvival))))];
    }
}
