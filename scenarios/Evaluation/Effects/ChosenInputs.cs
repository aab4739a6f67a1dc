using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Evaluation.Effects;

/// <summary>A learner that sees only some of what is known of subjects.</summary>
/// <param name="learner">Who learns.</param>
/// <param name="choose">What it sees of any subjects.</param>
internal sealed class ChosenInputs(IOutcomeLearner learner, Func<SubjectInputs, SubjectInputs> choose) : IOutcomeLearner
{
    public string Name => learner.Name;

    public bool Supports(EndpointKind kind) => learner.Supports(kind);

    public IOutcomePredictor Fit(LearningProblem training, LearningContext context) =>
        new Predictor(learner.Fit(new LearningProblem(choose(training.Inputs), training.Outcome, training.Weights.ToArray()), context), choose);

    private sealed class Predictor(IOutcomePredictor model, Func<SubjectInputs, SubjectInputs> choose) : IOutcomePredictor
    {
        public IReadOnlyList<string> Findings => model.Findings;

        public OutcomePredictions Predict(SubjectInputs inputs) => model.Predict(choose(inputs));
    }
}
