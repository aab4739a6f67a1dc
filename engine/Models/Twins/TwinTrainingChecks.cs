using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Twins;

/// <summary>Refuses data that cannot carry a twin model, before any fit.</summary>
internal static class TwinTrainingChecks
{
    /// <param name="trial">Subjects of both arms.</param>
    /// <param name="foldCount">Folds of the cross-fitting, 2 to 20.</param>
    /// <param name="membersPerFold">Members trained without each fold, 2 to 500.</param>
    /// <param name="minimumEventCount">Fewest events (or subjects with the rarer outcome) an arm must have, and fewest subjects with each layer.</param>
    /// <exception cref="TwinTrainingException">An arm has too few events or subjects, too few of them have a layer, or options are out of range.</exception>
    public static void Require(TrialData trial, int foldCount, int membersPerFold, int minimumEventCount)
    {
        RequireRange(foldCount, 2, 20, "folds");
        RequireRange(membersPerFold, 2, 500, "members");
        RequireArm(trial, treated: false, "control", minimumEventCount);
        RequireArm(trial, treated: true, "treated", minimumEventCount);
        foreach (var layer in trial.Layers)
        {
            RequireLayer(trial, layer, treated: false, "control", minimumEventCount);
            RequireLayer(trial, layer, treated: true, "treated", minimumEventCount);
        }
    }

    // A layer that only a few of an arm have teaches nothing there, and would be read of everybody.
    private static void RequireLayer(TrialData trial, OmicsLayer layer, bool treated, string arm, int minimum)
    {
        var count = Enumerable.Range(0, trial.Count).Count(i => trial.Treated[i] == treated && layer.HasValue(i));
        if (count < minimum)
        {
            throw new TwinTrainingException(
                $"The {arm} arm has {count} subjects with layer '{layer.Name}'; twins need at least {minimum} in each arm to learn from a layer. Leave the layer out, or widen the population.");
        }
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
