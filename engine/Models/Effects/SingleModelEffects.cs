using DigitalTwin.Models.Prediction;

namespace DigitalTwin.Models.Effects;

/// <summary>The S-learner: one model of the outcome with the arm among its inputs; the effect is the difference of its predictions under both arms.
/// Where the model sees little use in the arm it finds effects near zero.</summary>
/// <param name="outcomeLearner">Must look at <see cref="SubjectInputs.Treatments"/>.</param>
/// <remarks>Source: [Kunzel2019] equation 3.</remarks>
public sealed class SingleModelEffects(IOutcomeLearner outcomeLearner) : IEffectLearner
{
    public string Name => "single-model";

    public IEffectPredictor Fit(LearningProblem training, EffectQuestion question, LearningContext context)
    {
        var arms = TwoArms.Of(training, question);
        return new Predictor(outcomeLearner.Fit(arms.Problem, context), question, training.Inputs.Treatments!.Treatments, arms.TreatedIndex, arms.ReferenceIndex);
    }

    private sealed class Predictor(
        IOutcomePredictor model, EffectQuestion question, IReadOnlyList<Treatment> treatments, int treated, int reference) : IEffectPredictor
    {
        public double[] Predict(SubjectInputs inputs)
        {
            ArgumentNullException.ThrowIfNull(inputs);
            var (under, without) = (Under(inputs, treated), Under(inputs, reference));
            return [.. under.Zip(without, (u, w) => u - w)];
        }

        private double[] Under(SubjectInputs inputs, int arm) =>
            OutcomeValues.Expected(model.Predict(inputs.With(treatments: TreatmentColumn.Everybody(treatments, arm, inputs.Count))), question);
    }
}
