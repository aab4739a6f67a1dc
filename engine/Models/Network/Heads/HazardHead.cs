using DigitalTwin.Models.Explanation;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Network.Heads;

/// <summary>Discrete hazards of one or several kinds of event in intervals of follow-up. Outputs are logarithms of cumulative hazards over an interval, so that an effect that
/// is the same in all intervals is a hazard ratio.</summary>
/// <remarks>Source: [Tutz2016] sections 3.2 (complementary log-log link) and 8.1; [Gensheimer2019] for networks. With L the sum over kinds, an interval is survived with
/// probability exp(-L), and a kind takes its share of the rest. A subject that is censored within an interval counts for the share of it that was seen, which is its
/// likelihood where hazards are constant within intervals. Effects follow <see cref="TimeBasis"/>.</remarks>
internal sealed class HazardHead : IOutcomeHead, IExplainedHead, IStored
{
    private readonly TimeIntervals _intervals;
    private readonly int _eventCount;
    private readonly int _termCount;
    private readonly float[] _marginals;
    private readonly bool _isCompeting;

    public HazardHead(FollowedSubjects training, ReadOnlySpan<double> weights, int intervalCount, int termCount)
    {
        _intervals = TimeIntervals.OfEvents(training.EventDays(), intervalCount);
        (_eventCount, _isCompeting) = (training.EventCount, training.IsCompeting);
        _termCount = Math.Clamp(termCount, 1, _intervals.Count);
        _marginals = Marginals(Targets(training, weights));
    }

    private HazardHead(TimeIntervals intervals, int eventCount, int termCount, float[] marginals, bool isCompeting) =>
        (_intervals, _eventCount, _termCount, _marginals, _isCompeting) = (intervals, eventCount, termCount, marginals, isCompeting);

    public PredictionShape Shape => _isCompeting ? PredictionShape.Incidence(_eventCount) : PredictionShape.Survival;

    public int CoefficientCount => _eventCount * _termCount;

    /// <summary>Log cumulative hazard of each kind of event, interval after interval.</summary>
    public int OutputCount => _intervals.Count * _eventCount;

    /// <summary>Survived, and event of each kind, interval after interval.</summary>
    public int TargetCount => _intervals.Count * (_eventCount + 1);

    /// <summary>Times at which it predicts, days.</summary>
    public double[] GridDays => _intervals.GridDays;

    public float[] Targets(OutcomeData outcome, ReadOnlySpan<double> weights) => Targets(FollowedSubjects.Of(outcome), weights);

    public float[] Offsets(OutcomePredictions start)
    {
        var incidence = StartIncidence.Of(start, _isCompeting, _eventCount);
        var offsets = new float[start.Count * OutputCount];
        var (before, taken) = (new double[_eventCount], new double[_eventCount]);
        for (var i = 0; i < start.Count; i++)
        {
            Array.Clear(before);
            for (var j = 0; j < _intervals.Count; j++)
            {
                var free = Math.Max(1 - before.Sum(), 1e-12);
                var any = 0.0;
                for (var e = 0; e < _eventCount; e++)
                {
                    var now = incidence(i, e, _intervals.Ends[j]);
                    taken[e] = Probability.Clamp((now - before[e]) / free);
                    any += taken[e];
                    before[e] = now;
                }

                // All kinds together lose what an exponential of their hazards loses; each has its share of that hazard.
                var hazard = -Math.Log(1 - Probability.Clamp(any));
                for (var e = 0; e < _eventCount; e++)
                {
                    offsets[(i * OutputCount) + (j * _eventCount) + e] = (float)Math.Log(hazard * taken[e] / any);
                }
            }
        }

        return offsets;
    }

    public void Write(ModelWriter writer)
    {
        writer.Numbers(_intervals.Ends);
        writer.Int(_eventCount);
        writer.Int(_termCount);
        writer.Singles(_marginals);
        writer.Flag(_isCompeting);
    }

    public static HazardHead Read(ModelReader reader)
    {
        var intervals = TimeIntervals.Of(reader.Ascending("ends of intervals"));
        var events = reader.IntWithin(1, byte.MaxValue, "the number of kinds of event");
        var terms = reader.IntWithin(1, intervals.Count, "the number of terms of an effect");
        var (marginals, isCompeting) = (reader.Singles(), reader.Flag());
        reader.Require(marginals.Length == intervals.Count * (long)events && (isCompeting || events == 1), $"{intervals.Count} intervals of {events} kinds of event have {marginals.Length} hazards");
        reader.Require((long)events * terms * marginals.Length <= reader.Length, $"effects of {terms} terms on {marginals.Length} hazards have more numbers than there are bytes");
        return new HazardHead(intervals, events, terms, marginals, isCompeting);
    }

    public IHeadLayer CreateLayer(LayerScope scope, bool hasOffset) =>
        new ShiftedHeadLayer(scope, OutputCount, hasOffset ? null : _marginals, TimeBasis.Of(_intervals.Count, _termCount, _eventCount));

    public Tensor Loss(Tape tape, Tensor outputs, Tensor targets)
    {
        var rows = outputs.Rows * _intervals.Count;
        var logHazards = tape.Reshape(outputs, rows, _eventCount);
        var seen = tape.Reshape(targets, rows, _eventCount + 1);
        var logTogether = tape.LogSumExp(logHazards);
        var together = tape.Apply(logTogether, UnaryFunction.Exp);

        // 1 - exp(-hazard), which elu keeps exact for small hazards.
        var logLost = tape.Apply(tape.Scale(tape.Apply(tape.Scale(together, -1f), UnaryFunction.Elu), -1f), UnaryFunction.Log);
        var logOfKind = tape.Add(tape.Subtract(logHazards, logTogether), logLost);
        var survived = tape.Sum(tape.Multiply(tape.SliceColumns(seen, 0, 1), together));
        return tape.Subtract(survived, tape.Sum(tape.Multiply(tape.SliceColumns(seen, 1, _eventCount), logOfKind)));
    }

    /// <summary>Log of the cumulative hazard of one kind of event until the last grid time within the horizon, others aside; of the only kind it is log(-log(survival)).</summary>
    public double Explain(ReadOnlySpan<float> outputs, ExplainedQuantity quantity, Span<double> gradient)
    {
        var kind = _eventCount == 1 ? 0 : quantity.LevelWithin(1, _eventCount) - 1;
        var (last, share) = Until(quantity.HorizonDays);
        var total = 0.0;
        gradient.Clear();
        for (var j = 0; j < Math.Min(last + 1, _intervals.Count); j++)
        {
            var k = (j * _eventCount) + kind;
            gradient[k] = (j < last ? 1 : share) * Math.Exp(outputs[k]);
            total += gradient[k];
        }

        total = Math.Max(total, 1e-12);
        foreach (ref var derivative in gradient)
        {
            derivative /= total;
        }

        return Math.Log(total);
    }

    public OutcomePredictions Predict(IReadOnlyList<float[]> members)
    {
        var (count, times) = (members[0].Length / OutputCount, GridDays.Length);
        var incidence = new double[count * _eventCount * times];
        var path = new HazardPath(_intervals, _eventCount);
        foreach (var outputs in members)
        {
            for (var i = 0; i < count; i++)
            {
                path.AddTo(outputs.AsSpan(i * OutputCount, OutputCount), incidence.AsSpan(i * _eventCount * times, _eventCount * times), 1.0 / members.Count);
            }
        }

        return _isCompeting ? new CumulativeIncidencePredictions(GridDays, incidence, _eventCount) : Survival(incidence, count);
    }

    // Predictions are steps that hold their value until the next grid time.
    private (int Interval, double Share) Until(double days)
    {
        var place = Array.BinarySearch(GridDays, days);
        place = place >= 0 ? place : ~place - 1;
        return place < 1 ? _intervals.Find(days) : _intervals.OfGrid(place);
    }

    private SurvivalPredictions Survival(double[] incidence, int count)
    {
        var times = GridDays.Length;
        var (survival, risk) = (new double[incidence.Length], new double[count]);
        for (var k = 0; k < survival.Length; k++)
        {
            survival[k] = 1 - incidence[k];
        }

        for (var i = 0; i < count; i++)
        {
            // Time that the subject is expected to lose until the last grid time.
            for (var t = 1; t < times; t++)
            {
                risk[i] += (GridDays[t] - GridDays[t - 1]) * (incidence[(i * times) + t] + incidence[(i * times) + t - 1]) / 2;
            }
        }

        return new SurvivalPredictions(GridDays, survival, risk);
    }

    private float[] Targets(FollowedSubjects subjects, ReadOnlySpan<double> weights)
    {
        var width = _eventCount + 1;
        var targets = new float[subjects.Count * TargetCount];
        for (var i = 0; i < subjects.Count; i++)
        {
            var row = targets.AsSpan(i * TargetCount, TargetCount);
            var (last, share) = _intervals.Find(subjects.Days[i]);
            for (var j = 0; j < last; j++)
            {
                row[j * width] = (float)weights[i];
            }

            if (last < _intervals.Count)
            {
                row[(last * width) + subjects.Status[i]] = (float)(weights[i] * (subjects.Status[i] == 0 ? share : 1));
            }
        }

        return targets;
    }

    /// <summary>Log cumulative hazards of all subjects together, drawn a little to the hazard of the whole follow-up.</summary>
    private float[] Marginals(float[] targets)
    {
        var width = _eventCount + 1;
        var sums = new double[TargetCount];
        for (var k = 0; k < targets.Length; k++)
        {
            sums[k % TargetCount] += targets[k];
        }

        var together = new double[width];
        for (var k = 0; k < sums.Length; k++)
        {
            together[k % width] += sums[k];
        }

        var total = together.Sum();
        var marginals = new float[OutputCount];
        for (var j = 0; j < _intervals.Count; j++)
        {
            var column = j * width;
            var counts = Enumerable.Range(0, width).Select(c => sums[column + c] + (together[c] / total)).ToArray();
            var any = Probability.Clamp(1 - (counts[0] / counts.Sum()));
            for (var e = 0; e < _eventCount; e++)
            {
                marginals[(j * _eventCount) + e] = (float)Math.Log(Math.Max(-Math.Log(1 - any) * counts[e + 1] / counts[1..].Sum(), 1e-6));
            }
        }

        return marginals;
    }
}
