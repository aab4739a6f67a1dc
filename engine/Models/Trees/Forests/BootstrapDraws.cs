using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Models.Trees.Forests;

/// <summary>Which subjects each tree sees: drawn with replacement, each as likely as its weight. As many are drawn as the weights sum to, a weight of 2 being
/// two subjects, but no fewer than the effective sample size, so that weights which sum to 1 work as well.</summary>
internal sealed class BootstrapDraws
{
    private readonly double[] _cumulative;
    private readonly ulong _seed;

    public BootstrapDraws(ReadOnlySpan<double> weights, ulong seed)
    {
        _seed = seed;
        _cumulative = new double[weights.Length];
        var (sum, squares) = (0.0, 0.0);
        for (var i = 0; i < weights.Length; i++)
        {
            sum += weights[i];
            squares += weights[i] * weights[i];
            _cumulative[i] = sum;
        }

        // Far beyond the number of subjects more draws only cost time.
        DrawCount = (int)Math.Min(Math.Max(Math.Round(sum), Math.Ceiling((sum * sum / squares) - 1e-9)), 10.0 * weights.Length);
    }

    public int DrawCount { get; }

    /// <returns>How often each subject is drawn for a tree, shape [subjects].</returns>
    public int[] Of(int tree)
    {
        var stream = new RandomStream(new StreamKey(_seed, 0, 0, (uint)tree, RandomPurpose.Bootstrap));
        var counts = new int[_cumulative.Length];
        for (var draw = 0; draw < DrawCount; draw++)
        {
            var place = Array.BinarySearch(_cumulative, stream.NextDouble() * _cumulative[^1]);
            place = place < 0 ? ~place : place + 1;

            // A subject of weight 0 has the cumulative weight of the one before it.
            while (place > 0 && (place == counts.Length || _cumulative[place] == _cumulative[place - 1]))
            {
                place = place == counts.Length ? place - 1 : place + 1;
            }

            counts[place]++;
        }

        return counts;
    }
}
