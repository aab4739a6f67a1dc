using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.LinearModels.Outcomes;

/// <summary>Refuses training subjects that cannot carry a linear model, and leaves out those that count nothing.</summary>
internal static class OutcomeChecks
{
    /// <summary>Fewest subjects, and fewest with an event (or without), that a model is fitted to.</summary>
    private const int FewestSubjects = 10;
    private const int FewestEvents = 5;

    /// <exception cref="UnlearnableException">Too few subjects, events or classes, or no feature.</exception>
    public static LearningProblem Usable(LearningProblem training)
    {
        var weights = training.Weights.ToArray();
        int[] counted = [.. Enumerable.Range(0, training.Count).Where(i => weights[i] > 0)];
        var problem = counted.Length == training.Count ? training : training.Take(counted);
        if (problem.Count < FewestSubjects)
        {
            throw new UnlearnableException($"There are {problem.Count} training subjects of positive weight; a linear model needs {FewestSubjects}. Widen the population.");
        }

        switch (problem.Outcome)
        {
            case BinaryOutcome binary:
                RequireCount(binary.Occurred.Count(o => o), "subjects in whom the outcome occurred");
                RequireCount(binary.Occurred.Count(o => !o), "subjects in whom the outcome did not occur");
                break;
            case SurvivalOutcome survival:
                RequireCount(survival.HadEvent.Count(e => e), "events");
                break;
            case CompetingRisksOutcome competing:
                for (var k = 0; k < competing.Events.Count; k++)
                {
                    RequireCount(competing.Status.Count(s => s == k + 1), $"events of the kind '{competing.Events[k]}'");
                }

                break;
            case CategoricalOutcome classes:
                for (var k = 0; k < classes.Levels.Count; k++)
                {
                    RequireCount(classes.Codes.Count(c => c == k), $"subjects of the class '{classes.Levels[k]}'");
                }

                break;
            case ContinuousOutcome continuous when continuous.Values.All(v => v == continuous.Values[0]):
                throw new UnlearnableException($"All {problem.Count} training subjects have the outcome {continuous.Values[0]:R}; there is nothing to learn.");
        }

        return problem;
    }

    /// <summary>Folds that hold every class out at least once: 5, or fewer where a class is rare.</summary>
    public static int FoldCount(LearningProblem problem, int wanted)
    {
        var rarest = problem.Outcome switch
        {
            BinaryOutcome b => Math.Min(b.Occurred.Count(o => o), b.Occurred.Count(o => !o)),
            SurvivalOutcome s => s.HadEvent.Count(e => e),
            CompetingRisksOutcome c => c.Events.Select((_, k) => c.Status.Count(s => s == k + 1)).Min(),
            CategoricalOutcome c => c.Levels.Select((_, k) => c.Codes.Count(v => v == k)).Min(),
            _ => problem.Count,
        };
        return Math.Clamp(rarest, 2, wanted);
    }

    private static void RequireCount(int count, string what)
    {
        if (count < FewestEvents)
        {
            throw new UnlearnableException($"There are {count} {what} among the training subjects; a linear model needs {FewestEvents}. Widen the population, or join classes.");
        }
    }
}
