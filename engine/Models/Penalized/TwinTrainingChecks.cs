using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Penalized;

/// <summary>Refuses data that cannot carry a twin model, before any fit.</summary>
internal static class TwinTrainingChecks
{
    /// <exception cref="TwinTrainingException">An arm has too few events or subjects, or options are out of range.</exception>
    public static void Require(TrialData trial, TwinOptions options)
    {
        RequireRange(options.FoldCount, 2, 20, "folds");
        RequireRange(options.MembersPerFold, 2, 500, "members");
        RequireArm(trial, treated: false, "control", options.MinimumEventCount);
        RequireArm(trial, treated: true, "treated", options.MinimumEventCount);
    }

    private static void RequireArm(TrialData trial, bool treated, string arm, int minimum)
    {
        var rows = Enumerable.Range(0, trial.Count).Where(i => trial.Treated[i] == treated).ToArray();
        var (count, what) = trial.Outcome switch
        {
            SurvivalOutcome survival => (rows.Count(i => survival.HadEvent[i]), "events"),
            BinaryOutcome binary => (Math.Min(rows.Count(i => binary.Occurred[i]), rows.Count(i => !binary.Occurred[i])), "subjects with the rarer outcome"),
            _ => (rows.Length, "subjects"),
        };
        if (count < minimum)
        {
            throw new TwinTrainingException(
                $"The {arm} arm has {count} {what}; a twin model needs at least {minimum}. Widen the population, lengthen the horizon, or leave the twins out.");
        }
    }

    private static void RequireRange(int value, int minimum, int maximum, string name)
    {
        if (value < minimum || value > maximum)
        {
            throw new TwinTrainingException($"The twin model's {name} must be between {minimum} and {maximum}, not {value}.");
        }
    }
}
