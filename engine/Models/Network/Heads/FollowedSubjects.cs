using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Network.Heads;

/// <summary>Follow-up of some subjects, whether one kind of event is looked at or several.</summary>
/// <param name="Days">Shape [subjects].</param>
/// <param name="Status">Shape [subjects]; 0 censored, else the kind of event from 1.</param>
/// <param name="EventCount">Kinds of event.</param>
/// <param name="IsCompeting">Whether kinds of event compete.</param>
internal sealed record FollowedSubjects(double[] Days, byte[] Status, int EventCount, bool IsCompeting)
{
    public int Count => Days.Length;

    public static FollowedSubjects Of(OutcomeData outcome) => outcome switch
    {
        SurvivalOutcome survival => new(survival.Days, Array.ConvertAll(survival.HadEvent, e => (byte)(e ? 1 : 0)), 1, false),
        CompetingRisksOutcome competing => new(competing.Days, competing.Status, competing.Events.Count, true),
        _ => throw new ArgumentException($"{outcome.Kind} has no follow-up.", nameof(outcome)),
    };

    /// <summary>Days of events of any kind.</summary>
    public double[] EventDays() => [.. Days.Where((_, i) => Status[i] != 0)];
}
