using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Translation;

/// <summary>Any learner, given translated layers where subjects lack measured ones: a layer that exists in training only still teaches, for what it said is predicted
/// from the others where it is missing.</summary>
/// <param name="learner">What learns from the completed layers.</param>
/// <param name="options">Of the translation; the defaults if null.</param>
public sealed class TranslatedLayers(IOutcomeLearner learner, TranslationOptions? options = null) : IOutcomeLearner
{
    public string Name => learner.Name;

    public bool Supports(EndpointKind kind) => learner.Supports(kind);

    public IReadOnlyList<string> Foresee(SubjectInputs inputs) => learner.Foresee(inputs);

    /// <returns>A <see cref="TranslatedPredictor"/>, or what the learner gives where there is no layer.</returns>
    public IOutcomePredictor Fit(LearningProblem training, LearningContext context)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(context);
        if (training.Inputs.Layers.Count == 0)
        {
            return learner.Fit(training, context);
        }

        var settings = options ?? new TranslationOptions();
        var translator = LayerTranslator.Fit(training.Inputs, settings, context);
        if (!settings.FillsTraining)
        {
            return new TranslatedPredictor(learner.Fit(training, context), translator, []);
        }

        var completed = translator.Translate(training.Inputs);
        var problem = new LearningProblem(completed.Inputs, training.Outcome, training.Weights.ToArray());
        return new TranslatedPredictor(learner.Fit(problem, context), translator, [.. completed.Findings.Select(f => $"In training, {f}")]);
    }
}

/// <summary>A model that completes the layers of subjects before it predicts.</summary>
public sealed class TranslatedPredictor : IStoredPredictor
{
    private readonly IOutcomePredictor _model;
    private readonly LayerTranslator _translator;
    private readonly IReadOnlyList<string> _ofTraining;

    internal TranslatedPredictor(IOutcomePredictor model, LayerTranslator translator, IReadOnlyList<string> ofTraining)
    {
        (_model, _translator, _ofTraining) = (model, translator, ofTraining);
        Findings = [.. translator.Findings, .. ofTraining, .. model.Findings];
    }

    /// <summary>What can be translated, what was in training, and what the model found.</summary>
    public IReadOnlyList<string> Findings { get; }

    public OutcomePredictions Predict(SubjectInputs inputs) => _model.Predict(_translator.Translate(inputs).Inputs);

    PredictionShape IStoredPredictor.Shape => ((IStoredPredictor)_model).Shape;

    void IStored.Write(ModelWriter writer)
    {
        writer.Part(_model);
        _translator.Write(writer);
        writer.Texts(_ofTraining);
    }

    internal static TranslatedPredictor Read(ModelReader reader)
    {
        var model = reader.Part<IStoredPredictor>();
        reader.Require(model.AnswersAlone, $"a model of translated layers needs another model");
        return new TranslatedPredictor(model, LayerTranslator.Read(reader), reader.Texts());
    }

    /// <summary>As <see cref="Predict"/>, with sentences on what of these subjects was translated and how well.</summary>
    public (OutcomePredictions Predictions, IReadOnlyList<string> Findings) PredictAndSay(SubjectInputs inputs)
    {
        var translated = _translator.Translate(inputs);
        return (_model.Predict(translated.Inputs), translated.Findings);
    }
}
