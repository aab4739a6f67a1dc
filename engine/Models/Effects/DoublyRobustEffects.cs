using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Effects;

/// <summary>The DR-learner: doubly robust scores of the effect, regressed on what is known of the subjects. What it learns is the effect itself, so that its
/// penalty shrinks towards one effect for all, not towards no difference of outcomes.</summary>
/// <param name="outcomeLearner">Of both arms' outcomes.</param>
/// <param name="propensityLearner">Of the arm; null where the arms were randomised.</param>
/// <param name="effectLearner">Regresses the scores, a continuous outcome.</param>
/// <param name="foldCount">Cross-fitting folds.</param>
/// <param name="randomisedShare">Probability of the treated arm by design; null for the share observed.</param>
/// <remarks>Source: [Kennedy2023] algorithm 1, with the cross-fitted scores of all folds regressed together.</remarks>
public sealed class DoublyRobustEffects(
    IOutcomeLearner outcomeLearner, IOutcomeLearner? propensityLearner, IOutcomeLearner effectLearner, int foldCount = 5, double? randomisedShare = null)
    : IEffectLearner
{
    public string Name => "doubly-robust";

    public IEffectPredictor Fit(LearningProblem training, EffectQuestion question, LearningContext context) => FitScored(training, question, context).Predictor;

    /// <summary>As <see cref="Fit"/>, with the scores, whose mean is the average effect.</summary>
    public (IEffectPredictor Predictor, EffectScores Scores) FitScored(LearningProblem training, EffectQuestion question, LearningContext context)
    {
        ArgumentNullException.ThrowIfNull(training);
        var scores = EffectScores.CrossFit(training, question, outcomeLearner, propensityLearner, randomisedShare, foldCount, context);
        var inputs = training.Inputs.Take(scores.Subjects).WithoutTreatments();
        var model = effectLearner.Fit(new LearningProblem(inputs, new ContinuousOutcome(scores.Values, "1"), scores.CaseWeights), context);
        return (new Predictor(model), scores);
    }

    private sealed class Predictor(IOutcomePredictor model) : IEffectPredictor
    {
        public double[] Predict(SubjectInputs inputs)
        {
            ArgumentNullException.ThrowIfNull(inputs);
            return ((ContinuousPredictions)model.Predict(inputs.WithoutTreatments())).Mean;
        }
    }
}
