using DigitalTwin.Numerics.Random;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Prediction;

/// <summary>Inner folds: equal in size and alike in outcome (and arm). A subject's place depends on its id and the seed alone, so that the order of the file
/// plays no part.</summary>
public static class LearningFolds
{
    private const int QuantileGroups = 5;

    /// <returns>Fold of each subject, shape [subjects], 0 to <paramref name="foldCount"/> - 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than two folds, or more than subjects.</exception>
    public static int[] Stratified(LearningProblem problem, int foldCount, ulong seed, uint repeat = 0)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentOutOfRangeException.ThrowIfLessThan(foldCount, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(foldCount, problem.Count);
        var subjects = problem.Inputs.Subjects;
        var keys = new ulong[problem.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = new RandomStream(new StreamKey(seed, StreamKey.HashOf(subjects[i].Value), 0, repeat, RandomPurpose.CrossFitting)).NextUInt64();
        }

        var strata = Strata(problem.Outcome);
        var folds = new int[problem.Count];
        var position = 0;
        foreach (var stratum in Enumerable.Range(0, problem.Count).GroupBy(i => (strata[i], problem.Inputs.Treatments?.Indices[i] ?? 0)).OrderBy(g => g.Key))
        {
            // Going on where the stratum before ended keeps the folds equal in size, however many strata there are.
            foreach (var subject in stratum.OrderBy(i => keys[i]).ThenBy(i => subjects[i]))
            {
                folds[subject] = position++ % foldCount;
            }
        }

        return folds;
    }

    /// <summary>Rows in and outside a fold.</summary>
    public static (int[] Training, int[] HeldOut) Split(ReadOnlySpan<int> folds, int fold)
    {
        List<int> training = [], heldOut = [];
        for (var i = 0; i < folds.Length; i++)
        {
            (folds[i] == fold ? heldOut : training).Add(i);
        }

        return ([.. training], [.. heldOut]);
    }

    /// <summary>Group of each subject that folds are to be alike in, shape [subjects].</summary>
    internal static int[] Strata(OutcomeData outcome) => outcome switch
    {
        SurvivalOutcome survival => [.. survival.HadEvent.Select(e => e ? 1 : 0)],
        CompetingRisksOutcome competing => [.. competing.Status.Select(s => (int)s)],
        BinaryOutcome binary => [.. binary.Occurred.Select(o => o ? 1 : 0)],
        CategoricalOutcome categorical => categorical.Codes,
        ContinuousOutcome continuous => QuantileGroup(continuous.Values),
        LongitudinalOutcome visits => MeasurementCounts(visits),
        _ => throw new ArgumentException($"There is no rule to stratify {outcome.Kind}.", nameof(outcome)),
    };

    private static int[] MeasurementCounts(LongitudinalOutcome visits)
    {
        var counts = new int[visits.Count];
        foreach (var subject in visits.Subjects)
        {
            counts[subject]++;
        }

        return counts;
    }

    private static int[] QuantileGroup(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).OrderBy(i => values[i]).ToArray();
        var groups = new int[values.Length];
        for (var rank = 0; rank < order.Length; rank++)
        {
            groups[order[rank]] = (int)((long)rank * QuantileGroups / order.Length);
        }

        return groups;
    }
}
