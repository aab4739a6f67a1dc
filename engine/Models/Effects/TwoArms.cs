using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Effects;

/// <summary>The subjects of the two arms of a question.</summary>
internal sealed class TwoArms
{
    /// <summary>Fewest subjects of an arm that an effect is learnt from.</summary>
    private const int FewestSubjects = 10;

    private TwoArms(LearningProblem problem, int[] subjects, bool[] treated, int treatedIndex, int referenceIndex) =>
        (Problem, Subjects, Treated, TreatedIndex, ReferenceIndex) = (problem, subjects, treated, treatedIndex, referenceIndex);

    /// <summary>Of the subjects of both arms, treatments kept.</summary>
    public LearningProblem Problem { get; }

    /// <summary>Row of each among the subjects given, shape [subjects].</summary>
    public int[] Subjects { get; }

    /// <summary>Shape [subjects].</summary>
    public bool[] Treated { get; }

    /// <summary>Place of the treated arm among the treatments.</summary>
    public int TreatedIndex { get; }

    public int ReferenceIndex { get; }

    /// <exception cref="ArgumentException">No treatments, or an unknown arm.</exception>
    /// <exception cref="UnlearnableException">Too few subjects in an arm.</exception>
    public static TwoArms Of(LearningProblem problem, EffectQuestion question)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(question);
        var column = problem.Inputs.Treatments ?? throw new ArgumentException("The problem does not say what subjects received.", nameof(problem));
        var (treated, reference) = (IndexOf(column, question.Treated), IndexOf(column, question.Reference));
        int[] rows = [.. Enumerable.Range(0, problem.Count).Where(i => column.Indices[i] == treated || column.Indices[i] == reference)];
        bool[] flags = [.. rows.Select(i => column.Indices[i] == treated)];
        foreach (var (arm, count) in new[] { (question.Treated, flags.Count(f => f)), (question.Reference, flags.Count(f => !f)) })
        {
            if (count < FewestSubjects)
            {
                throw new UnlearnableException($"Arm '{arm.Value}' has {count} subjects; an effect is learnt from {FewestSubjects} or more in each arm.");
            }
        }

        return new TwoArms(problem.Take(rows), rows, flags, treated, reference);
    }

    /// <summary>Rows of one arm.</summary>
    public int[] Rows(bool treated) => [.. Enumerable.Range(0, Treated.Length).Where(i => Treated[i] == treated)];

    private static int IndexOf(TreatmentColumn column, ArmId arm)
    {
        for (var k = 0; k < column.Treatments.Count; k++)
        {
            if (column.Treatments[k].Arm == arm)
            {
                return k;
            }
        }

        throw new ArgumentException($"There is no arm '{arm.Value}'; there are {string.Join(", ", column.Treatments.Select(t => t.Arm.Value))}.", nameof(arm));
    }
}
