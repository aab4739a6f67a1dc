using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Distributions;
using DigitalTwin.Numerics.Performance;
using DigitalTwin.Omics.Layers;

namespace DigitalTwin.Models.Translation;

/// <summary>How well one feature was predicted of subjects that were not learnt from.</summary>
/// <param name="Feature">Its name in the layer.</param>
/// <param name="IsTranslated">Whether it would be filled in where it is missing: predicted above its noise, by training subjects alone.</param>
/// <param name="SubjectCount">Held-out subjects with a measured and a predicted value.</param>
/// <param name="Correlation">Of the two (Pearson); 0 where the same is predicted of everybody, NaN where fewer than 3 subjects have both or the measured value does not vary.</param>
/// <param name="SquaredError">Sum over these subjects, in the squared unit of the layer.</param>
/// <param name="SquaredDeviation">The same of the training mean.</param>
/// <param name="CoveredCount">Subjects whose measured value lies in its interval.</param>
public sealed record HeldOutFeature(
    string Feature, bool IsTranslated, int SubjectCount, double Correlation, double SquaredError, double SquaredDeviation, int CoveredCount);

/// <summary>A layer learnt from others on some subjects, and predicted of others that have it.</summary>
/// <param name="Sources">What it is predicted from, in words.</param>
/// <param name="SubjectCount">Held-out subjects that have the layer and all it is predicted from.</param>
/// <param name="Features">Those that were learnt, in the order of the layer.</param>
public sealed record HeldOutTranslation(string Sources, int SubjectCount, IReadOnlyList<HeldOutFeature> Features)
{
    /// <summary>Subjects that have a layer and all of some others.</summary>
    /// <param name="inputs">Any subjects.</param>
    /// <param name="from">Names of the layers it is predicted from.</param>
    /// <param name="to">Name of the layer.</param>
    /// <returns>Their row numbers.</returns>
    public static int[] Usable(SubjectInputs inputs, IReadOnlyList<string> from, string to)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var layer = inputs.Layers.First(l => l.Layer.Name == to);
        return [.. Enumerable.Range(0, inputs.Count).Where(i => LayerEncoding.IsPresent(layer, i) && TranslationSources.Has(inputs, from, i))];
    }

    /// <param name="training">Subjects that are learnt from; the covariates among their inputs are sources too.</param>
    /// <param name="test">Subjects that are predicted, with the same features.</param>
    /// <param name="from">Names of the layers it is predicted from.</param>
    /// <param name="to">Name of the layer.</param>
    /// <param name="level">Stated probability that an interval holds the measured value: normal, of the out-of-fold residual deviation of the training subjects.</param>
    /// <param name="options">Settings; the defaults if null.</param>
    /// <param name="context">Seed of the folds, threads, cancellation.</param>
    /// <returns>Null where too few training subjects have both, or nothing varies.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The level is not within 0 and 1.</exception>
    public static HeldOutTranslation? Judge(
        SubjectInputs training, SubjectInputs test, IReadOnlyList<string> from, string to, double level, TranslationOptions? options, LearningContext context)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(test);
        if (!(level > 0 && level < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "A level is between 0 and 1, both excluded.");
        }

        var ordered = training.Take([.. Enumerable.Range(0, training.Count).OrderBy(i => training.Subjects[i])]);
        if (LayerTranslation.Fit(ordered, ordered.Layers.First(l => l.Layer.Name == to), from, options ?? new TranslationOptions(), context) is not { } translation)
        {
            return null;
        }

        var usable = test.Take(Usable(test, from, to));
        var measured = usable.Layers.First(l => l.Layer.Name == to);
        var predicted = usable.Count == 0 ? [] : translation.Translate(usable, isJudging: true);
        var half = Normal.Quantile(0.5 + (level / 2));
        HeldOutFeature[] features =
        [
            .. from f in Enumerable.Range(0, measured.FeatureCount)
               where !double.IsNaN(translation.Features[f].R2)
               select Of(translation.Features[f], translation.MeanOf(f), measured, predicted, f, half * translation.Features[f].ResidualDeviation),
        ];
        return new HeldOutTranslation(translation.SourceText, usable.Count, features);
    }

    private static HeldOutFeature Of(FeatureTranslation feature, double mean, SubjectLayer measured, float[] predicted, int place, double half)
    {
        var (x, y) = (new List<double>(), new List<double>());
        for (var i = 0; i < measured.SubjectCount; i++)
        {
            double value = measured.Layer.Row(i)[place];
            if (!double.IsNaN(value))
            {
                x.Add(predicted[(i * measured.FeatureCount) + place]);
                y.Add(value);
            }
        }

        return new HeldOutFeature(
            feature.Feature,
            feature.IsTranslated,
            y.Count,
            CorrelationOf(x, y),
            x.Zip(y, (p, v) => (v - p) * (v - p)).Sum(),
            y.Sum(v => (v - mean) * (v - mean)),
            x.Zip(y, (p, v) => Math.Abs(v - p) <= half ? 1 : 0).Sum());
    }

    private static double CorrelationOf(List<double> predicted, List<double> measured)
    {
        if (measured.Count < 3 || measured.TrueForAll(v => v == measured[0]))
        {
            return double.NaN;
        }

        return predicted.TrueForAll(v => v == predicted[0]) ? 0 : Correlation.Pearson([.. predicted], [.. measured]);
    }
}
