using DigitalTwin.Models.Baseline;
using DigitalTwin.Models.LinearModels;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Calibration;

/// <summary>How likely a subject is to be followed past a time: a Cox regression of censoring on covariates and arm, or, where these cannot carry one, one Kaplan-Meier curve for
/// everybody.</summary>
/// <remarks>Source: inverse probability of censoring weights [Robins1992]. Who reaches the horizon was not censored. Layers and observations are not looked at.</remarks>
public sealed class CensoringModel
{
    private readonly IOutcomePredictor? _model;
    private readonly double _horizonDays;

    private CensoringModel(IOutcomePredictor? model, double horizonDays, string finding) => (_model, _horizonDays, Finding) = (model, horizonDays, finding);

    /// <summary>How it was learnt, a sentence.</summary>
    public string Finding { get; }

    /// <summary>Learns from training subjects with a survival outcome.</summary>
    /// <exception cref="ArgumentException">The outcome is another.</exception>
    public static CensoringModel Fit(LearningProblem training, LearningContext context)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (training.Outcome is not SurvivalOutcome survival)
        {
            throw new ArgumentException($"Nobody is censored in a {training.Outcome.Kind} outcome.", nameof(training));
        }

        bool[] isCensored = [.. survival.Days.Select((d, i) => !survival.HadEvent[i] && d < survival.Horizon.Days)];
        var horizon = survival.Horizon.Days;
        if (!isCensored.Any(c => c))
        {
            return new CensoringModel(null, horizon, "nobody was censored before the horizon");
        }

        var reversed = new LearningProblem(Seen(training.Inputs), new SurvivalOutcome(survival.Days, isCensored, survival.Horizon), training.Weights.ToArray());
        try
        {
            return new CensoringModel(new CoxLearner().Fit(reversed, context), horizon, "censoring by a Cox regression on covariates and arm");
        }
        catch (UnlearnableException)
        {
            return new CensoringModel(new BaselineLearner().Fit(reversed, context), horizon, "censoring by one Kaplan-Meier curve for everybody");
        }
    }

    /// <summary>Probability of each subject of being followed past each time of a grid.</summary>
    public SurvivalPredictions Predict(SubjectInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return _model is null
            ? new SurvivalPredictions([0, _horizonDays], [.. Enumerable.Repeat(1.0, 2 * inputs.Count)], new double[inputs.Count])
            : (SurvivalPredictions)_model.Predict(Seen(inputs));
    }

    private static SubjectInputs Seen(SubjectInputs inputs) => new(inputs.Subjects, inputs.Covariates, [], null, inputs.Treatments);
}
