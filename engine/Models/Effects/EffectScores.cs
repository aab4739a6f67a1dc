using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Distributions;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Effects;

/// <summary>A doubly robust score of the effect on each subject: its mean is the average effect, and its regression on what is known of the subjects is the
/// individual effect. Right when either the outcome models or the propensities are.</summary>
/// <param name="Subjects">Row of each scored subject among those given, shape [scored]: those of the two arms.</param>
/// <param name="Values">Shape [scored], in the unit of the measure.</param>
/// <param name="Propensities">Probability of the treated arm that was used, shape [scored].</param>
/// <param name="CaseWeights">Shape [scored].</param>
/// <param name="ClippedCount">Subjects whose propensity lay outside [0.02, 0.98] and was cut to it: they are unlike the other arm, and the effect on them is extrapolated.</param>
public sealed record EffectScores(int[] Subjects, double[] Values, double[] Propensities, double[] CaseWeights, int ClippedCount)
{
    private const double LeastPropensity = 0.02;

    /// <summary>Cross-fits models of both arms' outcomes and of the propensity, and scores each subject by models that did not see it.</summary>
    /// <param name="training">Subjects with treatments.</param>
    /// <param name="question">What is compared.</param>
    /// <param name="outcomeLearner">Fitted in each arm, treatments withheld.</param>
    /// <param name="propensityLearner">Predicts the arm as a binary outcome; null where the arms were randomised.</param>
    /// <param name="randomisedShare">Probability of the treated arm by design; null for the share observed. Used without a propensity learner.</param>
    /// <param name="foldCount">Cross-fitting folds.</param>
    /// <param name="context">What it works with.</param>
    /// <exception cref="UnlearnableException">An arm has too few subjects.</exception>
    /// <remarks>Source: augmented inverse probability weighting [Robins1994], cross-fitted as in [Chernozhukov2018].</remarks>
    public static EffectScores CrossFit(
        LearningProblem training,
        EffectQuestion question,
        IOutcomeLearner outcomeLearner,
        IOutcomeLearner? propensityLearner,
        double? randomisedShare,
        int foldCount,
        LearningContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var arms = TwoArms.Of(training, question);
        return CrossFit(arms, question, outcomeLearner, propensityLearner, randomisedShare, LearningFolds.Stratified(arms.Problem, foldCount, context.Seed), context);
    }

    /// <summary>As <see cref="CrossFit(LearningProblem, EffectQuestion, IOutcomeLearner, IOutcomeLearner, double?, int, LearningContext)"/>, by given folds.</summary>
    /// <param name="training">Subjects with treatments.</param>
    /// <param name="question">What is compared.</param>
    /// <param name="outcomeLearner">Fitted in each arm, treatments withheld.</param>
    /// <param name="propensityLearner">Predicts the arm as a binary outcome; null where the arms were randomised.</param>
    /// <param name="randomisedShare">Probability of the treated arm by design; null for the share observed.</param>
    /// <param name="folds">Fold of each subject given, from 0, shape [subjects].</param>
    /// <param name="context">What it works with.</param>
    /// <exception cref="UnlearnableException">An arm has too few subjects.</exception>
    public static EffectScores CrossFit(
        LearningProblem training,
        EffectQuestion question,
        IOutcomeLearner outcomeLearner,
        IOutcomeLearner? propensityLearner,
        double? randomisedShare,
        int[] folds,
        LearningContext context)
    {
        ArgumentNullException.ThrowIfNull(folds);
        var arms = TwoArms.Of(training, question);
        return CrossFit(arms, question, outcomeLearner, propensityLearner, randomisedShare, [.. arms.Subjects.Select(i => folds[i])], context);
    }

    private static EffectScores CrossFit(
        TwoArms arms,
        EffectQuestion question,
        IOutcomeLearner outcomeLearner,
        IOutcomeLearner? propensityLearner,
        double? randomisedShare,
        int[] folds,
        LearningContext context)
    {
        ArgumentNullException.ThrowIfNull(outcomeLearner);
        ArgumentNullException.ThrowIfNull(context);
        var bare = arms.Problem.Inputs.WithoutTreatments();
        var problem = new LearningProblem(bare, arms.Problem.Outcome, arms.Problem.Weights.ToArray());
        var observed = OutcomeValues.Observed(problem.Outcome, [.. arms.Treated.Select(t => t ? 1 : 0)], question);
        var (values, propensities) = (new double[problem.Count], new double[problem.Count]);
        var (clipped, lastFold) = (0, folds.Max());
        for (var fold = 0; fold <= lastFold; fold++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var (inside, heldOut) = LearningFolds.Split(folds, fold);
            var left = bare.Take(heldOut);
            var (under, without) = (Expected(treated: true), Expected(treated: false));
            var propensity = Propensity(inside, left);
            for (var k = 0; k < heldOut.Length; k++)
            {
                var i = heldOut[k];
                propensities[i] = Math.Clamp(propensity[k], LeastPropensity, 1 - LeastPropensity);
                clipped += propensities[i] == propensity[k] ? 0 : 1;
                var residual = observed[i] - (arms.Treated[i] ? under[k] : without[k]);
                values[i] = under[k] - without[k] + (arms.Treated[i] ? residual / propensities[i] : -residual / (1 - propensities[i]));
            }

            double[] Expected(bool treated)
            {
                var rows = inside.Where(i => arms.Treated[i] == treated).ToArray();
                return OutcomeValues.Expected(outcomeLearner.Fit(problem.Take(rows), context).Predict(left), question);
            }
        }

        return new EffectScores(arms.Subjects, values, propensities, problem.Weights.ToArray(), clipped);

        double[] Propensity(int[] inside, SubjectInputs left)
        {
            bool[] treated = [.. inside.Select(i => arms.Treated[i])];
            if (propensityLearner is null)
            {
                return [.. Enumerable.Repeat(randomisedShare ?? (treated.Count(t => t) / (double)treated.Length), left.Count)];
            }

            var taken = problem.Take(inside);
            var predictor = propensityLearner.Fit(new LearningProblem(taken.Inputs, new BinaryOutcome(treated), taken.Weights.ToArray()), context);
            var probabilities = (ClassProbabilities)predictor.Predict(left);
            return [.. Enumerable.Range(0, left.Count).Select(k => probabilities[k, 1])];
        }
    }

    /// <summary>The average effect with a normal interval.</summary>
    /// <param name="level">Coverage, such as 0.95.</param>
    public AverageEffect Average(double level = 0.95)
    {
        var total = CaseWeights.Sum();
        var mean = Values.Zip(CaseWeights, (v, w) => v * w).Sum() / total;
        var variance = Values.Zip(CaseWeights, (v, w) => w * (v - mean) * w * (v - mean)).Sum() / (total * total);
        var (error, normal) = (Math.Sqrt(variance), Normal.Quantile(0.5 + (level / 2)));
        return new AverageEffect(mean, error, mean - (normal * error), mean + (normal * error));
    }
}

/// <summary>An average effect in the unit of its measure.</summary>
public sealed record AverageEffect(double Estimate, double StandardError, double Lower, double Upper);
