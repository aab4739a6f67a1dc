using DigitalTwin.Numerics.Survival;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Estimation;

/// <summary>Compares what happened to the treated with what their twins forecast under control. No control subject enters.</summary>
/// <remarks>Survival and restricted means: Kaplan-Meier of the treated less the mean forecast. Hazard ratio: observed over expected events, the expected
/// being the forecast cumulative hazards at the end of each follow-up [Breslow1975]; its logarithm has variance 1 / observed. Every variance
/// adds that of the forecast over the ensemble, which stands for the uncertainty of the model. Not counted: doubt whether forecasts carry over to this trial.</remarks>
public static class TwinControlEstimator
{
    private const string Name = "A twin control";

    /// <summary>Effects on a time-to-event endpoint.</summary>
    /// <param name="treated">Outcome of the treated.</param>
    /// <param name="forecasts">Their forecasts under control, in the same order, shape [subjects]; all with the same number of members, the member
    /// with the same number being the same model.</param>
    /// <param name="requests">Hazard ratio, restricted mean difference or survival difference.</param>
    /// <param name="methodId">Name the estimates carry.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <exception cref="ArgumentException">Lengths differ, or a forecast ends before the time asked for.</exception>
    /// <exception cref="MeasureNotSupportedException">A measure does not go with the endpoint.</exception>
    /// <exception cref="EstimationFailedException">No event was observed or expected.</exception>
    public static IReadOnlyList<EffectEstimate> Estimate(
        SurvivalOutcome treated, IReadOnlyList<SurvivalForecast> forecasts, IReadOnlyList<MeasureRequest> requests, string methodId, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(treated);
        ArgumentNullException.ThrowIfNull(forecasts);
        ArgumentNullException.ThrowIfNull(requests);
        CheckCount(treated.Count, forecasts.Count);
        return [.. requests.Select(One)];

        EffectEstimate One(MeasureRequest request)
        {
            var day = request.DaysFor(treated);
            var (value, standardError) = request.Measure switch
            {
                SummaryMeasure.HazardRatio => ObservedOverExpected(treated, forecasts, methodId),
                SummaryMeasure.RmstDifference => Difference(
                    RestrictedMeanSurvival.Estimate(treated.Days, treated.HadEvent, day), forecasts, (f, s) => ForecastCurve.Area(f.GridDays, s, day)),
                SummaryMeasure.SurvivalDifference => Difference(
                    SurvivalAt(treated, day), forecasts, (f, s) => ForecastCurve.At(f.GridDays, s, day)),
                _ => throw new MeasureNotSupportedException(Name, request.Measure, EndpointKind.TimeToEvent),
            };
            return WaldInterval.Estimate(methodId, request, request.TimeFor(treated), value, standardError, level, "twin");
        }
    }

    /// <summary>Effects on a binary endpoint.</summary>
    /// <inheritdoc cref="Estimate(SurvivalOutcome, IReadOnlyList{SurvivalForecast}, IReadOnlyList{MeasureRequest}, string, double)"/>
    public static IReadOnlyList<EffectEstimate> Estimate(
        BinaryOutcome treated, IReadOnlyList<BinaryForecast> forecasts, IReadOnlyList<MeasureRequest> requests, string methodId, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(treated);
        ArgumentNullException.ThrowIfNull(forecasts);
        ArgumentNullException.ThrowIfNull(requests);
        CheckCount(treated.Count, forecasts.Count);
        var observed = MeanOf(WeightedEstimator.Numbers(treated));
        var expected = forecasts.Average(f => f.Probability);
        var expectedVariance = MemberVariance(forecasts, f => f.Members.Length, (f, m) => f.Members[m]);
        return [.. requests.Select(One)];

        EffectEstimate One(MeasureRequest request)
        {
            var (value, variance) = request.Measure switch
            {
                SummaryMeasure.RiskDifference => (observed.Value - expected, Square(observed.StandardError) + expectedVariance),
                SummaryMeasure.OddsRatio => (
                    LogOdds(observed.Value) - LogOdds(expected),
                    Square(observed.StandardError / LogOddsScale(observed.Value)) + (expectedVariance / Square(LogOddsScale(expected)))),
                _ => throw new MeasureNotSupportedException(Name, request.Measure, EndpointKind.Binary),
            };
            return double.IsFinite(value)
                ? WaldInterval.Estimate(methodId, request, null, value, Math.Sqrt(variance), level, "twin")
                : throw new EstimationFailedException(methodId, "Every treated subject had the same outcome, so that there is no odds ratio.");
        }
    }

    /// <summary>Effects on a continuous endpoint.</summary>
    /// <inheritdoc cref="Estimate(SurvivalOutcome, IReadOnlyList{SurvivalForecast}, IReadOnlyList{MeasureRequest}, string, double)"/>
    public static IReadOnlyList<EffectEstimate> Estimate(
        ContinuousOutcome treated, IReadOnlyList<ContinuousForecast> forecasts, IReadOnlyList<MeasureRequest> requests, string methodId, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(treated);
        ArgumentNullException.ThrowIfNull(forecasts);
        ArgumentNullException.ThrowIfNull(requests);
        CheckCount(treated.Count, forecasts.Count);

        // The subjects' own differences from their forecasts: the part of the spread that covariates foretell drops out.
        var differences = MeanOf([.. treated.Values.Select((v, i) => v - forecasts[i].Mean)]);
        var variance = Square(differences.StandardError) + MemberVariance(forecasts, f => f.Members.Length, (f, m) => f.Members[m]);
        return [.. requests.Select(request => request.Measure == SummaryMeasure.MeanDifference
            ? WaldInterval.Estimate(methodId, request, null, differences.Value, Math.Sqrt(variance), level, "twin")
            : throw new MeasureNotSupportedException(Name, request.Measure, EndpointKind.Continuous))];
    }

    private static (double Value, double StandardError) ObservedOverExpected(
        SurvivalOutcome treated, IReadOnlyList<SurvivalForecast> forecasts, string methodId)
    {
        var observed = treated.HadEvent.Count(e => e);
        var expected = Expected((f, _) => f.Survival);
        if (observed == 0 || !(expected > 0))
        {
            throw new EstimationFailedException(methodId, $"{observed} events were observed and {expected} expected, so that there is no hazard ratio.");
        }

        var members = forecasts[0].Members.Length;
        var logs = Enumerable.Range(0, members).Select(m => Math.Log(Expected((f, _) => f.Members[m]))).ToArray();
        return (Math.Log(observed / expected), Math.Sqrt((1.0 / observed) + Variance(logs)));

        double Expected(Func<SurvivalForecast, int, double[]> curve) =>
            Enumerable.Range(0, treated.Count).Sum(i => ForecastCurve.CumulativeHazard(forecasts[i].GridDays, curve(forecasts[i], i), treated.Days[i]));
    }

    private static (double Value, double StandardError) Difference(
        CurveEstimate observed, IReadOnlyList<SurvivalForecast> forecasts, Func<SurvivalForecast, double[], double> read)
    {
        var expected = forecasts.Average(f => read(f, f.Survival));
        var variance = MemberVariance(forecasts, f => f.Members.Length, (f, m) => read(f, f.Members[m]));
        return (observed.Value - expected, Math.Sqrt(Square(observed.StandardError) + variance));
    }

    private static CurveEstimate SurvivalAt(SurvivalOutcome treated, double day)
    {
        var point = KaplanMeier.Fit(treated.Days, treated.HadEvent).At(day);
        return new CurveEstimate(point.Survival, point.StandardError);
    }

    /// <summary>Variance over the ensemble of the mean over subjects.</summary>
    private static double MemberVariance<T>(IReadOnlyList<T> forecasts, Func<T, int> memberCount, Func<T, int, double> read)
    {
        var members = memberCount(forecasts[0]);
        if (forecasts.Any(f => memberCount(f) != members))
        {
            throw new ArgumentException("The forecasts come from ensembles of different sizes.", nameof(forecasts));
        }

        return Variance([.. Enumerable.Range(0, members).Select(m => forecasts.Average(f => read(f, m)))]);
    }

    private static double Variance(double[] values)
    {
        if (values.Length < 2)
        {
            return 0;
        }

        var mean = values.Average();
        return values.Sum(v => Square(v - mean)) / (values.Length - 1);
    }

    private static CurveEstimate MeanOf(double[] values) => new(values.Average(), Math.Sqrt(Variance(values) / values.Length));

    private static double Square(double value) => value * value;

    private static double LogOdds(double risk) => Math.Log(risk / (1 - risk));

    private static double LogOddsScale(double risk) => risk * (1 - risk);

    private static void CheckCount(int subjects, int forecasts)
    {
        if (subjects != forecasts || subjects == 0)
        {
            throw new ArgumentException($"{forecasts} forecasts for {subjects} treated subjects.", nameof(forecasts));
        }
    }
}
