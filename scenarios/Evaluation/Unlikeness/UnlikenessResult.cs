namespace DigitalTwin.Scenarios.Evaluation.Unlikeness;

/// <summary>Test subjects that are unlike the training subjects.</summary>
/// <param name="Below">p-value below which a subject is called so.</param>
/// <param name="Judged">Test subjects over all splits, each as often as it is judged.</param>
/// <param name="Unlike">Of these, how many are unlike.</param>
/// <param name="Share">Share by split, with its interval; about <paramref name="Below"/> is expected of subjects who are like those of training.</param>
/// <param name="Unknown">Among the unlike, those of whom something is as it was of nobody in training.</param>
/// <param name="Error">What the errors are.</param>
/// <param name="Models">One row each.</param>
/// <param name="Note">Why nothing could be told, or null.</param>
public sealed record UnlikenessResult(
    double Below, int Judged, int Unlike, ScoreResult? Share, int Unknown, string Error, IReadOnlyList<UnlikenessError> Models, string? Note);

/// <param name="Model">Name of the row.</param>
/// <param name="LikeError">Mean error of predictions of the others.</param>
/// <param name="UnlikeError">Mean error of predictions of unlike subjects.</param>
/// <param name="Difference">Unlike less like.</param>
/// <param name="Lower">Lower bound, by a bootstrap of subjects; or null.</param>
/// <param name="Upper">Upper bound; or null.</param>
/// <param name="Verdict">larger, smaller, or "cannot tell".</param>
public sealed record UnlikenessError(string Model, double LikeError, double UnlikeError, double Difference, double Lower, double Upper, string Verdict);
