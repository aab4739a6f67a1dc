using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Calibration;

/// <summary>Conformal regions of whatever kind suits the outcome: intervals, sets of classes, bounds on the time of an event.</summary>
public sealed class RegionCalibration
{
    private readonly ConformalRegions? _regions;
    private readonly SurvivalBounds? _bounds;
    private readonly CensoringModel? _censoring;

    private RegionCalibration(ConformalRegions? regions, SurvivalBounds? bounds, CensoringModel? censoring) => (_regions, _bounds, _censoring) = (regions, bounds, censoring);

    /// <summary>Calibrates on subjects that the model had not seen.</summary>
    /// <param name="heldOut">What it said of them.</param>
    /// <param name="calibration">These subjects and what became of them.</param>
    /// <param name="censoring">How likely subjects are to be followed; needed for a survival outcome.</param>
    /// <param name="coverage">In (0, 1), such as 0.9.</param>
    /// <exception cref="UnlearnableException">There are too few subjects for this coverage.</exception>
    /// <exception cref="ArgumentException">There are no regions for this kind of outcome, or the censoring model is missing.</exception>
    public static RegionCalibration Fit(OutcomePredictions heldOut, LearningProblem calibration, CensoringModel? censoring, double coverage)
    {
        ArgumentNullException.ThrowIfNull(calibration);
        if (heldOut is not SurvivalPredictions survival || calibration.Outcome is not SurvivalOutcome outcome)
        {
            return new RegionCalibration(ConformalRegions.Fit(heldOut, calibration.Outcome, coverage), null, null);
        }

        ArgumentNullException.ThrowIfNull(censoring);
        return new RegionCalibration(null, SurvivalBounds.Fit(survival, censoring.Predict(calibration.Inputs), outcome, coverage), censoring);
    }

    /// <summary>Regions of new subjects.</summary>
    /// <param name="predictions">Of the model.</param>
    /// <param name="inputs">Of the same subjects, for how likely they are to be followed.</param>
    /// <param name="outcome">What became of them: of a survival outcome the end of follow-up tells what an event counts for when coverage is measured. Regions do not depend on it.</param>
    public PredictionRegions Of(OutcomePredictions predictions, SubjectInputs inputs, OutcomeData outcome)
    {
        switch (predictions)
        {
            case ContinuousPredictions continuous when _regions is not null:
                var intervals = _regions.Intervals(continuous);
                return new IntervalRegions([.. intervals.Select(i => i.Lower)], [.. intervals.Select(i => i.Upper)]);
            case ClassProbabilities classes when _regions is not null:
                return new ClassRegions([.. _regions.Sets(classes)]);
            case SurvivalPredictions survival when _bounds is not null && _censoring is not null:
                var (followed, times) = (_censoring.Predict(inputs), (SurvivalOutcome)outcome);
                return new TimeRegions(
                    _bounds.Lower(survival, followed, times.Horizon),
                    [.. times.Days.Select((d, i) => Math.Max(_bounds.Floor, SurvivalBounds.Before(followed, i, d)))]);
            default:
                throw new ArgumentException($"Regions were calibrated on another kind of prediction than {predictions?.GetType().Name}.", nameof(predictions));
        }
    }
}
