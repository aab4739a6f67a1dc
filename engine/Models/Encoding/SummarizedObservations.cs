using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Encoding;

/// <summary>Any learner, given repeated measurements as a layer of summaries (<see cref="ObservationSummary"/>). Inputs without observations pass unchanged.</summary>
/// <param name="learner">What learns from the layer.</param>
/// <param name="keepsObservations">Whether the learner gets the observations themselves beside their summary.</param>
public sealed class SummarizedObservations(IOutcomeLearner learner, bool keepsObservations = false) : IOutcomeLearner
{
    public string Name => learner.Name;

    public bool Supports(EndpointKind kind) => learner.Supports(kind);

    public IOutcomePredictor Fit(LearningProblem training, LearningContext context)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (training.Inputs.Observations is not { Count: > 0 } observations)
        {
            return learner.Fit(training, context);
        }

        var summary = ObservationSummary.Fit(observations);
        var summarized = new LearningProblem(summary.AsLayer(training.Inputs, keepsObservations), training.Outcome, training.Weights.ToArray());
        return new Predictor(learner.Fit(summarized, context), summary, keepsObservations);
    }

    internal sealed class Predictor(IOutcomePredictor model, ObservationSummary summary, bool keepsObservations) : IStoredPredictor
    {
        public PredictionShape Shape => ((IStoredPredictor)model).Shape;

        public void Write(ModelWriter writer)
        {
            writer.Part(model);
            summary.Write(writer);
            writer.Flag(keepsObservations);
        }

        public static Predictor Read(ModelReader reader)
        {
            var model = reader.Part<IStoredPredictor>();
            reader.Require(model.AnswersAlone, $"a model of summarised observations needs another model");
            return new Predictor(model, ObservationSummary.Read(reader), reader.Flag());
        }

        public IReadOnlyList<string> Findings => model.Findings;

        public OutcomePredictions Predict(SubjectInputs inputs) => model.Predict(summary.AsLayer(inputs, keepsObservations));
    }
}
