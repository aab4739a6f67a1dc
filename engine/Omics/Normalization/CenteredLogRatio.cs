using DigitalTwin.Omics.Faults;
using DigitalTwin.Omics.Layers;

namespace DigitalTwin.Omics.Normalization;

/// <summary>Centred log-ratio of a composition: the logarithm of each part over the geometric mean of the subject's parts. Works within a subject;
/// learns nothing but unit and features.</summary>
/// <param name="pseudoCount">Added to every part, in the unit of the values, so that a part of zero has a logarithm; not negative.</param>
/// <exception cref="ArgumentOutOfRangeException">The pseudo-count is negative or not finite.</exception>
/// <remarks>Source: [Aitchison1986]. A missing part stays missing, and the mean is over the parts that are there.</remarks>
public sealed class CenteredLogRatio(double pseudoCount) : IOmicsTransform
{
    private readonly double _pseudoCount = pseudoCount >= 0 && double.IsFinite(pseudoCount)
        ? pseudoCount
        : throw new ArgumentOutOfRangeException(nameof(pseudoCount), pseudoCount, "The pseudo-count is finite and not negative.");

    public string Name => "centred log-ratio";

    /// <exception cref="ValueOutOfDomainException">On applying: a part is negative, or zero without a pseudo-count.</exception>
    public FittedTransform Fit(TrainingLayer training)
    {
        ArgumentNullException.ThrowIfNull(training);
        return new Fitted(Name, training.Values, _pseudoCount);
    }

    private sealed class Fitted : FittedTransform
    {
        private readonly ElementwiseTransform _logarithm;

        public Fitted(string name, SubjectLayer training, double pseudoCount)
            : base(name, training, "1") => _logarithm = new ElementwiseTransform(
                name,
                training,
                "1",
                (_, x) => Math.Log(x + pseudoCount),
                x => x >= 0 && x + pseudoCount > 0,
                pseudoCount > 0 ? "parts of at least 0" : "parts above 0, which a composition without a pseudo-count needs");

        private protected override float[] Compute(SubjectLayer layer)
        {
            var logs = _logarithm.Apply(layer).Layer;
            var values = new float[layer.SubjectCount * layer.FeatureCount];
            for (var s = 0; s < layer.SubjectCount; s++)
            {
                var row = logs.Row(s);
                double sum = 0;
                var count = 0;
                foreach (var value in row)
                {
                    if (!float.IsNaN(value))
                    {
                        sum += value;
                        count++;
                    }
                }

                for (var f = 0; f < row.Length; f++)
                {
                    values[(s * row.Length) + f] = (float)(row[f] - (sum / count));
                }
            }

            return values;
        }
    }
}
