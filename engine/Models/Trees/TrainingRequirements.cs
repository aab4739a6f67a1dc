using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Trees;

/// <summary>Refuses outcomes that trees cannot learn from.</summary>
internal static class TrainingRequirements
{
    private const int FewestOfAClass = 5;
    private const int FewestSubjects = 20;

    /// <exception cref="UnlearnableException">A class has too few subjects.</exception>
    public static void Classes(ClassTargets classes, string learner)
    {
        for (var c = 0; c < classes.Count; c++)
        {
            var count = classes.Codes.Count(k => k == c);
            if (count < FewestOfAClass)
            {
                throw new UnlearnableException(
                    $"{count} of {classes.Codes.Length} training subjects have the outcome '{classes.Names[c]}'; {learner} needs {FewestOfAClass} of each. "
                    + "Use more subjects, or join classes.");
            }
        }
    }

    /// <exception cref="UnlearnableException">There are too few subjects, or all have one value.</exception>
    public static void Varying(ContinuousOutcome outcome, string learner)
    {
        if (outcome.Count < FewestSubjects || outcome.Values.All(v => v == outcome.Values[0]))
        {
            throw new UnlearnableException(
                $"{outcome.Count} training subjects have {outcome.Values.Distinct().Count()} different values of the outcome; {learner} needs {FewestSubjects} "
                + "subjects and an outcome that varies.");
        }
    }
}
