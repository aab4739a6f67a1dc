using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Losses;

/// <summary>DeepHit for one kind of event: logits [subjects, intervals + 1] of the interval of the event, the last column standing for later than all.
/// Likelihood, plus a ranking that asks a subject with an early event to be at higher risk then than those who were still without.</summary>
/// <remarks>Source: [Lee2018] equations 2 and 3. The likelihood is a weighted mean over subjects; the ranking a weighted mean over comparable pairs
/// (i has an event in k_i, j leaves in a later interval) of exp(-(F_i(k_i) - F_j(k_i)) / sigma). Survival is a log-sum-exp over the later intervals.
/// Cost and memory: subjects squared.</remarks>
public sealed class DeepHitLoss : IDisposable
{
    private readonly TargetMatrix _exclusion;
    private readonly TargetMatrix _weights;
    private readonly TargetMatrix _isInterval;
    private readonly TargetMatrix _pairs;
    private readonly TargetMatrix _upTo;
    private readonly int _intervalCount;
    private readonly float _rankingWeight;
    private readonly float _sigma;

    /// <param name="backend">Where to compute.</param>
    /// <param name="intervalCount">Intervals before the last column.</param>
    /// <param name="rankingWeight">Weight of the ranking beside the likelihood.</param>
    /// <param name="sigma">Scale of differences in risk.</param>
    public DeepHitLoss(IComputeBackend backend, int intervalCount, float rankingWeight = 0.2f, float sigma = 0.1f)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(intervalCount);
        if (!(rankingWeight >= 0f) || !float.IsFinite(rankingWeight) || !(sigma >= 0.02f) || !float.IsFinite(sigma))
        {
            throw new ArgumentOutOfRangeException(nameof(sigma), (rankingWeight, sigma), "The weight of the ranking is not negative, and sigma is 0.02 at least so that exponentials stay finite.");
        }

        (_exclusion, _weights, _isInterval) = (new TargetMatrix(backend, "intervals of the event"), new TargetMatrix(backend, "weights"), new TargetMatrix(backend, "own interval"));
        (_pairs, _upTo) = (new TargetMatrix(backend, "pairs"), new TargetMatrix(backend, "up to an interval"));
        (_intervalCount, _rankingWeight, _sigma) = (intervalCount, rankingWeight, sigma);
        var columns = intervalCount + 1;
        var upTo = _upTo.Start(columns, columns);
        for (var m = 0; m < columns; m++)
        {
            upTo.Slice((m * columns) + m, columns - m).Fill(1f);
        }

        _upTo.Upload();
    }

    /// <summary>Sets what was observed in a batch.</summary>
    /// <param name="intervals">Interval in which each subject has its event or is censored.</param>
    /// <param name="events">Whether it was an event.</param>
    /// <param name="weights">Weight of each subject; none for 1 each, 0 masks.</param>
    /// <exception cref="UnusableTargetsException">An interval is out of range, or everything is masked.</exception>
    public void SetTargets(ReadOnlySpan<int> intervals, ReadOnlySpan<bool> events, ReadOnlySpan<float> weights = default)
    {
        ObservedTargets.CheckIntervals(intervals, events, _intervalCount);
        var total = ObservedTargets.TotalWeight(weights, intervals.Length);
        var (count, columns) = (intervals.Length, _intervalCount + 1);
        var exclusion = _exclusion.Start(count, columns, TargetMatrix.Excluded);
        var shares = _weights.Start(count, 1);
        var isInterval = _isInterval.Start(count, columns);
        for (var i = 0; i < count; i++)
        {
            var (first, possible) = events[i] ? (intervals[i], 1) : (intervals[i] + 1, columns - intervals[i] - 1);
            exclusion.Slice((i * columns) + first, possible).Clear();
            shares[i] = (float)((weights.IsEmpty ? 1 : weights[i]) / total);
            isInterval[(i * columns) + intervals[i]] = 1f;
        }

        SetPairs(intervals, events, weights);
        _exclusion.Upload();
        _weights.Upload();
        _isInterval.Upload();
        _pairs.Upload();
    }

    /// <summary>The loss of logits [subjects, intervals + 1], shape [1, 1].</summary>
    public Tensor Of(Tape tape, Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(tape);
        _exclusion.CheckShape(logits, _intervalCount + 1);
        var logLikelihood = tape.Subtract(tape.LogSumExp(tape.Add(logits, _exclusion.On(tape))), tape.LogSumExp(logits));
        var likelihood = tape.Scale(tape.Sum(tape.Multiply(logLikelihood, _weights.On(tape))), -1f);
        if (_rankingWeight == 0f)
        {
            return likelihood;
        }

        var own = _isInterval.On(tape);
        var risk = tape.Product(tape.Softmax(logits), _upTo.On(tape));
        var ownRisk = tape.Reduce(tape.Multiply(own, risk), Reduction.Sum, logits.Rows, 1);
        var difference = tape.Subtract(tape.Product(own, risk, transposeRight: true), ownRisk);
        var penalty = tape.Apply(tape.Scale(difference, 1f / _sigma), UnaryFunction.Exp);
        return tape.Add(likelihood, tape.Scale(tape.Sum(tape.Multiply(penalty, _pairs.On(tape))), _rankingWeight));
    }

    public void Dispose()
    {
        _exclusion.Dispose();
        _weights.Dispose();
        _isInterval.Dispose();
        _pairs.Dispose();
        _upTo.Dispose();
    }

    private void SetPairs(ReadOnlySpan<int> intervals, ReadOnlySpan<bool> events, ReadOnlySpan<float> weights)
    {
        var count = intervals.Length;
        var pairs = _pairs.Start(count, count);
        var total = 0.0;
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; events[i] && j < count; j++)
            {
                if (intervals[j] > intervals[i])
                {
                    pairs[(i * count) + j] = weights.IsEmpty ? 1f : weights[i] * weights[j];
                    total += pairs[(i * count) + j];
                }
            }
        }

        if (total > 0)
        {
            foreach (ref var pair in pairs)
            {
                pair = (float)(pair / total);
            }
        }
    }
}
