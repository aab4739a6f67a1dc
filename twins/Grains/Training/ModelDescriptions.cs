using DigitalTwin.Contracts;
using DigitalTwin.Models;

namespace DigitalTwin.Grains;

/// <summary>Describes a trained model in wire records.</summary>
internal static class ModelDescriptions
{
    public static TrainedModel Of(TrainedTwinModel trained, StudyPlan plan, TwinTrainingData data)
    {
        var model = trained.Model;
        var description = new ModelDescription(
            model.Kind, model.Hash, model.MemberCount, [.. model.Arms], data.Seed, data.Trial.Count, [.. trained.Validation.Select(Of)]);
        return new TrainedModel(description, new AdoptedModel(model.Kind, model.Hash, [.. model.Arms], plan.Horizon, plan.OutcomeUnit));
    }

    private static ArmValidation Of(TwinArmValidation row) => new(
        row.Arm,
        row.SubjectCount,
        row.EventCount,
        row.Discrimination,
        row.DiscriminationStandardError,
        new CalibrationLine(row.CalibrationSlope, row.CalibrationSlopeStandardError, row.CalibrationIntercept, row.CalibrationInterceptStandardError),
        [.. row.AtTimes.Select(t => new AccuracyAtTime(t.Time, t.Auc, t.Brier, t.BrierReference))],
        row.RSquared,
        [.. row.CalibrationCurve.Select(p => new CalibrationGroup(p.Predicted, p.Observed, p.Lower, p.Upper, p.SubjectCount))]);
}
