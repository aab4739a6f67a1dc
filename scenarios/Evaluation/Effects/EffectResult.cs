namespace DigitalTwin.Scenarios.Evaluation.Effects;

/// <summary>The effect of one arm against another, on average and on each subject.</summary>
/// <param name="Treated">Arm whose effect it is.</param>
/// <param name="Against">Arm it is compared with.</param>
/// <param name="Measure">risk-difference, mean-difference or survival-difference: treated less the other.</param>
/// <param name="HorizonDays">Time at which survival is compared, or null.</param>
/// <param name="Model">By which outcomes are learnt.</param>
/// <param name="Propensity">Covariates of the probability of the arm.</param>
/// <param name="TreatedCount">Subjects of the treated arm.</param>
/// <param name="AgainstCount">Subjects of the other.</param>
/// <param name="PassCount">Passes over the subjects: seeds times repeats.</param>
/// <param name="ClippedCount">Subjects, on average over passes, whose probability of the arm was so near 0 or 1 that it was cut: the effect on them is extrapolated.</param>
/// <param name="Crude">Plain difference of the arms.</param>
/// <param name="Average">Doubly robust.</param>
/// <param name="Learners">Learners of individual effects.</param>
/// <param name="Subjects">Each subject of both arms, predicted without its own outcome, by id.</param>
/// <param name="Claim">What the intervals allow to say.</param>
public sealed record EffectResult(
    string Treated,
    string Against,
    string Measure,
    double? HorizonDays,
    string Model,
    IReadOnlyList<string> Propensity,
    int TreatedCount,
    int AgainstCount,
    int PassCount,
    double ClippedCount,
    EffectNumber Crude,
    EffectNumber Average,
    IReadOnlyList<EffectLearnerResult> Learners,
    IReadOnlyList<SubjectEffect> Subjects,
    string Claim);

/// <param name="Value">Mean over passes.</param>
/// <param name="Lower">Lower bound.</param>
/// <param name="Upper">Upper bound.</param>
public sealed record EffectNumber(double Value, double Lower, double Upper);

/// <summary>How well a learner tells effects apart.</summary>
/// <param name="Learner">single-model, separate-models or doubly-robust.</param>
/// <param name="Mean">Of the predicted effects; null where it could not be learnt.</param>
/// <param name="StandardDeviation">Of the predicted effects, from subject to subject.</param>
/// <param name="Qini">Area between the gain of treating by rank and that of treating at random.</param>
/// <param name="Autoc">Mean effect of those ranked first less that of all, averaged over the share treated.</param>
/// <param name="Slope">Of doubly robust scores on predictions: 1 where subjects differ as much as predicted, 0 where not at all.</param>
/// <param name="Verdict">ranks, ranks wrongly, or "cannot tell".</param>
/// <param name="Failure">Why it could not be learnt, or null.</param>
public sealed record EffectLearnerResult(
    string Learner, double Mean, double StandardDeviation, EffectNumber? Qini, EffectNumber? Autoc, EffectNumber? Slope, string Verdict, string? Failure);

/// <param name="Subject">Id.</param>
/// <param name="Arm">What the subject received.</param>
/// <param name="Effects">Predicted by each learner in their order, mean over passes; null where one could not be learnt.</param>
public sealed record SubjectEffect(string Subject, string Arm, IReadOnlyList<double> Effects);
