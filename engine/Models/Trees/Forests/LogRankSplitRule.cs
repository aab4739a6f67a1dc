using DigitalTwin.Models.Trees.Nodes;

namespace DigitalTwin.Models.Trees.Forests;

/// <summary>Splits where the log-rank test between the two sides is largest; with several kinds of event, the sum of their cause-specific chi-squared
/// statistics. A leaf says the steps of its Nelson-Aalen cumulative hazard, or of its Aalen-Johansen cumulative incidences.</summary>
/// <param name="targets">Follow-up of the subjects.</param>
/// <param name="minimumLeafSize">Fewest drawn subjects on a side.</param>
/// <remarks>Source: [Ishwaran2008]; [Ishwaran2014] for several kinds of event, where the statistics are added before they are squared: two effects of
/// opposite sign would cancel. The numerator is a sum of martingale residuals, one histogram; only the variance walks the event times of the node.
/// Cost of a feature O(subjects + event times * cuts), with no sorting: nodes keep the order of time.</remarks>
internal sealed class LogRankSplitRule(SurvivalTargets targets, int minimumLeafSize) : SplitRule
{
    private readonly int _events = targets.EventCount;

    // Of each member, by place: how many event times are not after it, its count, its martingale residual for each kind of event.
    private readonly int[] _slots = new int[targets.Days.Length];
    private readonly double[] _sizes = new double[targets.Days.Length];
    private readonly double[] _residuals = new double[targets.Days.Length * targets.EventCount];

    // Of each event time of the node; one place more for a time without an event behind the last.
    private readonly double[] _atRisk = new double[targets.EventDays.Length];
    private readonly double[] _days = new double[targets.EventDays.Length];
    private readonly double[] _eventSizes = new double[(targets.EventDays.Length + 1) * targets.EventCount];
    private readonly double[] _spreads = new double[targets.EventDays.Length * targets.EventCount];

    // Of each group or cut.
    private readonly double[] _groupSizes = new double[256];
    private readonly double[] _groupResiduals = new double[256 * targets.EventCount];
    private readonly double[] _variances = new double[256 * targets.EventCount];
    private readonly double[] _variancesWithMissing = new double[256 * targets.EventCount];
    private readonly double[] _left = new double[targets.EventCount];
    private int _timeCount;
    private double _size;

    public override int Width => _events * targets.GridDays.Length;

    public override int[] Order => targets.Order;

    public override bool Enter(ReadOnlySpan<int> members, ReadOnlySpan<int> counts)
    {
        _size = 0;
        foreach (var i in members)
        {
            _size += counts[i];
        }

        var remaining = _size;
        _timeCount = 0;
        var hazards = _left;
        Array.Clear(hazards);
        for (var start = 0; start < members.Length;)
        {
            var end = start;
            var day = targets.Days[members[start]];
            var (leaving, eventSize) = (0.0, 0.0);
            var own = _eventSizes.AsSpan(_timeCount * _events, _events);
            own.Clear();
            for (; end < members.Length && targets.Days[members[end]] == day; end++)
            {
                var i = members[end];
                leaving += counts[i];
                if (targets.Status[i] > 0)
                {
                    own[targets.Status[i] - 1] += counts[i];
                    eventSize += counts[i];
                }
            }

            if (eventSize > 0)
            {
                TakeUpEventTime(day, remaining, hazards);
            }

            for (var place = start; place < end; place++)
            {
                var i = members[place];
                _slots[place] = _timeCount;
                _sizes[place] = counts[i];
                for (var j = 0; j < _events; j++)
                {
                    _residuals[(place * _events) + j] = counts[i] * ((targets.Status[i] == j + 1 ? 1 : 0) - hazards[j]);
                }
            }

            remaining -= leaving;
            start = end;
        }

        return _timeCount > 0;
    }

    public override void Search(int feature, CutPoints cuts, ReadOnlySpan<byte> bins, ReadOnlySpan<int> members, ref ForestSplit best)
    {
        var groups = cuts.Groups;
        Array.Clear(_groupSizes, 0, cuts.GroupCount);
        Array.Clear(_groupResiduals, 0, cuts.GroupCount * _events);
        Array.Clear(_variances, 0, cuts.GroupCount * _events);
        Array.Clear(_variancesWithMissing, 0, cuts.GroupCount * _events);
        var place = members.Length - 1;
        for (var k = _timeCount; k >= 0; k--)
        {
            // Those who are followed to the event time k - 1 (to none, at last) join the ones at risk.
            for (; place >= 0 && _slots[place] >= k; place--)
            {
                var group = groups[bins[members[place]]];
                _groupSizes[group] += _sizes[place];
                for (var j = 0; j < _events; j++)
                {
                    _groupResiduals[(group * _events) + j] += _residuals[(place * _events) + j];
                }
            }

            if (k > 0)
            {
                AddVariances(k - 1, cuts);
            }
        }

        Choose(feature, cuts, ref best);
    }

    public override void WriteLeaf(LeafWriter writer)
    {
        var survival = 1.0;
        var gridCount = targets.GridDays.Length;
        for (var k = 0; k < _timeCount; k++)
        {
            var place = targets.GridPlace(_days[k]);
            var all = 0.0;
            for (var j = 0; j < _events; j++)
            {
                var step = _eventSizes[(k * _events) + j] / _atRisk[k];
                all += step;
                if (step > 0)
                {
                    writer.Add((j * gridCount) + place, _events == 1 ? step : survival * step);
                }
            }

            survival *= 1 - all;
        }
    }

    private void TakeUpEventTime(double day, double atRisk, double[] hazards)
    {
        _atRisk[_timeCount] = atRisk;
        _days[_timeCount] = day;
        for (var j = 0; j < _events; j++)
        {
            var size = _eventSizes[(_timeCount * _events) + j];
            hazards[j] += size / atRisk;
            _spreads[(_timeCount * _events) + j] = atRisk > 1 ? size * (atRisk - size) / (atRisk - 1) : 0;
        }

        _timeCount++;
    }

    /// <summary>Adds the variance of the events of one time on the left of each cut.</summary>
    private void AddVariances(int time, CutPoints cuts)
    {
        var (left, share) = (0.0, 1 / _atRisk[time]);
        var missing = _groupSizes[cuts.Count + 1];
        for (var cut = 0; cut < cuts.Count + (cuts.HasMissing ? 1 : 0); cut++)
        {
            left += _groupSizes[cut];
            var (part, partWithMissing) = (left * share, (left + missing) * share);
            for (var j = 0; j < _events; j++)
            {
                var spread = _spreads[(time * _events) + j];
                _variances[(cut * _events) + j] += spread * part * (1 - part);
                _variancesWithMissing[(cut * _events) + j] += spread * partWithMissing * (1 - partWithMissing);
            }
        }
    }

    private void Choose(int feature, CutPoints cuts, ref ForestSplit best)
    {
        var leftSize = 0.0;
        var missing = cuts.Count + 1;
        Array.Clear(_left);
        for (var cut = 0; cut < cuts.Count + (cuts.HasMissing ? 1 : 0); cut++)
        {
            leftSize += _groupSizes[cut];
            for (var j = 0; j < _events; j++)
            {
                _left[j] += _groupResiduals[(cut * _events) + j];
            }

            Consider(feature, cuts.Bin(cut), false, leftSize, default, _variances.AsSpan(cut * _events, _events), ref best);
            if (cuts.HasMissing && cut < cuts.Count)
            {
                var with = _groupResiduals.AsSpan(missing * _events, _events);
                Consider(feature, cuts.Bin(cut), true, leftSize + _groupSizes[missing], with, _variancesWithMissing.AsSpan(cut * _events, _events), ref best);
            }
        }
    }

    private void Consider(
        int feature, int bin, bool missingGoesLeft, double leftSize, ReadOnlySpan<double> missing, ReadOnlySpan<double> variances, ref ForestSplit best)
    {
        if (leftSize < minimumLeafSize || _size - leftSize < minimumLeafSize)
        {
            return;
        }

        var statistic = 0.0;
        for (var j = 0; j < _events; j++)
        {
            var difference = _left[j] + (missing.IsEmpty ? 0 : missing[j]);
            statistic += variances[j] > 1e-12 ? difference * difference / variances[j] : 0;
        }

        if (statistic > best.Gain)
        {
            best = new ForestSplit(feature, bin, missingGoesLeft, statistic);
        }
    }
}
