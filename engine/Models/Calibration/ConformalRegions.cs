using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Calibration;

/// <summary>Regions that hold the outcome of a new subject with a stated probability, whatever the model is worth: intervals of a continuous outcome, sets of classes.
/// A bad model makes them wide, not wrong. Learnt from out-of-fold predictions.</summary>
/// <remarks>Source: split conformal prediction [Vovk2005]; interval scores are errors over the stated spread [Lei2018] section 5.2, class scores are 1 - probability
/// [Sadinle2019]. The probability is over subjects that are exchangeable with those of training, not for any one subject. The predictions of a new subject come from the model of
/// all training subjects and the scores from models of all but a fold: coverage is then approximate, and in practice a little above what is stated [Barber2021].</remarks>
public sealed class ConformalRegions
{
    private readonly double _limit;

    private ConformalRegions(double coverage, double limit) => (Coverage, _limit) = (coverage, limit);

    /// <summary>Stated probability that a region holds the outcome.</summary>
    public double Coverage { get; }

    /// <summary>Learns how far outcomes lie from their predictions.</summary>
    /// <param name="outOfFold">Predictions of training subjects by models that had not seen them.</param>
    /// <param name="outcome">What became of them: continuous, binary, categorical or ordinal.</param>
    /// <param name="coverage">In (0, 1), such as 0.9.</param>
    /// <exception cref="UnlearnableException">There are too few subjects for this coverage: n must be at least coverage / (1 - coverage).</exception>
    /// <exception cref="ArgumentException">Another kind of outcome, or predictions that do not suit it.</exception>
    public static ConformalRegions Fit(OutcomePredictions outOfFold, OutcomeData outcome, double coverage)
    {
        ArgumentNullException.ThrowIfNull(outOfFold);
        ArgumentNullException.ThrowIfNull(outcome);
        if (!(coverage > 0 && coverage < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(coverage), coverage, "The coverage lies between 0 and 1.");
        }

        var scores = Scores(outOfFold, outcome);
        Array.Sort(scores);

        // The rank that makes a new score, exchangeable with these, fall at or below with the probability stated.
        var rank = Rank(coverage, scores.Length);
        return rank <= scores.Length
            ? new ConformalRegions(coverage, scores[rank - 1])
            : throw new UnlearnableException(
                FormattableString.Invariant($"{scores.Length} subjects cannot bound an outcome with probability {coverage}: it takes {Fewest(coverage)}. State a lower coverage."));
    }

    /// <summary>One interval a subject, in the outcome's unit.</summary>
    public IReadOnlyList<(double Lower, double Upper)> Intervals(ContinuousPredictions predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        return [.. predictions.Mean.Zip(predictions.StandardDeviation, (mean, deviation) => (mean - (_limit * deviation), mean + (_limit * deviation)))];
    }

    /// <summary>The classes that cannot be ruled out for each subject; never none, for the likeliest always stays.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Sets(ClassProbabilities predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        var sets = new List<IReadOnlyList<int>>(predictions.Count);
        for (var i = 0; i < predictions.Count; i++)
        {
            var subject = i;
            var likeliest = Enumerable.Range(0, predictions.ClassCount).MaxBy(c => predictions[subject, c]);
            sets.Add([.. Enumerable.Range(0, predictions.ClassCount).Where(c => c == likeliest || 1 - predictions[subject, c] <= _limit)]);
        }

        return sets;
    }

    private static int Rank(double coverage, int count) => (int)Math.Ceiling(coverage * (count + 1));

    private static int Fewest(double coverage)
    {
        var count = (int)(coverage / (1 - coverage));
        while (Rank(coverage, count) > count)
        {
            count++;
        }

        return count;
    }

    private static double[] Scores(OutcomePredictions outOfFold, OutcomeData outcome) => (outOfFold, outcome) switch
    {
        (ContinuousPredictions predictions, ContinuousOutcome observed) =>
            [.. Enumerable.Range(0, observed.Count).Select(i => Math.Abs(observed.Values[i] - predictions.Mean[i]) / predictions.StandardDeviation[i])],
        (ClassProbabilities predictions, BinaryOutcome observed) => [.. Enumerable.Range(0, observed.Count).Select(i => 1 - predictions[i, observed.Occurred[i] ? 1 : 0])],
        (ClassProbabilities predictions, CategoricalOutcome observed) => [.. Enumerable.Range(0, observed.Count).Select(i => 1 - predictions[i, observed.Codes[i]])],
        _ => throw new ArgumentException($"There are no conformal regions for {outOfFold.GetType().Name} of a {outcome.Kind} outcome.", nameof(outcome)),
    };
}
