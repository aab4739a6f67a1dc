using DigitalTwin.Numerics.Random;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Twins;

/// <summary>Assigns subjects to folds of equal size within arm and outcome.</summary>
internal static class FoldAssignment
{
    /// <summary>Fold of each subject, shape [subjects]. A subject's random key depends on its id and the seed alone, and ties
    /// cannot occur between ids, so that the order of the file plays no part.</summary>
    public static int[] Stratified(TrialData trial, int foldCount, ulong seed)
    {
        var keys = new ulong[trial.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            var key = new StreamKey(seed, StreamKey.HashOf(trial.Subjects[i].Value), trial.Treated[i] ? 1u : 0u, 0, RandomPurpose.CrossFitting);
            keys[i] = new RandomStream(key).NextUInt64();
        }

        var folds = new int[trial.Count];
        foreach (var stratum in Enumerable.Range(0, trial.Count).GroupBy(i => (trial.Treated[i], Outcome(trial.Outcome, i))))
        {
            var position = 0;
            foreach (var subject in stratum.OrderBy(i => keys[i]).ThenBy(i => trial.Subjects[i]))
            {
                folds[subject] = position++ % foldCount;
            }
        }

        return folds;
    }

    private static bool Outcome(OutcomeData outcome, int subject) => outcome switch
    {
        SurvivalOutcome survival => survival.HadEvent[subject],
        BinaryOutcome binary => binary.Occurred[subject],
        _ => false,
    };
}
