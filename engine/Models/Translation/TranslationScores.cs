using DigitalTwin.Omics.Layers;

namespace DigitalTwin.Models.Translation;

/// <summary>Says of every feature of a layer how well it was predicted out of fold.</summary>
internal static class TranslationScores
{
    public static FeatureTranslation[] Of(SubjectLayer layer, TranslationTargets targets, OutOfFoldRidge judged, TranslationOptions options)
    {
        var scores = new FeatureTranslation[layer.FeatureCount];
        for (var f = 0; f < scores.Length; f++)
        {
            scores[f] = new FeatureTranslation(layer.Layer.Features[f], TranslationTargets.CountObserved(layer, f), double.NaN, double.NaN, double.NaN, IsTranslated: false);
        }

        for (var k = 0; k < targets.Count; k++)
        {
            scores[targets.Features[k]] = Score(scores[targets.Features[k]], targets, k, judged, options);
        }

        return scores;
    }

    private static FeatureTranslation Score(FeatureTranslation feature, TranslationTargets targets, int column, OutOfFoldRidge judged, TranslationOptions options)
    {
        var (errors, gains) = (new List<double>(), new List<double>());
        var baseline = 0.0;
        for (var at = column; at < targets.Values.Length; at += targets.Count)
        {
            var value = targets.Values[at];
            if (!double.IsNaN(value))
            {
                var (error, plain) = (value - judged.Predictions[at], value - judged.Means[at]);
                errors.Add(error * error);
                gains.Add((plain * plain) - (error * error));
                baseline += plain * plain;
            }
        }

        var gain = gains.Average();
        var spread = gains.Sum(g => (g - gain) * (g - gain)) / (gains.Count - 1);
        var scale = gains.Count / baseline;
        var (r2, standardError) = (gain * scale, Math.Sqrt(spread / gains.Count) * scale);
        var isTranslated = r2 >= options.LeastR2 && r2 > options.LeastStandardErrors * standardError;
        return feature with { R2 = r2, StandardError = standardError, ResidualDeviation = targets.Deviations[column] * Math.Sqrt(errors.Average()), IsTranslated = isTranslated };
    }
}
