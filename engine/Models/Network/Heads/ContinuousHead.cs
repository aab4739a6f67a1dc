using DigitalTwin.Models.Explanation;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Network.Heads;

/// <summary>Mean and log variance of a normal distribution, in standard deviations of the training outcomes.</summary>
/// <remarks>The ensemble is a mixture: its variance is the mean of the members' variances and the spread of their means. Source: [Lakshminarayanan2017] section 2.4.</remarks>
internal sealed class ContinuousHead : IOutcomeHead, IExplainedHead, IStored
{
    private readonly double _mean;
    private readonly double _scale;

    /// <exception cref="UnlearnableException">All outcomes are the same.</exception>
    public ContinuousHead(ContinuousOutcome training, ReadOnlySpan<double> weights)
    {
        double total = 0, squares = 0;
        for (var i = 0; i < training.Count; i++)
        {
            total += weights[i];
            _mean += weights[i] * training.Values[i];
        }

        _mean /= total;
        for (var i = 0; i < training.Count; i++)
        {
            squares += weights[i] * (training.Values[i] - _mean) * (training.Values[i] - _mean);
        }

        _scale = Math.Sqrt(squares / total);
        if (!(_scale > 0))
        {
            throw new UnlearnableException($"All {training.Count} outcomes are {_mean}: there is nothing to tell apart.");
        }
    }

    private ContinuousHead(double mean, double scale) => (_mean, _scale) = (mean, scale);

    public PredictionShape Shape => PredictionShape.Continuous;

    public int CoefficientCount => 2;

    public int OutputCount => 2;

    public int TargetCount => 2;

    /// <summary>Value and weight.</summary>
    public float[] Targets(OutcomeData outcome, ReadOnlySpan<double> weights)
    {
        var values = ((ContinuousOutcome)outcome).Values;
        var targets = new float[2 * values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            targets[2 * i] = (float)((values[i] - _mean) / _scale);
            targets[(2 * i) + 1] = (float)weights[i];
        }

        return targets;
    }

    public float[] Offsets(OutcomePredictions start)
    {
        var predictions = StartPredictions.Of<ContinuousPredictions>(start);
        var offsets = new float[2 * start.Count];
        for (var i = 0; i < start.Count; i++)
        {
            offsets[2 * i] = (float)((predictions.Mean[i] - _mean) / _scale);
            offsets[(2 * i) + 1] = (float)(2 * Math.Log(Math.Max(1e-4, predictions.StandardDeviation[i] / _scale)));
        }

        return offsets;
    }

    public void Write(ModelWriter writer)
    {
        writer.Number(_mean);
        writer.Number(_scale);
    }

    public static ContinuousHead Read(ModelReader reader) => new(reader.Number(), reader.Number());

    public IHeadLayer CreateLayer(LayerScope scope, bool hasOffset) => new ShiftedHeadLayer(scope, 2, null);

    public Tensor Loss(Tape tape, Tensor outputs, Tensor targets)
    {
        var residual = tape.Subtract(tape.SliceColumns(outputs, 0, 1), tape.SliceColumns(targets, 0, 1));
        var logVariance = tape.SliceColumns(outputs, 1, 1);
        var scaled = tape.Multiply(tape.Apply(residual, UnaryFunction.Square), tape.Apply(tape.Scale(logVariance, -1f), UnaryFunction.Exp));
        return tape.Scale(tape.Sum(tape.Multiply(tape.SliceColumns(targets, 1, 1), tape.Add(scaled, logVariance))), 0.5f);
    }

    public double Explain(ReadOnlySpan<float> outputs, ExplainedQuantity quantity, Span<double> gradient)
    {
        (gradient[0], gradient[1]) = (_scale, 0);
        return _mean + (_scale * outputs[0]);
    }

    public OutcomePredictions Predict(IReadOnlyList<float[]> members)
    {
        var count = members[0].Length / 2;
        var (means, deviations) = (new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            double sum = 0, squares = 0;
            foreach (var outputs in members)
            {
                var mean = (double)outputs[2 * i];
                sum += mean;
                squares += (mean * mean) + Math.Exp(outputs[(2 * i) + 1]);
            }

            var together = sum / members.Count;
            means[i] = _mean + (_scale * together);
            deviations[i] = _scale * Math.Sqrt(Math.Max(0, (squares / members.Count) - (together * together)));
        }

        return new ContinuousPredictions(means, deviations);
    }
}
