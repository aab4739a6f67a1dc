using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Penalized;

/// <summary>The model's time grid cut at a horizon; makes survival forecasts on it.</summary>
internal sealed class ForecastGrid
{
    private readonly double[] _days;
    private readonly int _whole;
    private readonly double _fraction;

    /// <param name="modelDays">The model's grid, ascending from 0.</param>
    /// <param name="horizon">End of the forecast: positive and not past the grid.</param>
    /// <exception cref="ArgumentOutOfRangeException">The horizon is not positive or passes what the model has seen.</exception>
    public ForecastGrid(double[] modelDays, Duration horizon)
    {
        if (!(horizon.Days > 0) || horizon.Days > modelDays[^1] * (1 + 1e-12))
        {
            throw new ArgumentOutOfRangeException(nameof(horizon), horizon.Days, $"The horizon must lie in (0, {modelDays[^1]}] days, the follow-up the model was trained on.");
        }

        var end = Array.FindIndex(modelDays, d => d >= horizon.Days);
        end = end < 0 ? modelDays.Length - 1 : end;
        _whole = end;
        _fraction = (horizon.Days - modelDays[end - 1]) / (modelDays[end] - modelDays[end - 1]);
        _days = modelDays[..(end + 1)];
        _days[end] = horizon.Days;
    }

    /// <param name="members">Linear predictor and baseline cumulative hazard (shape [model grid]) of each member.</param>
    public SurvivalForecast Forecast((double Predictor, double[] Hazard)[] members)
    {
        var curves = new double[members.Length][];
        var mean = new double[_days.Length];
        for (var m = 0; m < members.Length; m++)
        {
            var ratio = Math.Exp(members[m].Predictor);
            var hazard = members[m].Hazard;
            var curve = new double[_days.Length];
            for (var t = 0; t < _whole; t++)
            {
                curve[t] = Math.Exp(-hazard[t] * ratio);
                mean[t] += curve[t];
            }

            var atHorizon = hazard[_whole - 1] + (_fraction * (hazard[_whole] - hazard[_whole - 1]));
            curve[_whole] = Math.Exp(-atHorizon * ratio);
            mean[_whole] += curve[_whole];
            curves[m] = curve;
        }

        for (var t = 0; t < mean.Length; t++)
        {
            mean[t] /= members.Length;
        }

        return new SurvivalForecast(_days, mean, curves);
    }
}
