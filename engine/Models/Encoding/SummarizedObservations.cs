using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Stacking;
using DigitalTwin.Models.Storage;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Encoding;

/// <summary>Any learner, given repeated measurements as a layer of summaries (<see cref="ObservationSummary"/>). Inputs without observations pass unchanged.</summary>
/// <param name="learner">What learns from the layer.</param>
/// <param name="keepsObservations">Whether the learner gets the observations themselves beside their summary.</param>
public sealed class SummarizedObservations(IOutcomeLearner learner, bool keepsObservations = false) : ICrossFittingLearner
{
    public string Name => learner.Name;

    public bool Supports(EndpointKind kind) => learner.Supports(kind);

    public IReadOnlyList<string> Foresee(SubjectInputs inputs) => learner.Foresee(inputs);

    public IOutcomePredictor Fit(LearningProblem training, LearningContext context)
    {
        ArgumentNullException.ThrowIfNull(training);
        return Summarize(training) is var (summary, summarized)
            ? new SummarizedPredictor(learner.Fit(summarized, context), summary, keepsObservations)
            : learner.Fit(training, context);
    }

    /// <remarks>What is summed up of the observations (which variables, how many) is learnt from all training subjects, outcomes aside.</remarks>
    public CrossFit FitCross(LearningProblem training, int[] folds, LearningContext context)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (Summarize(training) is not var (summary, summarized))
        {
            return CrossFitting.Fit(learner, training, folds, context);
        }

        var fit = CrossFitting.Fit(learner, summarized, folds, context);
        return fit with { Predictor = new SummarizedPredictor(fit.Predictor, summary, keepsObservations) };
    }

    private (ObservationSummary Summary, LearningProblem Summarized)? Summarize(LearningProblem training)
    {
        if (training.Inputs.Observations is not { Count: > 0 } observations)
        {
            return null;
        }

        var summary = ObservationSummary.Fit(observations);
        return (summary, new LearningProblem(summary.AsLayer(training.Inputs, keepsObservations), training.Outcome, training.Weights.ToArray()));
    }
}

/// <summary>A model that reads repeated measurements as a layer of summaries.</summary>
/// <param name="model">What has been learnt from the layer.</param>
/// <param name="summary">Makes the layer.</param>
/// <param name="keepsObservations">Whether the model gets the observations themselves too.</param>
internal sealed class SummarizedPredictor(IOutcomePredictor model, ObservationSummary summary, bool keepsObservations) : IStoredPredictor
{
    public IReadOnlyList<string> Findings => model.Findings;

    public PredictionShape Shape => ((IStoredPredictor)model).Shape;

    public void Write(ModelWriter writer)
    {
        writer.Part(model);
        summary.Write(writer);
        writer.Flag(keepsObservations);
    }

    public static SummarizedPredictor Read(ModelReader reader)
    {
        var model = reader.Part<IStoredPredictor>();
        reader.Require(model.AnswersAlone, $"a model of summarised observations needs another model");
        return new SummarizedPredictor(model, ObservationSummary.Read(reader), reader.Flag());
    }

    /// <summary>What has been learnt from the layer.</summary>
    public IOutcomePredictor Model => model;

    public OutcomePredictions Predict(SubjectInputs inputs) => model.Predict(Summarize(inputs));

    /// <summary>The inputs as the model sees them.</summary>
    public SubjectInputs Summarize(SubjectInputs inputs) => summary.AsLayer(inputs, keepsObservations);
}
