namespace DigitalTwin.Models.Trees.Boosting;

/// <summary>-log likelihood of a binary outcome; the score is the log odds.</summary>
internal sealed class LogisticLoss(bool[] occurred, double[] weights) : BoostingLoss
{
    public override int ScoreCount => 1;

    public override double MinimumChildWeight => 3;

    public static double Probability(double score) => 1 / (1 + Math.Exp(-score));

    public override double[] BaseScores()
    {
        var (yes, no) = (0.0, 0.0);
        for (var i = 0; i < occurred.Length; i++)
        {
            yes += occurred[i] ? weights[i] : 0;
            no += occurred[i] ? 0 : weights[i];
        }

        return [Math.Log(yes / no)];
    }

    public override void Derivatives(ReadOnlySpan<double> scores, Span<double> derivatives)
    {
        for (var i = 0; i < occurred.Length; i++)
        {
            var probability = Probability(scores[i]);
            derivatives[2 * i] = weights[i] * (probability - (occurred[i] ? 1 : 0));
            derivatives[(2 * i) + 1] = weights[i] * probability * (1 - probability);
        }
    }

    public override (double Loss, double Weight) Sum(ReadOnlySpan<double> scores)
    {
        var (loss, weight) = (0.0, 0.0);
        for (var i = 0; i < occurred.Length; i++)
        {
            // log(1 + exp(-s)) of the signed score, without overflow.
            var signed = occurred[i] ? scores[i] : -scores[i];
            loss += weights[i] * (Math.Log(1 + Math.Exp(-Math.Abs(signed))) + Math.Max(0, -signed));
            weight += weights[i];
        }

        return (loss, weight);
    }
}
