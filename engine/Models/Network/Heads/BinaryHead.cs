using DigitalTwin.Models.Explanation;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Network.Heads;

/// <summary>One logit; logistic loss.</summary>
internal sealed class BinaryHead : IOutcomeHead, IExplainedHead, IStored
{
    private readonly float _marginal;

    public BinaryHead(BinaryOutcome training, ReadOnlySpan<double> weights)
    {
        double occurred = 0, total = 0;
        for (var i = 0; i < training.Count; i++)
        {
            occurred += training.Occurred[i] ? weights[i] : 0;
            total += weights[i];
        }

        _marginal = (float)Probability.Logit(occurred / total);
    }

    private BinaryHead(float marginal) => _marginal = marginal;

    public PredictionShape Shape => PredictionShape.Classes(2);

    public int CoefficientCount => 1;

    public int OutputCount => 1;

    public int TargetCount => 2;

    /// <summary>Weight where it occurred, and weight.</summary>
    public float[] Targets(OutcomeData outcome, ReadOnlySpan<double> weights)
    {
        var occurred = ((BinaryOutcome)outcome).Occurred;
        var targets = new float[2 * occurred.Length];
        for (var i = 0; i < occurred.Length; i++)
        {
            targets[2 * i] = occurred[i] ? (float)weights[i] : 0f;
            targets[(2 * i) + 1] = (float)weights[i];
        }

        return targets;
    }

    public float[] Offsets(OutcomePredictions start)
    {
        var probabilities = StartPredictions.Classes(start, 2);
        return [.. Enumerable.Range(0, start.Count).Select(i => (float)Probability.Logit(probabilities[i, 1]))];
    }

    public void Write(ModelWriter writer) => writer.Single(_marginal);

    public static BinaryHead Read(ModelReader reader) => new(reader.Single());

    public IHeadLayer CreateLayer(LayerScope scope, bool hasOffset) => new ShiftedHeadLayer(scope, 1, hasOffset ? null : [_marginal]);

    public Tensor Loss(Tape tape, Tensor outputs, Tensor targets)
    {
        var (occurred, weight) = (tape.SliceColumns(targets, 0, 1), tape.SliceColumns(targets, 1, 1));
        var all = tape.Multiply(weight, tape.Apply(outputs, UnaryFunction.Softplus));
        return tape.Sum(tape.Subtract(all, tape.Multiply(occurred, outputs)));
    }

    public double Explain(ReadOnlySpan<float> outputs, ExplainedQuantity quantity, Span<double> gradient)
    {
        gradient[0] = quantity.LevelWithin(0, 1) == 1 ? 1 : -1;
        return gradient[0] * outputs[0];
    }

    public OutcomePredictions Predict(IReadOnlyList<float[]> members)
    {
        var values = new double[2 * members[0].Length];
        for (var i = 0; i < members[0].Length; i++)
        {
            var sum = 0.0;
            foreach (var outputs in members)
            {
                sum += Probability.Sigmoid(outputs[i]);
            }

            values[(2 * i) + 1] = sum / members.Count;
            values[2 * i] = 1 - values[(2 * i) + 1];
        }

        return new ClassProbabilities(values, 2);
    }
}
