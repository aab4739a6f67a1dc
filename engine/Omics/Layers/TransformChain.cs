namespace DigitalTwin.Omics.Layers;

/// <summary>Steps one after another, each fitted on what the steps before made of the training subjects.</summary>
public sealed class TransformChain(params IOmicsTransform[] steps) : IOmicsTransform
{
    public string Name => string.Join(", then ", steps.Select(s => s.Name));

    public FittedTransform Fit(TrainingLayer training)
    {
        ArgumentNullException.ThrowIfNull(training);
        var first = training;
        var fitted = new List<FittedTransform>();
        foreach (var step in steps)
        {
            fitted.Add(step.Fit(training));
            training = training.After(fitted[^1]);
        }

        return new FittedChain(Name, first.Values, training.Values, fitted);
    }

    private sealed class FittedChain(string name, SubjectLayer first, SubjectLayer last, List<FittedTransform> steps)
        : FittedTransform(name, first, last.Layer.Unit, last.Layer.Features)
    {
        private protected override float[] Compute(SubjectLayer layer)
        {
            foreach (var step in steps)
            {
                layer = step.Apply(layer);
            }

            var values = new float[layer.SubjectCount * layer.FeatureCount];
            for (var s = 0; s < layer.SubjectCount; s++)
            {
                layer.Layer.Row(s).CopyTo(values.AsSpan(s * layer.FeatureCount));
            }

            return values;
        }
    }
}
