using DigitalTwin.Models.Explanation;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Distributions;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Network.Heads;

/// <summary>One logit a class; cross-entropy.</summary>
internal sealed class CategoricalHead : IOutcomeHead, IExplainedHead, IStored
{
    private readonly float[] _marginals;

    public CategoricalHead(CategoricalOutcome training, ReadOnlySpan<double> weights) =>
        _marginals = Array.ConvertAll(ClassShares.Of(training, weights), p => (float)Math.Log(Probability.Clamp(p)));

    private CategoricalHead(float[] marginals) => _marginals = marginals;

    public PredictionShape Shape => PredictionShape.Classes(_marginals.Length);

    public int CoefficientCount => _marginals.Length;

    public int OutputCount => _marginals.Length;

    public int TargetCount => _marginals.Length;

    /// <summary>Weight in the column of the class.</summary>
    public float[] Targets(OutcomeData outcome, ReadOnlySpan<double> weights)
    {
        var codes = ((CategoricalOutcome)outcome).Codes;
        var targets = new float[codes.Length * OutputCount];
        for (var i = 0; i < codes.Length; i++)
        {
            targets[(i * OutputCount) + codes[i]] = (float)weights[i];
        }

        return targets;
    }

    public float[] Offsets(OutcomePredictions start) =>
        Array.ConvertAll(StartPredictions.Classes(start, OutputCount).Values, p => (float)Math.Log(Probability.Clamp(p)));

    public void Write(ModelWriter writer) => writer.Singles(_marginals);

    public static CategoricalHead Read(ModelReader reader)
    {
        var marginals = reader.Singles();
        reader.Require(marginals.Length > 0, $"a categorical outcome has no class");
        return new CategoricalHead(marginals);
    }

    public IHeadLayer CreateLayer(LayerScope scope, bool hasOffset) => new ShiftedHeadLayer(scope, OutputCount, hasOffset ? null : _marginals);

    public Tensor Loss(Tape tape, Tensor outputs, Tensor targets) => tape.Scale(tape.Sum(tape.Multiply(targets, tape.LogSoftmax(outputs))), -1f);

    /// <remarks>log p - log(1 - p) = z - log(sum of exp over the other classes).</remarks>
    public double Explain(ReadOnlySpan<float> outputs, ExplainedQuantity quantity, Span<double> gradient)
    {
        var level = quantity.LevelWithin(0, OutputCount - 1);
        double largest = double.NegativeInfinity, sum = 0;
        for (var c = 0; c < OutputCount; c++)
        {
            largest = c == level ? largest : Math.Max(largest, outputs[c]);
        }

        for (var c = 0; c < OutputCount; c++)
        {
            gradient[c] = c == level ? 0 : -Math.Exp(outputs[c] - largest);
            sum -= gradient[c];
        }

        for (var c = 0; c < OutputCount; c++)
        {
            gradient[c] = c == level ? 1 : gradient[c] / sum;
        }

        return outputs[level] - largest - Math.Log(sum);
    }

    public OutcomePredictions Predict(IReadOnlyList<float[]> members)
    {
        var mean = new double[members[0].Length];
        var row = new double[OutputCount];
        foreach (var outputs in members)
        {
            for (var start = 0; start < mean.Length; start += row.Length)
            {
                for (var c = 0; c < row.Length; c++)
                {
                    row[c] = outputs[start + c];
                }

                Softmax.InPlace(row);
                for (var c = 0; c < row.Length; c++)
                {
                    mean[start + c] += row[c] / members.Count;
                }
            }
        }

        return new ClassProbabilities(mean, OutputCount);
    }
}
