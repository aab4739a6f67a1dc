using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Twins;

/// <summary>Collects what the members of an ensemble predict of each subject, and makes a forecast of it.</summary>
/// <param name="endpoint">Kind of the endpoint.</param>
/// <param name="horizon">End of survival forecasts.</param>
/// <param name="subjectCount">Subjects.</param>
internal sealed class MemberForecasts(EndpointKind endpoint, Duration horizon, int subjectCount)
{
    // A forecast is never certain: the logarithm of the hazard must exist.
    private const double LeastRisk = 1e-9;

    private readonly double[] _gridDays = ForecastTimes.Of(horizon);
    private readonly List<double[]>[] _curves = Lists<double[]>(subjectCount);
    private readonly List<(double Mean, double StandardDeviation)>[] _values = Lists<(double, double)>(subjectCount);

    /// <summary>Adds what one member predicts of some subjects.</summary>
    /// <param name="rows">Which subjects, shape [predicted].</param>
    /// <param name="predictions">Of them.</param>
    public void Add(int[] rows, OutcomePredictions predictions)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            switch (predictions)
            {
                case SurvivalPredictions survival:
                    _curves[rows[i]].Add(Curve(survival, i));
                    break;
                case ClassProbabilities classes:
                    _values[rows[i]].Add((classes[i, 1], 0));
                    break;
                case ContinuousPredictions continuous:
                    _values[rows[i]].Add((continuous.Mean[i], continuous.StandardDeviation[i]));
                    break;
                default:
                    throw new ArgumentException($"No forecast is made of {predictions.GetType().Name}.", nameof(predictions));
            }
        }
    }

    /// <summary>One forecast a subject: the mean of the members, and each of them.</summary>
    public IReadOnlyList<OutcomeForecast> ToForecasts() => [.. Enumerable.Range(0, subjectCount).Select(Forecast)];

    private OutcomeForecast Forecast(int subject)
    {
        if (endpoint == EndpointKind.TimeToEvent)
        {
            double[][] curves = [.. _curves[subject]];
            return new SurvivalForecast(_gridDays, [.. _gridDays.Select((_, t) => curves.Average(c => c[t]))], curves);
        }

        double[] members = [.. _values[subject].Select(v => v.Mean)];
        return endpoint == EndpointKind.Binary
            ? new BinaryForecast(members.Average(), members)
            : new ContinuousForecast(members.Average(), Math.Sqrt(_values[subject].Average(v => v.StandardDeviation * v.StandardDeviation)), members);
    }

    private double[] Curve(SurvivalPredictions predictions, int subject)
    {
        var curve = new double[_gridDays.Length];
        curve[0] = 1;
        for (var t = 1; t < curve.Length; t++)
        {
            curve[t] = Math.Min(curve[t - 1], Math.Clamp(predictions.At(subject, _gridDays[t]), LeastRisk, 1 - LeastRisk));
        }

        return curve;
    }

    private static List<T>[] Lists<T>(int count) => [.. Enumerable.Range(0, count).Select(_ => new List<T>())];
}
