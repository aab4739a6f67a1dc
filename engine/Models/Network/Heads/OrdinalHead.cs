using DigitalTwin.Models.Explanation;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Network.Heads;

/// <summary>Cumulative logits of ordered levels, logit P(level &lt;= k) = threshold_k - score: one score shifts all of them.</summary>
/// <remarks>Source: [McCullagh1980]. The probability of a level inside is the difference of two sigmoids,
/// sigmoid(b) - sigmoid(a) = sigmoid(b) sigmoid(-a) (1 - exp(a - b)), whose logarithm is taken factor by factor.</remarks>
internal sealed class OrdinalHead : IOutcomeHead, IExplainedHead, IStored
{
    private readonly double[] _shares;

    public OrdinalHead(CategoricalOutcome training, ReadOnlySpan<double> weights) => _shares = ClassShares.Of(training, weights);

    private OrdinalHead(double[] shares) => _shares = shares;

    public PredictionShape Shape => PredictionShape.Classes(_shares.Length);

    public int CoefficientCount => 1;

    /// <summary>Thresholds: one less than levels.</summary>
    public int OutputCount => _shares.Length - 1;

    public int TargetCount => (3 * OutputCount) - 1;

    /// <summary>Weights in three blocks of columns: at the threshold above the level, at the one below it, and at the gap between them.</summary>
    public float[] Targets(OutcomeData outcome, ReadOnlySpan<double> weights)
    {
        var codes = ((CategoricalOutcome)outcome).Codes;
        var targets = new float[codes.Length * TargetCount];
        for (var i = 0; i < codes.Length; i++)
        {
            var row = targets.AsSpan(i * TargetCount, TargetCount);
            var (level, weight) = (codes[i], (float)weights[i]);
            if (level < OutputCount)
            {
                row[level] = weight;
            }

            if (level > 0)
            {
                row[OutputCount + level - 1] = weight;
            }

            if (level > 0 && level < OutputCount)
            {
                row[(2 * OutputCount) + level - 1] = weight;
            }
        }

        return targets;
    }

    public float[] Offsets(OutcomePredictions start)
    {
        var classes = StartPredictions.Classes(start, _shares.Length);
        var offsets = new float[start.Count * OutputCount];
        for (var i = 0; i < start.Count; i++)
        {
            CumulativeLogits(classes.Values.AsSpan(i * _shares.Length, _shares.Length), offsets.AsSpan(i * OutputCount, OutputCount));
        }

        return offsets;
    }

    public void Write(ModelWriter writer) => writer.Numbers(_shares);

    public static OrdinalHead Read(ModelReader reader)
    {
        var shares = reader.Numbers();
        reader.Require(shares.Length > 1 && (long)shares.Length * shares.Length <= reader.Length, $"an ordinal outcome has {shares.Length} levels");
        return new OrdinalHead(shares);
    }

    public IHeadLayer CreateLayer(LayerScope scope, bool hasOffset)
    {
        var thresholds = new float[OutputCount];
        if (!hasOffset)
        {
            CumulativeLogits(_shares, thresholds);
        }

        return new OrderedThresholds(scope, thresholds, hasOffset);
    }

    public Tensor Loss(Tape tape, Tensor outputs, Tensor targets)
    {
        var above = tape.Multiply(tape.SliceColumns(targets, 0, OutputCount), tape.Apply(tape.Scale(outputs, -1f), UnaryFunction.Softplus));
        var below = tape.Multiply(tape.SliceColumns(targets, OutputCount, OutputCount), tape.Apply(outputs, UnaryFunction.Softplus));
        var loss = tape.Sum(tape.Add(above, below));
        if (OutputCount == 1)
        {
            return loss;
        }

        // 1 - exp(-gap), which elu keeps exact for small gaps.
        var gap = tape.Subtract(tape.SliceColumns(outputs, 1, OutputCount - 1), tape.SliceColumns(outputs, 0, OutputCount - 1));
        var inside = tape.Apply(tape.Scale(tape.Apply(tape.Scale(gap, -1f), UnaryFunction.Elu), -1f), UnaryFunction.Log);
        return tape.Subtract(loss, tape.Sum(tape.Multiply(tape.SliceColumns(targets, 2 * OutputCount, OutputCount - 1), inside)));
    }

    public double Explain(ReadOnlySpan<float> outputs, ExplainedQuantity quantity, Span<double> gradient)
    {
        var level = quantity.LevelWithin(0, OutputCount);
        var upTo = level == OutputCount ? 1 : Probability.Sigmoid(outputs[level]);
        var before = level == 0 ? 0 : Probability.Sigmoid(outputs[level - 1]);
        var p = Probability.Clamp(upTo - before);
        gradient.Clear();
        if (level < OutputCount)
        {
            gradient[level] = upTo * (1 - upTo) / (p * (1 - p));
        }

        if (level > 0)
        {
            gradient[level - 1] = -before * (1 - before) / (p * (1 - p));
        }

        return Probability.Logit(p);
    }

    public OutcomePredictions Predict(IReadOnlyList<float[]> members)
    {
        var (count, levels) = (members[0].Length / OutputCount, _shares.Length);
        var values = new double[count * levels];
        foreach (var outputs in members)
        {
            for (var i = 0; i < count; i++)
            {
                var before = 0.0;
                for (var k = 0; k < levels; k++)
                {
                    var upTo = k == OutputCount ? 1 : Probability.Sigmoid(outputs[(i * OutputCount) + k]);
                    values[(i * levels) + k] += (upTo - before) / members.Count;
                    before = upTo;
                }
            }
        }

        return new ClassProbabilities(values, levels);
    }

    /// <summary>Of probabilities of levels, at least a little apart.</summary>
    private static void CumulativeLogits(ReadOnlySpan<double> probabilities, Span<float> logits)
    {
        var total = 0.0;
        foreach (var p in probabilities)
        {
            total += Probability.Clamp(p);
        }

        var upTo = 0.0;
        for (var k = 0; k < logits.Length; k++)
        {
            upTo += Probability.Clamp(probabilities[k]) / total;
            logits[k] = (float)Math.Log(upTo / (1 - upTo));
        }
    }
}
