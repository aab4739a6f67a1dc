using DigitalTwin.Scenarios.Results;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Study.Populations;

/// <summary>Subjects of one population, by subject id, and the exclusions that left them.</summary>
/// <param name="Subjects">The cohort cut down to them.</param>
/// <param name="Flow">How they came about.</param>
internal sealed record SelectedSubjects(Cohort Subjects, PopulationFlow Flow)
{
    /// <summary>Leaves subjects out and notes the step; a step that excludes no one leaves no trace.</summary>
    /// <param name="requirement">What was required, in words.</param>
    /// <param name="isKept">Shape [subjects].</param>
    public SelectedSubjects Keep(string requirement, bool[] isKept)
    {
        var kept = Enumerable.Range(0, Subjects.Count).Where(i => isKept[i]).ToArray();
        if (kept.Length == Subjects.Count)
        {
            return this;
        }

        var step = new ExclusionStep(requirement, Subjects.Count - kept.Length, kept.Length);
        return new SelectedSubjects(Subjects.Take(kept), Flow with { Steps = [.. Flow.Steps, step] });
    }
}
