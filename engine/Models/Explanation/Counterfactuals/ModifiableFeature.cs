using System.Globalization;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Explanation.Counterfactuals;

/// <summary>A feature that may change, and the values that training subjects had of it.</summary>
/// <param name="Name">Which.</param>
/// <param name="Layer">Place of its layer; -1 for covariates.</param>
/// <param name="Place">Place among covariates, or features of the layer.</param>
/// <param name="Own">Value of the subject; NaN where it is missing.</param>
/// <param name="Values">To try, ascending: numbers, or codes of levels.</param>
/// <param name="Deviation">Standard deviation of training values; NaN for levels.</param>
/// <param name="Levels">Names of levels; empty for numbers.</param>
/// <param name="IsWhole">Whether only values that were seen make sense.</param>
internal sealed record ModifiableFeature(
    FeatureName Name, int Layer, int Place, double Own, IReadOnlyList<double> Values, double Deviation, IReadOnlyList<string> Levels, bool IsWhole)
{
    /// <exception cref="ArgumentException">The subject has no such feature; the nearest name is given.</exception>
    public static ModifiableFeature Of(SubjectInputs subject, SubjectInputs training, FeatureName name, int valueCount)
    {
        for (var v = 0; v < subject.Covariates.Count && name.Source == FeatureName.Covariates; v++)
        {
            if (subject.Covariates[v].Variable is var variable && variable.Name == name.Feature)
            {
                double[] seen = [.. Enumerable.Range(0, training.Count).Select(i => RepeatedSubject.ValueOf(training.Covariates[v], i)).Where(double.IsFinite)];
                return Of(name, -1, v, RepeatedSubject.ValueOf(subject.Covariates[v], 0), seen, variable.Levels, variable.Type != VariableType.Continuous, valueCount);
            }
        }

        for (var l = 0; l < subject.Layers.Count; l++)
        {
            var features = subject.Layers[l].Layer.Features;
            for (var f = 0; f < features.Count && subject.Layers[l].Layer.Name == name.Source; f++)
            {
                if (features[f] == name.Feature)
                {
                    double[] seen = [.. Enumerable.Range(0, training.Count).Select(i => (double)training.Layers[l].Layer.Row(i)[f]).Where(double.IsFinite)];
                    // A mutation is there or not, a copy number is whole: nothing between what was seen is tried.
                    return Of(name, l, f, subject.Layers[l].Layer.Row(0)[f], seen, [], seen.All(v => v == Math.Round(v)), valueCount);
                }
            }
        }

        var known = FeatureNames(subject);
        var nearest = NearestName.Find(name.ToString(), known);
        throw new ArgumentException($"The subject has no feature '{name}'{(nearest is null ? string.Empty : $"; the nearest name is '{nearest}'")}.", nameof(name));
    }

    public double SizeTo(double value) =>
        value.Equals(Own) ? 0 : Levels.Count > 0 || !double.IsFinite(Own) || !(Deviation > 0) ? 1 : Math.Abs(value - Own) / Deviation;

    public string Words(double value) => double.IsNaN(value) ? "missing"
        : Levels.Count > 0 ? Levels[(int)value]
        : value.ToString("G4", CultureInfo.InvariantCulture);

    private static ModifiableFeature Of(FeatureName name, int layer, int place, double own, double[] seen, IReadOnlyList<string> levels, bool isWhole, int valueCount)
    {
        Array.Sort(seen);
        var distinct = seen.Distinct().ToArray();
        double[] tried = levels.Count > 0 || distinct.Length <= valueCount
            ? distinct
            : [.. Enumerable.Range(0, valueCount).Select(k => seen[(int)((long)k * (seen.Length - 1) / (valueCount - 1))]).Distinct()];
        var mean = seen.Length == 0 ? 0 : seen.Average();
        var deviation = levels.Count > 0 || seen.Length == 0 ? double.NaN : Math.Sqrt(seen.Average(v => (v - mean) * (v - mean)));

        // What was not measured cannot be changed.
        return new ModifiableFeature(name, layer, place, own, double.IsNaN(own) ? [] : [.. tried.Where(v => v != own)], deviation, levels, isWhole);
    }

    private static IEnumerable<string> FeatureNames(SubjectInputs subject) =>
        subject.Covariates.Select(c => c.Variable.Name).Concat(subject.Layers.SelectMany(l => l.Layer.Features.Select(f => $"{l.Layer.Name}:{f}")));
}
