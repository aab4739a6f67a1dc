using DigitalTwin.Omics.Faults;
using DigitalTwin.Omics.Layers;

namespace DigitalTwin.Omics.Normalization;

/// <summary>A fitted step that changes each value by itself, by a function of its feature. Missing stays missing.</summary>
internal sealed class ElementwiseTransform(
    string name, SubjectLayer training, string outputUnit, Func<int, double, double> change, Func<double, bool>? isInDomain = null, string domain = "")
    : FittedTransform(name, training, outputUnit)
{
    private protected override float[] Compute(SubjectLayer layer)
    {
        RefuseOutOfDomain(layer);
        var values = new float[layer.SubjectCount * layer.FeatureCount];
        for (var s = 0; s < layer.SubjectCount; s++)
        {
            var row = layer.Layer.Row(s);
            for (var f = 0; f < row.Length; f++)
            {
                values[(s * row.Length) + f] = float.IsNaN(row[f]) ? float.NaN : (float)change(f, row[f]);
            }
        }

        return values;
    }

    private void RefuseOutOfDomain(SubjectLayer layer)
    {
        if (isInDomain is null)
        {
            return;
        }

        var count = 0;
        (int Subject, int Feature) first = default;
        for (var s = 0; s < layer.SubjectCount; s++)
        {
            var row = layer.Layer.Row(s);
            for (var f = 0; f < row.Length; f++)
            {
                if (!float.IsNaN(row[f]) && !isInDomain(row[f]))
                {
                    first = count++ == 0 ? (s, f) : first;
                }
            }
        }

        if (count > 0)
        {
            throw new ValueOutOfDomainException(
                layer.Layer.Name, Name, layer.Layer.Features[first.Feature], layer.Subjects[first.Subject].Value, count, domain);
        }
    }
}
