using DigitalTwin.Contracts;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Grains;

/// <summary>Shapes a model's forecast into the record that goes over the wire.</summary>
internal static class ForecastSummary
{
    /// <param name="forecast">What the model said of one subject.</param>
    /// <param name="detail">What to send besides the mean.</param>
    /// <param name="outcomeUnit">UCUM code of a continuous endpoint.</param>
    public static ForecastAnswer Of(OutcomeForecast forecast, ForecastDetail detail, string outcomeUnit) => forecast switch
    {
        SurvivalForecast survival => new ForecastAnswer(Survival(survival, detail), survival.Members.Length),
        BinaryForecast binary => new ForecastAnswer(
            new BinaryForecastOutcome(binary.Probability, Band(binary.Members, detail), Members(binary.Members, detail)), binary.Members.Length),
        ContinuousForecast continuous => new ForecastAnswer(
            new ContinuousForecastOutcome(
                continuous.Mean, continuous.ResidualStandardDeviation, outcomeUnit, Band(continuous.Members, detail), Members(continuous.Members, detail)),
            continuous.Members.Length),
        _ => throw new ArgumentException($"A forecast of kind {forecast.GetType().Name} has no wire record.", nameof(forecast)),
    };

    private static SurvivalForecastOutcome Survival(SurvivalForecast forecast, ForecastDetail detail)
    {
        var (lower, upper) = WantsBand(forecast.Members, detail) ? PointwiseBand(forecast.Members) : ([], []);
        var members = detail.HasFlag(ForecastDetail.Members) ? forecast.Members : [];
        return new SurvivalForecastOutcome(forecast.GridDays, forecast.Survival, lower, upper, members);
    }

    /// <summary>Quantiles at each time of the grid by itself.</summary>
    private static (double[] Lower, double[] Upper) PointwiseBand(double[][] members)
    {
        var lower = new double[members[0].Length];
        var upper = new double[lower.Length];
        var atTime = new double[members.Length];
        for (var t = 0; t < lower.Length; t++)
        {
            for (var m = 0; m < members.Length; m++)
            {
                atTime[m] = members[m][t];
            }

            (lower[t], upper[t]) = EnsembleQuantiles.SortAndBand(atTime);
        }

        return (lower, upper);
    }

    private static EnsembleBand? Band(double[] members, ForecastDetail detail) =>
        WantsBand(members, detail) ? EnsembleQuantiles.SortAndBand([.. members]) : null;

    private static double[] Members(double[] members, ForecastDetail detail) => detail.HasFlag(ForecastDetail.Members) ? members : [];

    private static bool WantsBand(Array members, ForecastDetail detail) => detail.HasFlag(ForecastDetail.Band) && members.Length > 0;
}
