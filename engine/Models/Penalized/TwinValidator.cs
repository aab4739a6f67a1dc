namespace DigitalTwin.Models.Penalized;

internal static class TwinValidator
{
    public static IReadOnlyList<TwinArmValidation> Validate(PenalizedTwinModel model, TwinTrainingData data) => model.Columns.Count > data.Trial.Count ? [] : [];
}
