using DigitalTwin.Models.Network.Heads;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Network.Longitudinal;

/// <summary>Mean and log variance of each endpoint at each grid time, in standard deviations of the training measurements; a measurement is compared with the straight line
/// between the two grid times around it. Endpoints share the state that is decoded. Visits that did not take place have weight 0.</summary>
/// <remarks>Outputs: time after time, endpoint after endpoint, mean then log variance. Targets: endpoint after endpoint, position on the grid from 1 (0 where there is
/// none), value and weight of each visit. The ensemble is a mixture, as for one continuous outcome.</remarks>
internal sealed class LongitudinalHead : IOutcomeHead, IStored
{
    private readonly TrajectoryGrid _grid;
    private readonly LongitudinalOptions _options;
    private readonly int _visitCount;

    /// <exception cref="UnlearnableException">The measurements cannot teach a course.</exception>
    public LongitudinalHead(LongitudinalOutcome training, ReadOnlySpan<double> weights, LongitudinalOptions options)
    {
        options.Check();
        _options = options;
        _grid = new TrajectoryGrid(training, weights, options.GridCount);
        _visitCount = Enumerable.Range(0, training.Subjects.Length).GroupBy(k => (training.Subjects[k], training.EndpointIndices[k])).Max(g => g.Count());
    }

    private LongitudinalHead(TrajectoryGrid grid, LongitudinalOptions options, int visitCount) => (_grid, _options, _visitCount) = (grid, options, visitCount);

    public PredictionShape Shape => new(PredictionKind.Longitudinal, _grid.EndpointCount);

    public int CoefficientCount => _options.StateWidth;

    public int OutputCount => 2 * _grid.EndpointCount * _grid.GridDays.Length;

    public int TargetCount => 3 * _grid.EndpointCount * _visitCount;

    public float[] Targets(OutcomeData outcome, ReadOnlySpan<double> weights)
    {
        var visits = (LongitudinalOutcome)outcome;
        var targets = new float[visits.Count * TargetCount];
        var places = new int[visits.Count * _grid.EndpointCount];

        // Scaled so that a subject with the mean number of measurements counts as one.
        var scale = visits.Count / (double)Math.Max(1, visits.Subjects.Length);
        for (var k = 0; k < visits.Subjects.Length; k++)
        {
            var (subject, endpoint) = (visits.Subjects[k], visits.EndpointIndices[k]);
            var place = places[(subject * _grid.EndpointCount) + endpoint]++;
            var row = targets.AsSpan((subject * TargetCount) + (3 * endpoint * _visitCount), 3 * _visitCount);
            row[place] = (float)(1 + _grid.Position(visits.Days[k]));
            row[_visitCount + place] = (float)((visits.Values[k] - _grid.Means[endpoint]) / _grid.Scales[endpoint]);
            row[(2 * _visitCount) + place] = (float)(weights[subject] * scale);
        }

        return targets;
    }

    public float[] Offsets(OutcomePredictions start)
    {
        var curves = StartPredictions.Of<LongitudinalPredictions>(start);
        var offsets = new float[start.Count * OutputCount];
        var place = 0;
        for (var i = 0; i < start.Count; i++)
        {
            foreach (var days in _grid.GridDays)
            {
                for (var e = 0; e < _grid.EndpointCount; e++)
                {
                    var (mean, deviation) = curves.At(i, e, days);
                    offsets[place++] = (float)((mean - _grid.Means[e]) / _grid.Scales[e]);
                    offsets[place++] = (float)(2 * Math.Log(Math.Max(1e-4, deviation / _grid.Scales[e])));
                }
            }
        }

        return offsets;
    }

    public void Write(ModelWriter writer)
    {
        _grid.Write(writer);
        writer.Choice(_options.Decoder);
        writer.Ints([_options.GridCount, _options.StateWidth, _visitCount]);
    }

    public static LongitudinalHead Read(ModelReader reader)
    {
        var (grid, decoder, sizes) = (TrajectoryGrid.Read(reader), reader.Choice<TrajectoryDecoder>(), reader.Ints());
        reader.Require(sizes.Length == 3, $"an outcome of visits has {sizes.Length} sizes, and 3 belong there");
        var options = new LongitudinalOptions { Decoder = decoder, GridCount = sizes[0], StateWidth = sizes[1] };
        options.Check();
        return new LongitudinalHead(grid, options, sizes[2]);
    }

    public IHeadLayer CreateLayer(LayerScope scope, bool hasOffset) => new TrajectoryLayer(scope, _grid, _options, hasOffset);

    public Tensor Loss(Tape tape, Tensor outputs, Tensor targets)
    {
        var (subjects, times, visits) = (outputs.Rows, _grid.GridDays.Length, _visitCount);
        var byTime = tape.Reshape(outputs, subjects * times, 2 * _grid.EndpointCount);
        var numbers = tape.Reshape(tape.CumulativeSum(tape.Filled(times, 1, 1f, "ones")), 1, times);
        Tensor? sum = null;
        for (var e = 0; e < _grid.EndpointCount; e++)
        {
            var position = Visits(tape, targets, (3 * e) * visits);
            var nearness = Nearness(tape, position, numbers);
            var mean = tape.Product(nearness, tape.SliceColumns(byTime, 2 * e, 1), batchCount: subjects);
            var logVariance = tape.Product(nearness, tape.SliceColumns(byTime, (2 * e) + 1, 1), batchCount: subjects);
            var residual = tape.Subtract(mean, Visits(tape, targets, ((3 * e) + 1) * visits));
            var scaled = tape.Multiply(tape.Apply(residual, UnaryFunction.Square), tape.Apply(tape.Scale(logVariance, -1f), UnaryFunction.Exp));
            var loss = tape.Sum(tape.Multiply(tape.Add(scaled, logVariance), Visits(tape, targets, ((3 * e) + 2) * visits)));
            sum = sum is null ? loss : tape.Add(sum, loss);
        }

        return tape.Scale(sum!, 0.5f);
    }

    public OutcomePredictions Predict(IReadOnlyList<float[]> members)
    {
        var (means, deviations) = (new double[members[0].Length / 2], new double[members[0].Length / 2]);
        for (var k = 0; k < means.Length; k++)
        {
            double sum = 0, squares = 0;
            foreach (var outputs in members)
            {
                var mean = (double)outputs[2 * k];
                sum += mean;
                squares += (mean * mean) + Math.Exp(outputs[(2 * k) + 1]);
            }

            var (together, e) = (sum / members.Count, k % _grid.EndpointCount);
            means[k] = _grid.Means[e] + (_grid.Scales[e] * together);
            deviations[k] = _grid.Scales[e] * Math.Sqrt(Math.Max(0, (squares / members.Count) - (together * together)));
        }

        return new LongitudinalPredictions(_grid.GridDays, means, deviations, _grid.EndpointCount);
    }

    private Tensor Visits(Tape tape, Tensor targets, int start) => tape.Reshape(tape.SliceColumns(targets, start, _visitCount), targets.Rows * _visitCount, 1);

    /// <summary>Share of each grid time in a measurement: relu(1 - |position - time|), [subjects * visits, times]; all 0 where there is no measurement.</summary>
    private static Tensor Nearness(Tape tape, Tensor position, Tensor numbers)
    {
        var distance = tape.Subtract(tape.Add(tape.Filled(position.Rows, numbers.Columns, 0f, "positions"), position), numbers);
        return tape.Apply(tape.Shift(tape.Scale(tape.Apply(distance, UnaryFunction.Abs), -1f), 1f), UnaryFunction.Relu);
    }
}
