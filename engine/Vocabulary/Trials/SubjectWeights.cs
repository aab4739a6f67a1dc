namespace DigitalTwin.Vocabulary;

/// <summary>One analysis weight a subject, aligned with <see cref="TrialData.Subjects"/>.</summary>
/// <param name="Values">Shape [subjects], finite, not negative; 0 leaves a subject out.</param>
/// <param name="PropensityScores">Shape [subjects], in (0,1), or null where the method has none.</param>
/// <param name="MatchedSets">Shape [subjects]; number of the matched set, -1 for none; null where the method does not match.</param>
public sealed record SubjectWeights(double[] Values, double[]? PropensityScores = null, int[]? MatchedSets = null);
