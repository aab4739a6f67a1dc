namespace DigitalTwin.Models.Effects;

/// <summary>How far predicted differences between subjects' effects are borne out: the slope of doubly robust scores on predictions. 1 where subjects differ as much as predicted,
/// 0 where the predicted differences are not there.</summary>
/// <param name="Slope">NaN where everybody is predicted the same.</param>
/// <param name="StandardError">Heteroskedasticity-consistent, HC3.</param>
/// <remarks>Source: best linear predictor of the effect [Chernozhukov2018b]; HC3 [MacKinnon1985].</remarks>
public sealed record EffectSlope(double Slope, double StandardError)
{
    /// <param name="scores">Doubly robust score of the effect on each subject, shape [subjects].</param>
    /// <param name="predictions">Predicted effects, learnt without the subject's own outcome, shape [subjects].</param>
    /// <exception cref="ArgumentException">Lengths differ, or there are fewer than three subjects.</exception>
    public static EffectSlope Of(IReadOnlyList<double> scores, IReadOnlyList<double> predictions)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(predictions);
        if (scores.Count != predictions.Count || scores.Count < 3)
        {
            throw new ArgumentException($"{scores.Count} scores and {predictions.Count} predictions: they must match, and be of three subjects or more.", nameof(predictions));
        }

        var (x, y) = (predictions.Average(), scores.Average());
        double squares = 0, products = 0;
        for (var i = 0; i < scores.Count; i++)
        {
            squares += (predictions[i] - x) * (predictions[i] - x);
            products += (predictions[i] - x) * (scores[i] - y);
        }

        if (squares == 0)
        {
            return new EffectSlope(double.NaN, double.NaN);
        }

        var (slope, variance) = (products / squares, 0.0);
        for (var i = 0; i < scores.Count; i++)
        {
            var distance = predictions[i] - x;
            var leverage = (1.0 / scores.Count) + (distance * distance / squares);
            var residual = (scores[i] - y - (slope * distance)) / (1 - leverage);
            variance += distance * distance * residual * residual;
        }

        return new EffectSlope(slope, Math.Sqrt(variance) / squares);
    }
}
