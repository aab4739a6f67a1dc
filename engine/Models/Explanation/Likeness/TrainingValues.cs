using System.Globalization;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Omics.Layers;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Explanation.Likeness;

/// <summary>Says of an encoded feature what a subject has and what training subjects had, in the units they were given in.</summary>
internal sealed class TrainingValues(SubjectInputs training)
{
    private readonly string[] _covariates = [.. training.Covariates.Select(c => c.Variable.Name)];

    public UnusualFeature Describe(string block, string feature, SubjectInputs inputs, int subject, double share)
    {
        if (block == FeatureName.Covariates)
        {
            var place = CovariateNames.VariableOf(feature, _covariates);
            return Describe(training.Covariates[place], inputs.Covariates[place], subject, share);
        }

        var name = NameOf(block, feature);
        var (own, other) = (LayerOf(inputs, block), LayerOf(training, block));
        var column = Place(own.Layer.Features, name.Feature);
        double[] seen = [.. Enumerable.Range(0, training.Count).Select(i => (double)other.Layer.Row(i)[column])];
        return OfNumber(name, own.Layer.Row(subject)[column], seen, share);
    }

    /// <summary>The name without that of its layer; a covariate's level or mask is the covariate.</summary>
    public FeatureName NameOf(string block, string feature) => block == FeatureName.Covariates
        ? new FeatureName(block, _covariates[CovariateNames.VariableOf(feature, _covariates)])
        : new FeatureName(block, feature[(block.Length + 1)..]);

    private static UnusualFeature Describe(Column training, Column own, int subject, double share)
    {
        var name = new FeatureName(FeatureName.Covariates, training.Variable.Name);
        double[] seen = [.. Enumerable.Range(0, training.Count).Select(i => RepeatedSubject.ValueOf(training, i))];
        var value = RepeatedSubject.ValueOf(own, subject);
        if (training.Variable.IsNumeric || double.IsNaN(value))
        {
            return OfNumber(name, value, seen, share);
        }

        var same = seen.Count(v => v.Equals(value)) / (double)seen.Length;
        return new UnusualFeature(name, training.Variable.Levels[(int)value], string.Create(CultureInfo.InvariantCulture, $"{same:P0} in training"), 1 - same, share);
    }

    private static UnusualFeature OfNumber(FeatureName name, double value, double[] seen, double share)
    {
        double[] known = [.. seen.Where(v => !double.IsNaN(v))];
        if (double.IsNaN(value))
        {
            var missing = 1 - (known.Length / (double)seen.Length);
            return new UnusualFeature(name, "missing", string.Create(CultureInfo.InvariantCulture, $"missing of {missing:P0} in training"), double.NaN, share);
        }

        var quantile = (known.Count(v => v < value) + (0.5 * known.Count(v => v == value))) / known.Length;
        return new UnusualFeature(
            name,
            value.ToString("G4", CultureInfo.InvariantCulture),
            string.Create(CultureInfo.InvariantCulture, $"training {known.Min():G4} to {known.Max():G4}"),
            quantile,
            share);
    }

    private static SubjectLayer LayerOf(SubjectInputs inputs, string name) => inputs.Layers.First(l => l.Layer.Name == name);

    private static int Place(IReadOnlyList<string> features, string feature)
    {
        var place = 0;
        while (features[place] != feature)
        {
            place++;
        }

        return place;
    }
}
