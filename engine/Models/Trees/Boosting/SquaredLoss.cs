namespace DigitalTwin.Models.Trees.Boosting;

/// <summary>Half the squared error of a continuous outcome.</summary>
internal sealed class SquaredLoss(double[] values, double[] weights) : BoostingLoss
{
    public override int ScoreCount => 1;

    public override double MinimumChildWeight => 10;

    public override double[] BaseScores()
    {
        var (sum, weight) = (0.0, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            sum += weights[i] * values[i];
            weight += weights[i];
        }

        return [sum / weight];
    }

    public override void Derivatives(ReadOnlySpan<double> scores, Span<double> derivatives)
    {
        for (var i = 0; i < values.Length; i++)
        {
            derivatives[2 * i] = weights[i] * (scores[i] - values[i]);
            derivatives[(2 * i) + 1] = weights[i];
        }
    }

    public override (double Loss, double Weight) Sum(ReadOnlySpan<double> scores)
    {
        var (loss, weight) = (0.0, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            loss += weights[i] * (scores[i] - values[i]) * (scores[i] - values[i]) / 2;
            weight += weights[i];
        }

        return (loss, weight);
    }
}
