using DigitalTwin.Models.Trees.Features;
using DigitalTwin.Models.Trees.Nodes;
using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Models.Trees.Boosting;

/// <summary>Boosting on one set of subjects at one depth, that can be stopped and gone on with; watches others that it does not train on. For one thread at a time.</summary>
internal sealed class Booster
{
    // Keep the streams that choose rows and columns apart from those of forests.
    private const uint RowStreams = 11;
    private const uint ColumnStreams = 12;

    private readonly BinnedFeatures _features;
    private readonly BoostingLoss _loss;
    private readonly BoostingOptions _options;
    private readonly BoostedTreeGrower _grower;
    private readonly ulong _seed;
    private readonly (BinnedFeatures Features, BoostingLoss Loss, double[] Scores)? _watched;
    private readonly double[] _scores;
    private readonly double[] _derivatives;
    private readonly int[] _rows;
    private readonly int[] _columns;
    private readonly List<GrownTree> _trees = [];
    private readonly List<(double Loss, double Weight)> _watchedLosses = [];

    public Booster(BinnedFeatures features, BoostingLoss loss, BoostingOptions options, int depth, ulong seed, (BinnedFeatures Features, BoostingLoss Loss)? watched = null)
    {
        (_features, _loss, _options, _seed) = (features, loss, options, seed);
        _grower = new BoostedTreeGrower(features, options, options.MinimumChildWeight ?? loss.MinimumChildWeight, depth);
        Base = loss.BaseScores();
        _scores = Repeated(Base, features.SubjectCount);
        _derivatives = new double[2 * _scores.Length];
        _rows = new int[features.SubjectCount];
        _columns = new int[features.FeatureCount];
        if (watched is { } others)
        {
            _watched = (others.Features, others.Loss, Repeated(Base, others.Features.SubjectCount));
            _watchedLosses.Add(others.Loss.Sum(_watched.Value.Scores));
        }
    }

    /// <summary>Scores before the first round, shape [scores].</summary>
    public double[] Base { get; }

    /// <summary>Rounds made so far.</summary>
    public int Rounds => _trees.Count / _loss.ScoreCount;

    /// <summary>Loss of the watched subjects before the first round and after each, with the weight it is a sum over.</summary>
    public IReadOnlyList<(double Loss, double Weight)> WatchedLosses => _watchedLosses;

    /// <summary>Row-major, shape [subjects, scores], of the subjects that train.</summary>
    public ReadOnlySpan<double> Scores => _scores;

    /// <summary>The trees of the first rounds.</summary>
    public IReadOnlyList<GrownTree> Trees(int rounds) => _trees.GetRange(0, rounds * _loss.ScoreCount);

    public void Advance(int rounds, CancellationToken cancellation)
    {
        for (var round = 0; round < rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            Advance();
        }
    }

    private static double[] Repeated(double[] values, int count)
    {
        var repeated = new double[values.Length * count];
        for (var k = 0; k < repeated.Length; k++)
        {
            repeated[k] = values[k % values.Length];
        }

        return repeated;
    }

    private void Advance()
    {
        var round = (uint)Rounds;
        var rowCount = Choose(_rows, _options.RowFraction, new StreamKey(_seed, 0, RowStreams, round, RandomPurpose.Permutation));
        _loss.Derivatives(_scores, _derivatives);
        var size = 2 * _features.SubjectCount;
        for (var c = 0; c < _loss.ScoreCount; c++)
        {
            var columnCount = Choose(_columns, _options.ColumnFraction, new StreamKey(_seed, (ulong)c, ColumnStreams, round, RandomPurpose.Permutation));
            var tree = _grower.Grow(_derivatives.AsSpan(c * size, size), _rows.AsSpan(0, rowCount), _columns[..columnCount], c);
            _trees.Add(tree);
            _grower.AddTo(tree, _features, _scores, _loss.ScoreCount);
            if (_watched is { } watched)
            {
                _grower.AddTo(tree, watched.Features, watched.Scores, _loss.ScoreCount);
            }
        }

        if (_watched is { } others)
        {
            _watchedLosses.Add(others.Loss.Sum(others.Scores));
        }
    }

    /// <summary>Puts a random part of the numbers from 0 on first, ascending.</summary>
    private static int Choose(int[] numbers, double fraction, StreamKey key)
    {
        for (var k = 0; k < numbers.Length; k++)
        {
            numbers[k] = k;
        }

        var count = Math.Max(1, (int)Math.Round(fraction * numbers.Length));
        if (count < numbers.Length)
        {
            var stream = new RandomStream(key);
            for (var k = 0; k < count; k++)
            {
                var other = k + stream.NextInt(numbers.Length - k);
                (numbers[k], numbers[other]) = (numbers[other], numbers[k]);
            }

            Array.Sort(numbers, 0, count);
        }

        return count;
    }
}
