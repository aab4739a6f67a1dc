using DigitalTwin.Models.Calibration;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Stacking;

namespace DigitalTwin.Scenarios.Evaluation.Intervals;

/// <summary>Learns a model together with the regions it states, from training subjects alone.</summary>
/// <param name="plan">What is stated.</param>
internal sealed class RegionStage(IntervalPlan plan)
{
    private const int FoldCount = 5;

    /// <summary>Every third training subject, at random, calibrates; the others teach.</summary>
    private const int HeldOutFolds = 3;

    /// <summary>Of the draw of the held-out third, so that it is none of the folds a model draws.</summary>
    private const uint HeldOutRepeat = 1000;

    /// <param name="learner">Of the model.</param>
    /// <param name="training">Training subjects as the model sees them.</param>
    /// <param name="whole">The same subjects with all covariates of the evaluation, on which censoring may depend.</param>
    /// <param name="context">What it is learnt with.</param>
    /// <exception cref="UnlearnableException">The data cannot carry the model itself; regions that they cannot carry are a note.</exception>
    public LearntRegions Fit(IOutcomeLearner learner, LearningProblem training, LearningProblem whole, LearningContext context) =>
        plan.Calibration == RegionSource.CrossFitted ? Crossed(learner, training, whole, context) : Held(learner, training, whole, context);

    private LearntRegions Crossed(IOutcomeLearner learner, LearningProblem training, LearningProblem whole, LearningContext context)
    {
        CrossFit fit;
        try
        {
            fit = CrossFitting.Fit(learner, training, LearningFolds.Stratified(training, FoldCount, context.Seed), context);
        }
        catch (Exception e) when (e is UnlearnableException or ArgumentOutOfRangeException { ParamName: "foldCount" })
        {
            // What inner folds are too small for, everybody may be enough for.
            return new LearntRegions(learner.Fit(training, context), null, null, Note(e.Message));
        }

        return Calibrated(fit.Predictor, null, fit.OutOfFold, whole, () => whole.Outcome is Vocabulary.SurvivalOutcome ? CensoringModel.Fit(whole, context) : null);
    }

    private LearntRegions Held(IOutcomeLearner learner, LearningProblem training, LearningProblem whole, LearningContext context)
    {
        var predictor = learner.Fit(training, context);
        try
        {
            var (taught, held) = LearningFolds.Split(LearningFolds.Stratified(training, HeldOutFolds, context.Seed, HeldOutRepeat), 0);
            var own = learner.Fit(training.Take(taught), context);
            return Calibrated(
                predictor,
                own,
                own.Predict(training.Inputs.Take(held)),
                whole.Take(held),
                () => whole.Outcome is Vocabulary.SurvivalOutcome ? CensoringModel.Fit(whole.Take(taught), context) : null);
        }
        catch (Exception e) when (e is UnlearnableException or ArgumentOutOfRangeException { ParamName: "foldCount" })
        {
            return new LearntRegions(predictor, null, null, Note(e.Message));
        }
    }

    private LearntRegions Calibrated(
        IOutcomePredictor predictor, IOutcomePredictor? own, OutcomePredictions heldOut, LearningProblem calibration, Func<CensoringModel?> censoring)
    {
        try
        {
            var followed = censoring();
            return new LearntRegions(predictor, own, RegionCalibration.Fit(heldOut, calibration, followed, plan.Level), followed is null ? null : $"bounds on time: {followed.Finding}.");
        }
        catch (UnlearnableException e)
        {
            return new LearntRegions(predictor, null, null, Note(e.Message));
        }
    }

    private static string Note(string why) => $"no regions are stated: {why}";
}

/// <summary>A model, and the regions it states.</summary>
/// <param name="Predictor">Learnt from all training subjects.</param>
/// <param name="Own">The model the regions lie around, where it is another.</param>
/// <param name="Calibration">Makes regions; null where the data cannot carry them.</param>
/// <param name="Note">A sentence, or null.</param>
internal sealed record LearntRegions(IOutcomePredictor Predictor, IOutcomePredictor? Own, RegionCalibration? Calibration, string? Note)
{
    /// <summary>Regions of test subjects; null where there are none.</summary>
    /// <param name="predictions">Of <see cref="Predictor"/>.</param>
    /// <param name="inputs">As the model sees them.</param>
    /// <param name="whole">The same subjects with all covariates of the evaluation, and their outcomes.</param>
    public PredictionRegions? Of(OutcomePredictions predictions, SubjectInputs inputs, LearningProblem whole) =>
        Calibration?.Of(Own?.Predict(inputs) ?? predictions, whole.Inputs, whole.Outcome);
}
