using System.Globalization;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Calibration;

/// <summary>A change of predictions, learnt on predictions of subjects the model had not seen, that makes them mean what they say.</summary>
public abstract class Recalibration
{
    /// <summary>Leaves predictions as they are.</summary>
    public static Recalibration None { get; } = new Identity();

    /// <summary>What was found, as a sentence, or null where nothing was changed.</summary>
    public abstract string? Finding { get; }

    /// <summary>The recalibration that suits the outcome: Platt's for probabilities, slope and cumulative hazard for survival, spread for a continuous outcome.</summary>
    /// <param name="outOfFold">Predictions of subjects that the model had not seen.</param>
    /// <param name="outcome">What became of them.</param>
    /// <param name="caseWeights">Shape [subjects].</param>
    public static Recalibration Fit(OutcomePredictions outOfFold, OutcomeData outcome, ReadOnlySpan<double> caseWeights) => (outOfFold, outcome) switch
    {
        (ClassProbabilities classes, BinaryOutcome binary) => ClassRecalibration.Fit(classes, [.. binary.Occurred.Select(o => o ? 1 : 0)], caseWeights),
        (ClassProbabilities classes, CategoricalOutcome categorical) => ClassRecalibration.Fit(classes, categorical.Codes, caseWeights),
        (SurvivalPredictions survival, SurvivalOutcome observed) => SurvivalRecalibration.Fit(survival, observed, caseWeights),
        (ContinuousPredictions continuous, ContinuousOutcome observed) => SpreadRecalibration.Fit(continuous, observed, caseWeights),
        _ => None,
    };

    public abstract OutcomePredictions Apply(OutcomePredictions predictions);

    /// <summary>Whether it can follow predictions of this shape.</summary>
    internal abstract bool Suits(PredictionShape shape);

    private protected static string Slope(string of, double slope) =>
        string.Create(CultureInfo.InvariantCulture, $"out of fold, the {of} had the calibration slope {slope:F2}; it was corrected.");

    internal sealed class Identity : Recalibration, IStored
    {
        public static Identity Read(ModelReader reader) => (Identity)None;

        public void Write(ModelWriter writer)
        {
        }

        internal override bool Suits(PredictionShape shape) => true;

        public override string? Finding => null;

        public override OutcomePredictions Apply(OutcomePredictions predictions) => predictions;
    }
}
