using DigitalTwin.Numerics.Distributions;

namespace DigitalTwin.Models.Trees.Boosting;

/// <summary>-log likelihood of one of several classes; probabilities are the softmax of the scores. The second derivative is its diagonal.</summary>
internal sealed class SoftmaxLoss(int[] codes, int classCount, double[] weights) : BoostingLoss
{
    public override int ScoreCount => classCount;

    public override double MinimumChildWeight => 2;

    public override double[] BaseScores()
    {
        var sums = new double[classCount];
        for (var i = 0; i < codes.Length; i++)
        {
            sums[codes[i]] += weights[i];
        }

        var all = sums.Sum();
        return Array.ConvertAll(sums, s => Math.Log(s / all));
    }

    public override void Derivatives(ReadOnlySpan<double> scores, Span<double> derivatives)
    {
        Span<double> probabilities = stackalloc double[classCount];
        for (var i = 0; i < codes.Length; i++)
        {
            scores.Slice(i * classCount, classCount).CopyTo(probabilities);
            Softmax.InPlace(probabilities);
            for (var c = 0; c < classCount; c++)
            {
                var place = 2 * ((c * codes.Length) + i);
                derivatives[place] = weights[i] * (probabilities[c] - (codes[i] == c ? 1 : 0));
                derivatives[place + 1] = weights[i] * probabilities[c] * (1 - probabilities[c]);
            }
        }
    }

    public override (double Loss, double Weight) Sum(ReadOnlySpan<double> scores)
    {
        var (loss, weight) = (0.0, 0.0);
        var probabilities = new double[classCount];
        for (var i = 0; i < codes.Length; i++)
        {
            scores.Slice(i * classCount, classCount).CopyTo(probabilities);
            Softmax.InPlace(probabilities);
            loss -= weights[i] * Math.Log(Math.Max(1e-300, probabilities[codes[i]]));
            weight += weights[i];
        }

        return (loss, weight);
    }
}
