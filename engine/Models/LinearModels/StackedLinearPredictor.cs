using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.LinearModels.Features;
using DigitalTwin.Models.LinearModels.Outcomes;
using DigitalTwin.Models.LinearModels.Parts;
using DigitalTwin.Models.Prediction;

namespace DigitalTwin.Models.LinearModels;

/// <summary>Ridges on parts of what is known, stacked: what <see cref="LateFusedLinearLearner"/> and <see cref="ConcatenatedLinearLearner"/> learn.</summary>
internal sealed class StackedLinearPredictor : IOutcomePredictor
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
