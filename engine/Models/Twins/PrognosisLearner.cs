using DigitalTwin.Models.Calibration;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Stacking;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Twins;

/// <summary>The outcome under treatment as the prognosis without it, shifted and stretched as the treated subjects ask for: an effect that is the same for everybody on the
/// scale of the link. A prognosis learnt on control subjects has seen none of the treated, so that one or two numbers are all that is learnt here.</summary>
/// <param name="control">Predicts the outcome without treatment.</param>
/// <remarks>Source: the prognostic score [Hansen2008]; the shift and the slope are those of recalibration [VanHouwelingen2000], [Platt1999].</remarks>
internal sealed class PrognosisLearner(IOutcomePredictor control) : ICrossFittingLearner
{
    public string Name => "prognosis";

    public bool Supports(EndpointKind kind) => kind is EndpointKind.TimeToEvent or EndpointKind.Binary or EndpointKind.Continuous;

    public IOutcomePredictor Fit(LearningProblem training, LearningContext context)
    {
        ArgumentNullException.ThrowIfNull(training);
        return Fit(control.Predict(training.Inputs), training.Outcome, training.Weights);
    }

    public CrossFit FitCross(LearningProblem training, int[] folds, LearningContext context)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(folds);
        var prognosis = control.Predict(training.Inputs);
        var parts = new List<(int[] Rows, OutcomePredictions Predictions)>();
        for (var fold = 0; fold <= folds.Max(); fold++)
        {
            var (inside, heldOut) = LearningFolds.Split(folds, fold);
            parts.Add((heldOut, Fit(prognosis.Take(inside), training.Outcome.Take(inside), training.WeightsOf(inside)).Apply(prognosis.Take(heldOut))));
        }

        return new CrossFit(Fit(prognosis, training.Outcome, training.Weights), CrossFitting.Assemble(parts, training.Outcome));
    }

    private ShiftedPrognosis Fit(OutcomePredictions prognosis, OutcomeData outcome, ReadOnlySpan<double> weights)
    {
        var shift = prognosis is ContinuousPredictions means ? MeanError(means, (ContinuousOutcome)outcome, weights) : 0;
        var shifted = ShiftedPrognosis.Shifted(prognosis, shift);
        return new ShiftedPrognosis(control, shift, Recalibration.Fit(shifted, outcome, weights));
    }

    private static double MeanError(ContinuousPredictions predictions, ContinuousOutcome outcome, ReadOnlySpan<double> weights)
    {
        double sum = 0, total = 0;
        for (var i = 0; i < outcome.Count; i++)
        {
            sum += weights[i] * (outcome.Values[i] - predictions.Mean[i]);
            total += weights[i];
        }

        return sum / total;
    }
}
