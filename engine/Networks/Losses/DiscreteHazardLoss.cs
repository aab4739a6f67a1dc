using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Losses;

/// <summary>Negative log-likelihood of logits of the hazard in each interval [subjects, intervals], a mean over subjects: logistic regression on person-periods.</summary>
/// <remarks>Source: [Gensheimer2019] equation 2. A subject with an event in interval k survives the intervals before k and fails in k; a censored subject
/// survives the intervals before k and nothing is said of k. log(1 + exp(x)) is computed as such.</remarks>
public sealed class DiscreteHazardLoss : IDisposable
{
    private readonly TargetMatrix _atRisk;
    private readonly TargetMatrix _fails;
    private readonly int _intervalCount;

    public DiscreteHazardLoss(IComputeBackend backend, int intervalCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(intervalCount);
        (_atRisk, _fails, _intervalCount) = (new TargetMatrix(backend, "person-periods"), new TargetMatrix(backend, "events"), intervalCount);
    }

    /// <summary>Sets what was observed in a batch.</summary>
    /// <param name="intervals">Interval in which each subject has its event or is censored.</param>
    /// <param name="events">Whether it was an event.</param>
    /// <param name="weights">Weight of each subject; none for 1 each, 0 masks.</param>
    /// <exception cref="UnusableTargetsException">An interval is out of range, everything is masked, or no interval was observed by anybody.</exception>
    public void SetTargets(ReadOnlySpan<int> intervals, ReadOnlySpan<bool> events, ReadOnlySpan<float> weights = default)
    {
        ObservedTargets.CheckIntervals(intervals, events, _intervalCount);
        var total = ObservedTargets.TotalWeight(weights, intervals.Length);
        var atRisk = _atRisk.Start(intervals.Length, _intervalCount);
        var fails = _fails.Start(intervals.Length, _intervalCount);
        var isSeen = false;
        for (var i = 0; i < intervals.Length; i++)
        {
            var share = (float)((weights.IsEmpty ? 1 : weights[i]) / total);
            atRisk.Slice(i * _intervalCount, intervals[i] + (events[i] ? 1 : 0)).Fill(share);
            fails[(i * _intervalCount) + intervals[i]] = events[i] ? share : 0f;
            isSeen |= share > 0 && (events[i] || intervals[i] > 0);
        }

        if (!isSeen)
        {
            throw new UnusableTargetsException("Every subject is censored in the first interval: nobody was observed through one. Use finer intervals, or follow longer.");
        }

        _atRisk.Upload();
        _fails.Upload();
    }

    /// <summary>The loss of logits [subjects, intervals], shape [1, 1].</summary>
    public Tensor Of(Tape tape, Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(tape);
        _atRisk.CheckShape(logits, _intervalCount);
        var survived = tape.Sum(tape.Multiply(_atRisk.On(tape), tape.Apply(logits, UnaryFunction.Softplus)));
        return tape.Subtract(survived, tape.Sum(tape.Multiply(_fails.On(tape), logits)));
    }

    public void Dispose()
    {
        _atRisk.Dispose();
        _fails.Dispose();
    }
}
