using System.Globalization;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Calibration;

/// <summary>Scales the stated spread of continuous predictions to the errors that were made: the weighted mean of squared standardised errors becomes 1.</summary>
internal sealed class SpreadRecalibration(double factor) : Recalibration, IStored
{
    public override string? Finding => string.Create(CultureInfo.InvariantCulture, $"out of fold, errors were {factor:F2} times the stated spread; it was corrected.");

    public static SpreadRecalibration Fit(ContinuousPredictions outOfFold, ContinuousOutcome outcome, ReadOnlySpan<double> caseWeights)
    {
        double sum = 0, total = 0;
        for (var i = 0; i < outOfFold.Count; i++)
        {
            var error = (outcome.Values[i] - outOfFold.Mean[i]) / outOfFold.StandardDeviation[i];
            sum += caseWeights[i] * error * error;
            total += caseWeights[i];
        }

        return new SpreadRecalibration(Math.Sqrt(sum / total));
    }

    public void Write(ModelWriter writer) => writer.Number(factor);

    public static SpreadRecalibration Read(ModelReader reader) => new(reader.Number());

    internal override bool Suits(PredictionShape shape) => shape == PredictionShape.Continuous;

    public override OutcomePredictions Apply(OutcomePredictions predictions)
    {
        var continuous = (ContinuousPredictions)predictions;
        return continuous with { StandardDeviation = [.. continuous.StandardDeviation.Select(s => s * factor)] };
    }
}
