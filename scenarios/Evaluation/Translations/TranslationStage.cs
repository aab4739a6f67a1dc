using DigitalTwin.Models.Evaluation;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Translation;
using DigitalTwin.Numerics.Distributions;

namespace DigitalTwin.Scenarios.Evaluation.Translations;

/// <summary>Learns on the training subjects of each split to predict one layer from others, and holds it against what was measured of the others.</summary>
/// <param name="plan">The evaluation.</param>
/// <param name="translation">Which layers.</param>
/// <param name="data">The subjects.</param>
/// <param name="context">Threads, cancellation; each seed of the evaluation draws inner folds of its own.</param>
/// <param name="summarizer">Means and intervals over splits.</param>
/// <remarks>The interval of a correlation on one split is that of its hyperbolic arc tangent, of variance 1/(n - 3) [Fisher1921].</remarks>
internal sealed class TranslationStage(EvaluationPlan plan, TranslationPlan translation, EvaluationData data, LearningContext context, EvaluationSummarizer summarizer)
{
    public TranslatedResult Judge()
    {
        var inputs = translation.WithCovariates ? data.Problem.Inputs : data.Problem.Inputs.With(covariates: []);
        var seeds = plan.Split.IsDrawn ? plan.Seeds : [plan.Seeds[0]];
        HeldOutTranslation?[] found = [.. seeds.SelectMany((seed, s) => data.SplitsOfSeed[s].Select(split => Judge(inputs, split, seed)))];
        var layer = inputs.Layers.First(l => l.Layer.Name == translation.To).Layer;
        IReadOnlyDictionary<string, HeldOutFeature>?[] byName = [.. found.Select(f => f?.Features.ToDictionary(c => c.Feature, StringComparer.Ordinal))];
        TranslatedFeature[] features =
        [
            .. layer.Features.Select(f => Feature(f, byName)).OrderByDescending(f => double.IsNaN(f.Correlation) ? double.NegativeInfinity : f.Correlation).ThenBy(f => f.Feature, StringComparer.Ordinal),
        ];
        var judged = features.Count(f => !double.IsNaN(f.Correlation));
        var above = features.Count(f => f.IsAboveChance);
        return new TranslatedResult(
            translation.From,
            translation.To,
            found.OfType<HeldOutTranslation>().FirstOrDefault()?.Sources ?? string.Join(" + ", translation.From),
            translation.Level,
            summarizer.IsSingle ? FormattableString.Invariant($"{100 * plan.Limits.Confidence:0.##} % of each feature: by Fisher's transformation, on one split") : summarizer.Describe().Interval,
            features.Length,
            judged,
            above,
            judged == 0 ? double.NaN : above / (double)judged,
            (1 - plan.Limits.Confidence) / 2,
            summarizer.OfEither("median-correlation", [.. found.Select(f => Median(f?.Features.Select(c => c.Correlation) ?? []))]),
            summarizer.OverSplits("filled", [.. found.Select(f => f is null ? double.NaN : f.Features.Count(c => c.IsTranslated) / (double)layer.Features.Count)]),
            summarizer.OverSplits("coverage", [.. found.Select(f => Coverage(f?.Features.Where(c => c.IsTranslated) ?? []))]),
            features,
            translation.FeatureCount,
            [.. Notes(found)]);
    }

    private HeldOutTranslation? Judge(SubjectInputs inputs, EvaluationSplit split, ulong seed)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        return HeldOutTranslation.Judge(
            inputs.Take(split.Training), inputs.Take(split.Test), translation.From, translation.To, translation.Level, null, context with { Seed = seed });
    }

    private TranslatedFeature Feature(string name, IReadOnlyDictionary<string, HeldOutFeature>?[] found)
    {
        HeldOutFeature?[] ofSplit = [.. found.Select(f => f?.GetValueOrDefault(name))];
        HeldOutFeature[] told = [.. ofSplit.OfType<HeldOutFeature>()];
        var correlation = summarizer.OfEither(name, [.. ofSplit.Select(f => f?.Correlation ?? double.NaN)]);
        var (lower, upper) = summarizer.IsSingle && told.Length == 1 ? Fisher(told[0]) : (correlation.Lower, correlation.Upper);
        var deviation = told.Sum(f => f.SquaredDeviation);
        return new TranslatedFeature(
            name,
            correlation.Mean,
            lower,
            upper,
            lower > 0,
            deviation > 0 ? 1 - (told.Sum(f => f.SquaredError) / deviation) : double.NaN,
            Coverage(told),
            told.Count(f => f.IsTranslated) / (double)found.Length,
            told.Sum(f => f.SubjectCount));
    }

    private (double Lower, double Upper) Fisher(HeldOutFeature feature)
    {
        if (feature.SubjectCount <= 3 || double.IsNaN(feature.Correlation))
        {
            return (double.NaN, double.NaN);
        }

        var (centre, half) = (Math.Atanh(feature.Correlation), Normal.Quantile(0.5 + (plan.Limits.Confidence / 2)) / Math.Sqrt(feature.SubjectCount - 3));
        return (Math.Tanh(centre - half), Math.Tanh(centre + half));
    }

    private IEnumerable<string> Notes(HeldOutTranslation?[] found)
    {
        if (found.Any(f => f is null))
        {
            yield return FormattableString.Invariant($"On {found.Count(f => f is null)} of {found.Length} splits nothing of '{translation.To}' or its sources varies enough to be learnt.");
        }

        var held = found.OfType<HeldOutTranslation>().Sum(f => f.SubjectCount);
        var all = data.SplitsOfSeed.Take(plan.Split.IsDrawn ? plan.Seeds.Count : 1).SelectMany(s => s).Sum(s => s.Test.Length);
        if (held < all)
        {
            yield return FormattableString.Invariant($"{all - held} of {all} held-out subjects lack '{translation.To}' or what it is predicted from, and judge nothing.");
        }
    }

    private static double Coverage(IEnumerable<HeldOutFeature> features)
    {
        var (covered, count) = (0, 0);
        foreach (var feature in features)
        {
            covered += feature.CoveredCount;
            count += feature.SubjectCount;
        }

        return count == 0 ? double.NaN : covered / (double)count;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Where(v => !double.IsNaN(v)).Order()];
        return sorted.Length == 0 ? double.NaN : SampleQuantile.OfSorted(sorted, 0.5);
    }
}
