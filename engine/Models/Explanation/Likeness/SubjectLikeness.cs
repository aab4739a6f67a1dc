using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Explanation.Likeness;

/// <summary>A feature by which a subject stands apart.</summary>
/// <param name="Feature">Which.</param>
/// <param name="Value">Of the subject, in words: the number, the level, or missing.</param>
/// <param name="Training">What training subjects had, in words: their range, or the share with the same level.</param>
/// <param name="Quantile">Share of training subjects with a lower value, from 0 to 1 (half of those with the same); of those with another level; NaN for a missing value.</param>
/// <param name="Share">Of the squared distance to the nearest training subjects, from 0 to 1.</param>
public sealed record UnusualFeature(FeatureName Feature, string Value, string Training, double Quantile, double Share);

/// <summary>A real training subject that is like another.</summary>
/// <param name="Subject">Its id, and no more of it.</param>
/// <param name="Distance">Root mean square of whitened differences; two subjects drawn at random are about 1.4 apart.</param>
/// <param name="SharedBlocks">Covariates and layers that both have.</param>
/// <param name="Alike">Features in which both stand apart from the mean the same way, most first.</param>
/// <param name="Different">Features in which they differ most.</param>
public sealed record SimilarSubject(
    SubjectId Subject, double Distance, IReadOnlyList<string> SharedBlocks, IReadOnlyList<FeatureName> Alike, IReadOnlyList<FeatureName> Different);

/// <summary>How like the training subjects a subject is.</summary>
/// <param name="Subject">Who.</param>
/// <param name="Score">Distance to its nearest training subjects and outside of their space.</param>
/// <param name="Percentile">Share of training subjects, each held out, that are nearer to the others than this one, from 0 to 1.</param>
/// <param name="PValue">(1 + held-out training subjects that are as far or farther) / (1 + training subjects): below 0.05 for 5 % of subjects who are like the training data.</param>
/// <param name="Unusual">The features that its distance comes from, most first.</param>
/// <param name="Findings">Sentences on what nobody in training had or lacked.</param>
/// <param name="Similar">The most similar training subjects, the nearest first.</param>
/// <param name="Sentence">For reports.</param>
public sealed record SubjectLikeness(
    SubjectId Subject,
    double Score,
    double Percentile,
    double PValue,
    IReadOnlyList<UnusualFeature> Unusual,
    IReadOnlyList<string> Findings,
    IReadOnlyList<SimilarSubject> Similar,
    string Sentence)
{
    /// <summary>Below this p-value a subject is called unlike the training data.</summary>
    public const double UnlikeBelow = 0.05;

    public bool IsUnlike => PValue <= UnlikeBelow || Findings.Count > 0;
}
