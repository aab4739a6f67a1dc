using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Distributions;
using DigitalTwin.Numerics.Survival;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Stacking;

/// <summary>How predictions of subjects that a model had not seen are judged, and what the weights of a pool are to make small, subject by subject; smaller is better. Survival by
/// the integrated Brier score with the censoring undone [Graf1999], a continuous outcome by the squared error, classes and competing risks by the log score.</summary>
/// <remarks>The log score of a survival curve is the logarithm of a small difference of it: it tells more of how fine a model's grid is than of how well it predicts. The Brier score
/// asks for the curve itself.</remarks>
internal sealed class OutOfFoldScore
{
    // The last tenth of follow-up rests on few subjects, whose weights grow without bound.
    private const double AssessedShare = 0.9;
    private const int TimeCount = 51;

    private readonly OutcomeData _outcome;

    private OutOfFoldScore(OutcomeData outcome, BrierTerms? brier) => (_outcome, Brier) = (outcome, brier);

    /// <summary>The squares that survival is scored by; null for any other outcome, and where follow-up does not reach past a time that could be scored.</summary>
    public BrierTerms? Brier { get; }

    public static OutOfFoldScore Of(OutcomeData outcome) => new(outcome, outcome is SurvivalOutcome survival ? TermsOf(survival) : null);

    /// <summary>Score of each subject, shape [subjects].</summary>
    /// <param name="predictions">Of the subjects of the outcome in their order.</param>
    public double[] Each(OutcomePredictions predictions)
    {
        if (Brier is not null)
        {
            return Brier.Scores(Curves((SurvivalPredictions)predictions));
        }

        return predictions is ContinuousPredictions continuous
            ? [.. continuous.Mean.Zip(((ContinuousOutcome)_outcome).Values, (m, v) => (m - v) * (m - v))]
            : [.. PredictionPool.Likelihoods(predictions, _outcome).Select(l => -Math.Log(l))];
    }

    /// <summary>Survival at the times that are scored, row-major, shape [subjects, times].</summary>
    public double[] Curves(SurvivalPredictions predictions) => ((SurvivalPredictions)SurvivalGrid.Resample(predictions, Brier!.Grid)).Survival;

    private static BrierTerms? TermsOf(SurvivalOutcome outcome)
    {
        // Followed to the horizon without the event is followed past it.
        double[] days = [.. outcome.Days.Select((d, i) => !outcome.HadEvent[i] && d >= outcome.Horizon.Days ? Math.BitIncrement(outcome.Horizon.Days) : d)];
        var until = Math.Min(outcome.Horizon.Days, SampleQuantile.OfSorted([.. outcome.Days.Order()], AssessedShare));
        if (!(until > 0) || !outcome.HadEvent.Contains(true) || !(new CensoringDistribution(days, outcome.HadEvent).After(until) > 0) || days.Max() <= until)
        {
            return null;
        }

        return new BrierTerms(days, outcome.HadEvent, [.. Enumerable.Range(0, TimeCount).Select(k => until * k / (TimeCount - 1))]);
    }
}
