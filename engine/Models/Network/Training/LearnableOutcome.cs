using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Network.Training;

/// <summary>Looks whether training subjects are enough for a network.</summary>
internal static class LearnableOutcome
{
    /// <exception cref="UnlearnableException">They are not; says how many there are and how many are asked for.</exception>
    public static void Check(LearningProblem training, NetworkLearnerOptions options)
    {
        if (training.Count < options.LeastSubjectCount)
        {
            throw new UnlearnableException(
                $"There are {training.Count} training subjects and a network asks for {options.LeastSubjectCount}. Use a penalised linear model, or lower LeastSubjectCount.");
        }

        var (count, what) = training.Outcome switch
        {
            SurvivalOutcome survival => (survival.HadEvent.Count(e => e), "events"),
            CompetingRisksOutcome competing => (competing.Status.Count(s => s != 0), "events"),
            BinaryOutcome binary => (Math.Min(binary.Occurred.Count(o => o), binary.Occurred.Count(o => !o)), "subjects with the rarer outcome"),
            CategoricalOutcome categorical => (categorical.Count - categorical.Codes.GroupBy(c => c).Max(g => g.Count()), "subjects that are not of the commonest class"),
            LongitudinalOutcome visits => (visits.Subjects.Distinct().Count(), "subjects with a measurement"),
            _ => (int.MaxValue, ""),
        };
        if (count < options.LeastEventCount)
        {
            throw new UnlearnableException($"There are {count} {what} among {training.Count} training subjects, and a network asks for {options.LeastEventCount}. Follow longer, join cohorts, or lower LeastEventCount.");
        }
    }
}
