using DigitalTwin.Models.Network;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Models.Twins;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Courses;

/// <summary>The twin for outcomes at visits: the linear course, from which a network starts and learns only what that has missed; where it gains nothing on subjects held
/// out it is left out, and the findings say so.</summary>
/// <param name="linear">Settings of the linear course; the defaults if null.</param>
/// <param name="network">Settings of the network; the defaults if null.</param>
public sealed class CourseLearner(CourseOptions? linear = null, NetworkLearnerOptions? network = null) : IOutcomeLearner
{
    public string Name => "course-twin";

    public bool Supports(EndpointKind kind) => kind == EndpointKind.Longitudinal;

    public IReadOnlyList<string> Foresee(SubjectInputs inputs) => new NetworkLearner(network).Foresee(inputs);

    public IOutcomePredictor Fit(LearningProblem training, LearningContext context)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(context);
        var settings = linear ?? new CourseOptions();
        var start = new LinearCourseLearner(settings).FitCross(training, LearningFolds.Stratified(training, Math.Min(settings.FoldCount, training.Count), context.Seed), context);
        var residual = new NetworkLearner(network).Fit(training, context, start.OutOfFold);
        return new Said(new ResidualPredictor(start.Predictor, residual, gridDays: null), [.. start.Predictor.Findings, .. residual.Findings]);
    }

    internal sealed class Said(IOutcomePredictor model, IReadOnlyList<string> findings) : IStoredPredictor
    {
        public PredictionShape Shape => ((IStoredPredictor)model).Shape;

        public void Write(ModelWriter writer)
        {
            writer.Part(model);
            writer.Texts(findings);
        }

        public static Said Read(ModelReader reader)
        {
            var model = reader.Part<IStoredPredictor>();
            reader.Require(model.AnswersAlone, $"a course needs another model");
            return new Said(model, reader.Texts());
        }

        public IReadOnlyList<string> Findings => findings;

        public OutcomePredictions Predict(SubjectInputs inputs) => model.Predict(inputs);
    }
}
