using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.LinearModels.Features;
using DigitalTwin.Models.LinearModels.Outcomes;
using DigitalTwin.Models.LinearModels.Parts;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;

namespace DigitalTwin.Models.LinearModels;

/// <summary>Ridges on parts of what is known, stacked: what <see cref="LateFusedLinearLearner"/> and <see cref="ConcatenatedLinearLearner"/> learn.</summary>
internal sealed class StackedLinearPredictor : IStoredPredictor, ILinearTerms
{
    private readonly LinearFeatures _features;
    private readonly IReadOnlyList<RidgePart>[] _parts;
    private readonly PartStack[] _stacks;
    private readonly OutcomeHead _head;

    /// <param name="features">The encodings.</param>
    /// <param name="parts">Of each task.</param>
    /// <param name="stacks">Of each task.</param>
    /// <param name="head">Makes predictions of predictors.</param>
    /// <param name="findings">Sentences.</param>
    public StackedLinearPredictor(
        LinearFeatures features, IReadOnlyList<RidgePart>[] parts, PartStack[] stacks, OutcomeHead head, IReadOnlyList<string> findings)
    {
        (_features, _parts, _stacks, _head, Findings) = (features, parts, stacks, head, findings);
    }

    public IReadOnlyList<string> Findings { get; }

    public OutcomePredictions Predict(SubjectInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var encoded = _features.Encode(inputs);
        var predictors = new double[_parts.Length][];
        for (var t = 0; t < predictors.Length; t++)
        {
            predictors[t] = _stacks[t].Predict([.. _parts[t].Select(p => Masked(p, inputs, encoded))]);
        }

        return _head.Predict(predictors);
    }

    public PredictionShape Shape => _head.Shape;

    public void Write(ModelWriter writer)
    {
        _features.Write(writer);
        writer.List(_stacks, s => s.Write(writer));
        writer.Part(_head);
        writer.Texts(Findings);
    }

    public static StackedLinearPredictor Read(ModelReader reader)
    {
        var features = LinearFeatures.Read(reader);
        var layout = features.Layout;
        var tasks = reader.List(() => PartStack.Read(reader, layout));
        var head = reader.Part<OutcomeHead>();
        reader.Require(
            head.PredictorCounts.SequenceEqual(tasks.Select(t => t.Parts[0].Coefficients.Length)), $"a {head.GetType().Name} does not read the predictors of {tasks.Length} tasks");
        return new StackedLinearPredictor(features, [.. tasks.Select(t => t.Parts)], [.. tasks.Select(t => t.Stack)], head, reader.Texts());
    }

    /// <summary>What each term adds to the predictors of one subject: weight of its part times coefficient times encoded value, so that terms add up to the predictor
    /// itself, which is 0 at the mean of training. A part that the subject does not have is one term, what the others let expect of it.</summary>
    /// <param name="inputs">Of one subject.</param>
    /// <param name="task">Task: 0, or the kind of event.</param>
    /// <param name="predictor">Predictor of the task: 0, or the class.</param>
    public IEnumerable<(string Block, string Term, double Value)> Terms(SubjectInputs inputs, int task, int predictor)
    {
        var encoded = _features.Encode(inputs);
        double[][] parts = [.. _parts[task].Select(p => Masked(p, inputs, encoded))];
        bool[] isMissing = [.. parts.Select(p => double.IsNaN(p[predictor]))];
        _stacks[task].Predict(parts);
        for (var m = 0; m < parts.Length; m++)
        {
            var (part, weight) = (_parts[task][m], _stacks[task].Weights[m]);
            if (isMissing[m])
            {
                yield return (part.Name, "not measured: expected from the rest", weight * parts[m][predictor]);
                continue;
            }

            var start = 0;
            foreach (var block in part.Blocks.Select(name => encoded.First(b => b.Name == name)))
            {
                for (var j = 0; j < block.Features.FeatureCount; j++)
                {
                    yield return (block.Name, block.Features.Names[j], weight * part.Coefficients[predictor][start + j] * block.Features.Row(0)[j]);
                }

                start += block.Features.FeatureCount;
            }
        }
    }

    /// <summary>Tasks, and predictors of each.</summary>
    public IReadOnlyList<int> PredictorCounts => [.. _parts.Select(p => p[0].Coefficients.Length)];

    // A part of one layer is missing where the layer is; a part of several blocks takes a missing layer as its mean.
    private static double[] Masked(RidgePart part, SubjectInputs inputs, IReadOnlyList<FeatureBlock> encoded)
    {
        var predictors = part.Predict(encoded);
        if (part.Blocks.Count == 1 && inputs.Layers.FirstOrDefault(l => l.Layer.Name == part.Blocks[0]) is { } layer)
        {
            for (var i = 0; i < inputs.Count; i++)
            {
                for (var k = 0; k < part.Coefficients.Length && !LayerEncoding.IsPresent(layer, i); k++)
                {
                    predictors[(k * inputs.Count) + i] = double.NaN;
                }
            }
        }

        return predictors;
    }
}
