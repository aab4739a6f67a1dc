using DigitalTwin.Models.Calibration;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;

namespace DigitalTwin.Models.Twins;

/// <summary>What another model predicts, shifted (a continuous outcome) and recalibrated.</summary>
/// <param name="prognosis">The other model.</param>
/// <param name="shift">Added to means, in the outcome's unit; 0 for other outcomes.</param>
/// <param name="recalibration">Applied after that.</param>
internal sealed class ShiftedPrognosis(IOutcomePredictor prognosis, double shift, Recalibration recalibration) : IStoredPredictor
{
    public PredictionShape Shape => ((IStoredPredictor)prognosis).Shape;

    public void Write(ModelWriter writer)
    {
        writer.Part(prognosis);
        writer.Number(shift);
        writer.Part(recalibration);
    }

    public static ShiftedPrognosis Read(ModelReader reader)
    {
        var (prognosis, shift, recalibration) = (reader.Part<IStoredPredictor>(), reader.Finite("shift"), reader.Part<Recalibration>());
        reader.Require(prognosis.AnswersAlone, $"a prognosis needs another model's");
        reader.Require(recalibration.Suits(prognosis.Shape), $"predictions of {prognosis.Shape} are recalibrated as others");
        return new ShiftedPrognosis(prognosis, shift, recalibration);
    }

    public OutcomePredictions Predict(SubjectInputs inputs) => Apply(prognosis.Predict(inputs));

    /// <summary>To predictions that the prognosis has made already.</summary>
    public OutcomePredictions Apply(OutcomePredictions predictions) => recalibration.Apply(Shifted(predictions, shift));

    public static OutcomePredictions Shifted(OutcomePredictions predictions, double shift) => predictions is ContinuousPredictions means
        ? means with { Mean = [.. means.Mean.Select(m => m + shift)] }
        : predictions;
}
