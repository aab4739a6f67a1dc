using DigitalTwin.Models.Prediction;

namespace DigitalTwin.Models.Effects;

/// <summary>The T-learner: a model of the outcome for each arm; the effect is the difference of their predictions. Penalties shrink each model for itself,
/// so that arms of different size can look like effects.</summary>
/// <remarks>Source: [Kunzel2019] equation 2.</remarks>
public sealed class SeparateModelEffects(IOutcomeLearner outcomeLearner) : IEffectLearner
{
    public string Name => "separate-models";

    public IEffectPredictor Fit(LearningProblem training, EffectQuestion question, LearningContext context)
    {
        var arms = TwoArms.Of(training, question);
        var inputs = arms.Problem.Inputs.WithoutTreatments();
        var problem = new LearningProblem(inputs, arms.Problem.Outcome, arms.Problem.Weights.ToArray());
        return new Predictor(
            outcomeLearner.Fit(problem.Take(arms.Rows(treated: true)), context), outcomeLearner.Fit(problem.Take(arms.Rows(treated: false)), context), question);
    }

    private sealed class Predictor(IOutcomePredictor treated, IOutcomePredictor reference, EffectQuestion question) : IEffectPredictor
    {
        public double[] Predict(SubjectInputs inputs)
        {
            ArgumentNullException.ThrowIfNull(inputs);
            var bare = inputs.WithoutTreatments();
            var (under, without) = (OutcomeValues.Expected(treated.Predict(bare), question), OutcomeValues.Expected(reference.Predict(bare), question));
            return [.. under.Zip(without, (u, w) => u - w)];
        }
    }
}
