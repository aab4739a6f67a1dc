using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Losses;

/// <summary>Negative Cox partial log-likelihood of log hazard ratios [subjects, 1], ties by Efron, divided by the weight of the events.</summary>
/// <remarks>
/// Source: [Efron1977]; case weights as in [Therneau2000] section 3.3: event l of d tied ones takes l / d of the tied subjects out of the risk set and carries their mean weight.
/// Each event has one row of log weights over the batch (0 at risk, log(1 - l / d) tied, excluded otherwise), and its denominator is one log-sum-exp:
/// finite whatever the spread of the risks. Cost and memory: events x subjects of the batch.
/// </remarks>
public sealed class CoxLoss(IComputeBackend backend) : IDisposable
{
    private const long MostCells = 1L << 28;

    private readonly TargetMatrix _logShares = new(backend, "risk sets");
    private readonly TargetMatrix _eventWeights = new(backend, "weights of events");
    private readonly TargetMatrix _ownShares = new(backend, "shares of the subjects with events");
    private int[] _order = [];

    /// <summary>Sets what was observed in a batch.</summary>
    /// <param name="times">Time of event or censoring, any unit.</param>
    /// <param name="events">Whether it was an event.</param>
    /// <param name="weights">Weight of each subject; none for 1 each, 0 masks.</param>
    /// <exception cref="UnusableTargetsException">No event, a time that is not finite or negative, everything masked, or a batch too large for its risk sets.</exception>
    public void SetTargets(ReadOnlySpan<float> times, ReadOnlySpan<bool> events, ReadOnlySpan<float> weights = default)
    {
        ObservedTargets.CheckEvents(times, events);
        ObservedTargets.TotalWeight(weights, times.Length);
        var count = Order(times, events, weights);
        if (count == 0)
        {
            throw new UnusableTargetsException("Every subject with an event has the weight 0: all events are masked.");
        }

        if ((long)count * times.Length > MostCells)
        {
            throw new UnusableTargetsException($"{count} events among {times.Length} subjects make risk sets of {(long)count * times.Length} numbers, more than {MostCells}. Use a smaller batch.");
        }

        var shares = _logShares.Start(count, times.Length, TargetMatrix.Excluded);
        var rowWeights = _eventWeights.Start(count, 1);
        var own = _ownShares.Start(times.Length, 1);
        var total = 0.0;
        for (var k = 0; k < count; k++)
        {
            total += WeightOf(weights, _order[k]);
        }

        for (var first = 0; first < count;)
        {
            var end = first + 1;
            while (end < count && times[_order[end]] == times[_order[first]])
            {
                end++;
            }

            Tie(times, events, weights, shares, rowWeights, first, end, total);
            first = end;
        }

        for (var k = 0; k < count; k++)
        {
            own[_order[k]] = (float)(WeightOf(weights, _order[k]) / total);
        }

        _logShares.Upload();
        _eventWeights.Upload();
        _ownShares.Upload();
    }

    /// <summary>The loss of log hazard ratios [subjects, 1], shape [1, 1].</summary>
    public Tensor Of(Tape tape, Tensor logHazards)
    {
        ArgumentNullException.ThrowIfNull(tape);
        _ownShares.CheckShape(logHazards, 1);
        var atRisk = tape.Add(tape.Reshape(logHazards, 1, logHazards.Rows), _logShares.On(tape));
        var denominators = tape.Sum(tape.Multiply(tape.LogSumExp(atRisk), _eventWeights.On(tape)));
        return tape.Subtract(denominators, tape.Sum(tape.Multiply(logHazards, _ownShares.On(tape))));
    }

    public void Dispose()
    {
        _logShares.Dispose();
        _eventWeights.Dispose();
        _ownShares.Dispose();
    }

    private static double WeightOf(ReadOnlySpan<float> weights, int subject) => weights.IsEmpty ? 1 : weights[subject];

    /// <summary>Numbers of the subjects with a weighed event, by time, in the first places of the order.</summary>
    private int Order(ReadOnlySpan<float> times, ReadOnlySpan<bool> events, ReadOnlySpan<float> weights)
    {
        if (_order.Length < times.Length)
        {
            _order = new int[times.Length];
        }

        var count = 0;
        for (var i = 0; i < times.Length; i++)
        {
            if (!events[i] || WeightOf(weights, i) == 0)
            {
                continue;
            }

            // Insertion keeps the order of the batch within a tie and needs no room.
            var place = count++;
            while (place > 0 && times[_order[place - 1]] > times[i])
            {
                _order[place] = _order[place - 1];
                place--;
            }

            _order[place] = i;
        }

        return count;
    }

    private void Tie(
        ReadOnlySpan<float> times, ReadOnlySpan<bool> events, ReadOnlySpan<float> weights, Span<float> shares, Span<float> rowWeights, int first, int end, double total)
    {
        var (time, tied) = (times[_order[first]], end - first);
        var sum = 0.0;
        for (var k = first; k < end; k++)
        {
            sum += WeightOf(weights, _order[k]);
        }

        for (var k = first; k < end; k++)
        {
            rowWeights[k] = (float)(sum / tied / total);
            var left = 1 - ((k - first) / (double)tied);
            for (var j = 0; j < times.Length; j++)
            {
                var weight = WeightOf(weights, j);
                if (times[j] >= time && weight > 0)
                {
                    shares[(k * times.Length) + j] = (float)Math.Log(weight * (times[j] == time && events[j] ? left : 1));
                }
            }
        }
    }
}
