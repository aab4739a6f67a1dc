using DigitalTwin.Vocabulary;

namespace DigitalTwin.Estimation;

/// <summary>Means of both arms over a target population, each with its influence on every subject.</summary>
/// <param name="Treated">Mean under treatment.</param>
/// <param name="Control">Mean under control.</param>
/// <param name="TreatedInfluence">Shape [subjects], mean zero.</param>
/// <param name="ControlInfluence">Shape [subjects], mean zero.</param>
internal sealed record AugmentedMeans(double Treated, double Control, double[] TreatedInfluence, double[] ControlInfluence)
{
    /// <param name="treated">Shape [subjects].</param>
    /// <param name="outcomes">Shape [subjects].</param>
    /// <param name="scores">Propensity scores, shape [subjects].</param>
    /// <param name="predictedTreated">Predictions under treatment, shape [subjects].</param>
    /// <param name="predictedControl">Predictions under control, shape [subjects].</param>
    /// <param name="population">ATT or ATE.</param>
    /// <param name="normalise">Weighted residuals over the sum of weights.</param>
    public static AugmentedMeans Of(
        bool[] treated,
        double[] outcomes,
        double[] scores,
        double[] predictedTreated,
        double[] predictedControl,
        EstimandPopulation population,
        bool normalise)
    {
        var isAtt = population == EstimandPopulation.Att;

        // Target weights h over both arms (1 or the score), their observed counterpart (1 or the arm), and the size of the population.
        double[] target = [.. treated.Select(t => !isAtt || t ? 1.0 : 0.0)];
        double[] tilt = [.. scores.Select(e => isAtt ? e : 1)];
        var one = Mean(treated, arm: true, outcomes, scores, predictedTreated, target, tilt, normalise);
        var zero = Mean(treated, arm: false, outcomes, scores, predictedControl, target, tilt, normalise);
        return new AugmentedMeans(one.Value, zero.Value, one.Influence, zero.Influence);
    }

    public (double Value, double StandardError) Difference() => (Treated - Control, StandardError(1, 1));

    public (double Value, double StandardError) LogOddsRatio() =>
        (Math.Log(Treated / (1 - Treated)) - Math.Log(Control / (1 - Control)),
            StandardError(1 / (Treated * (1 - Treated)), 1 / (Control * (1 - Control))));

    private double StandardError(double slopeTreated, double slopeControl)
    {
        double squares = 0;
        for (var i = 0; i < TreatedInfluence.Length; i++)
        {
            var influence = (slopeTreated * TreatedInfluence[i]) - (slopeControl * ControlInfluence[i]);
            squares += influence * influence;
        }

        return Math.Sqrt(squares) / TreatedInfluence.Length;
    }

    private static (double Value, double[] Influence) Mean(
        bool[] treated, bool arm, double[] outcomes, double[] scores, double[] predicted, double[] target, double[] tilt, bool normalise)
    {
        var size = target.Sum();
        var weights = new double[treated.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = treated[i] == arm ? tilt[i] / (arm ? scores[i] : 1 - scores[i]) : 0;
        }

        var divisor = normalise ? weights.Sum() : size;
        double predictedMean = 0;
        double correction = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            predictedMean += target[i] * predicted[i] / size;
            correction += weights[i] * (outcomes[i] - predicted[i]) / divisor;
        }

        var value = predictedMean + correction;
        var share = size / weights.Length;
        var centre = normalise ? correction : 0;
        var drift = normalise ? predictedMean : value;
        var influence = new double[weights.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            influence[i] = ((target[i] * (predicted[i] - drift)) + (weights[i] * size / divisor * (outcomes[i] - predicted[i] - centre))) / share;
        }

        return (value, influence);
    }
}
