using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Trees.Boosting;

/// <summary>What boosting makes small: a loss of scores, with its first and second derivatives by the own score of each subject. For the subjects it was made of.</summary>
internal abstract class BoostingLoss
{
    /// <summary>Scores of a subject.</summary>
    public abstract int ScoreCount { get; }

    /// <summary>Least sum of second derivatives in a leaf, unless the options say otherwise.</summary>
    public abstract double MinimumChildWeight { get; }

    /// <summary>The best scores that look at no feature, shape [scores].</summary>
    public abstract double[] BaseScores();

    /// <summary>Derivatives of the loss.</summary>
    /// <param name="scores">Row-major, shape [subjects, scores].</param>
    /// <param name="derivatives">First and second, pair after pair, shape [scores, subjects, 2].</param>
    public abstract void Derivatives(ReadOnlySpan<double> scores, Span<double> derivatives);

    /// <summary>Sum of the loss over the subjects, and of the weights it is a sum of.</summary>
    public abstract (double Loss, double Weight) Sum(ReadOnlySpan<double> scores);

    public static BoostingLoss Of(LearningProblem problem) => problem.Outcome switch
    {
        ContinuousOutcome continuous => new SquaredLoss(continuous.Values, problem.Weights.ToArray()),
        BinaryOutcome binary => new LogisticLoss(binary.Occurred, problem.Weights.ToArray()),
        CategoricalOutcome categorical => new SoftmaxLoss(categorical.Codes, categorical.Levels.Count, problem.Weights.ToArray()),
        SurvivalOutcome survival => new CoxLoss(survival.Days, survival.HadEvent, problem.Weights.ToArray()),
        _ => throw new ArgumentException($"Boosted trees have no loss for {problem.Outcome.Kind}.", nameof(problem)),
    };
}
