using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Calibration;

/// <summary>Times that a new subject's event does not come before, with a stated probability, whatever the model of survival is worth: a bad model makes them early, not wrong.</summary>
/// <remarks>The bound of a subject is the first time at which its predicted risk reaches a level, or its cut-off where that is earlier. The level is the highest at which events
/// before the bound, each weighed by one over the probability of having been followed to it, are no more than is allowed: conformal risk control [Angelopoulos2024] with the weights of
/// [Robins1992]. The cut-off is the time at which that probability falls below a floor, so that no weight is above one over the floor; it is the subject's own, as in [Gui2024]. The
/// problem was put by [Candes2023], for studies where everybody's time of censoring is known; here it need not be.
/// The probability holds exactly, over subjects exchangeable with those of calibration, if time of event and time of censoring are independent given what the censoring model
/// looks at, and that model is right and was learnt from others; with an estimated one it holds as nearly as that is right. Out-of-fold predictions add what is said of
/// <see cref="ConformalRegions"/>.</remarks>
public sealed class SurvivalBounds
{
    /// <summary>Below this probability of being followed a weight would be above ten: a handful of subjects would decide.</summary>
    private const double LeastFollowed = 0.1;

    /// <summary>The most that one subject's weight may take of what is allowed: a quarter.</summary>
    private const double ShareOfOne = 4;

    private SurvivalBounds(double coverage, double riskLevel, double floor) => (Coverage, RiskLevel, Floor) = (coverage, riskLevel, floor);

    /// <summary>Stated probability that the event comes at the bound or later.</summary>
    public double Coverage { get; }

    /// <summary>Predicted risk at which a bound stands, from 0; infinite where cut-offs alone are early enough.</summary>
    public double RiskLevel { get; }

    /// <summary>Probability of being followed that ends a subject's bound.</summary>
    public double Floor { get; }

    /// <summary>Learns the level.</summary>
    /// <param name="heldOut">Survival of subjects by models that had not seen them.</param>
    /// <param name="followed">Probability of these subjects of being followed past each time, by <see cref="CensoringModel"/>.</param>
    /// <param name="outcome">What became of them.</param>
    /// <param name="coverage">In (0, 1), such as 0.9.</param>
    /// <exception cref="UnlearnableException">There are too few subjects for this coverage: n must be at least coverage / (1 - coverage).</exception>
    public static SurvivalBounds Fit(SurvivalPredictions heldOut, SurvivalPredictions followed, SurvivalOutcome outcome, double coverage)
    {
        ArgumentNullException.ThrowIfNull(heldOut);
        ArgumentNullException.ThrowIfNull(followed);
        ArgumentNullException.ThrowIfNull(outcome);
        if (!(coverage > 0 && coverage < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(coverage), coverage, "The coverage lies between 0 and 1.");
        }

        var allowed = (1 - coverage) * (outcome.Count + 1);
        if (allowed < 1 - 1e-9)
        {
            throw new UnlearnableException(FormattableString.Invariant(
                $"{outcome.Count} subjects cannot bound a time with probability {coverage}: it takes {Math.Ceiling((coverage / (1 - coverage)) - 1e-9)}. State a lower coverage."));
        }

        var floor = Math.Max(LeastFollowed, Math.Min(1, ShareOfOne / allowed));
        var cutOffs = CutOffs(followed, floor, outcome.Horizon.Days);
        var losses = Enumerable.Range(0, outcome.Count)
            .Where(i => outcome.HadEvent[i] && outcome.Days[i] < cutOffs[i])
            .Select(i => (Risk: 1 - heldOut.At(i, outcome.Days[i]), Weight: 1 / Before(followed, i, outcome.Days[i])))
            .OrderBy(l => l.Risk).ToArray();

        // A bound at a level counts the events whose risk is below it; the new subject's own is taken as the worst it can be.
        var sum = 1 / floor;
        foreach (var same in losses.GroupBy(l => l.Risk))
        {
            sum += same.Sum(l => l.Weight);
            if (sum > allowed + 1e-9)
            {
                return new SurvivalBounds(coverage, same.Key, floor);
            }
        }

        return new SurvivalBounds(coverage, double.PositiveInfinity, floor);
    }

    /// <summary>One bound a subject, in days: the event is stated to come then or later.</summary>
    /// <param name="predictions">Survival of the subjects.</param>
    /// <param name="followed">Their probability of being followed past each time, by the same model as in calibration.</param>
    /// <param name="horizon">End of the follow-up that is analysed; no bound is later.</param>
    public double[] Lower(SurvivalPredictions predictions, SurvivalPredictions followed, Duration horizon)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        var bounds = CutOffs(followed, Floor, horizon.Days);
        for (var i = 0; i < bounds.Length; i++)
        {
            for (var t = 0; t < predictions.GridDays.Length; t++)
            {
                if (1 - predictions.Survival[(i * predictions.GridDays.Length) + t] >= RiskLevel)
                {
                    bounds[i] = Math.Min(bounds[i], predictions.GridDays[t]);
                    break;
                }
            }
        }

        return bounds;
    }

    /// <summary>Probability of being followed up to a time, that time not included.</summary>
    internal static double Before(SurvivalPredictions followed, int subject, double days) =>
        days <= 0 ? 1 : followed.At(subject, Math.BitDecrement(days));

    // The first time at which it is less likely than the floor to be followed further.
    private static double[] CutOffs(SurvivalPredictions followed, double floor, double horizonDays)
    {
        ArgumentNullException.ThrowIfNull(followed);
        var cutOffs = new double[followed.Count];
        for (var i = 0; i < cutOffs.Length; i++)
        {
            var row = followed.Survival.AsSpan(i * followed.GridDays.Length, followed.GridDays.Length);
            var t = 0;
            while (t < row.Length && row[t] >= floor)
            {
                t++;
            }

            cutOffs[i] = t < row.Length ? Math.Min(horizonDays, followed.GridDays[t]) : horizonDays;
        }

        return cutOffs;
    }
}
