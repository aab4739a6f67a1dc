using DigitalTwin.Contracts;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Grains;

/// <summary>The subjects of a study, in ordinal order of their ids, whatever the order they were enrolled in.</summary>
internal sealed class StudyRoster
{
    private readonly Dictionary<OperationId, EnrolledBatch> _batches;
    private readonly HashSet<SubjectId> _ids;
    private readonly Lazy<RosterEntry[]> _ordered;

    public StudyRoster(StudyState state)
    {
        State = state;
        _batches = state.Batches.ToDictionary(b => b.Operation);
        _ids = [.. state.Batches.SelectMany(b => b.Subjects).Select(s => s.Subject)];
        _ordered = new Lazy<RosterEntry[]>(() => [.. state.Batches.SelectMany(b => b.Subjects).OrderBy(s => s.Subject)]);
    }

    /// <summary>The state it was read from.</summary>
    public StudyState State { get; }

    public int Count => _ids.Count;

    public RosterEntry[] Entries => _ordered.Value;

    /// <summary>The answer to a request that was applied before, or null.</summary>
    /// <exception cref="StudyConflictException">The operation id was used for other subjects.</exception>
    public EnrolmentReceipt? Repeated(OperationId operation, string digest)
    {
        if (!_batches.TryGetValue(operation, out var earlier))
        {
            return null;
        }

        return earlier.Digest == digest
            ? new EnrolmentReceipt(operation, earlier.Subjects.Length, Count, WasRepeated: true)
            : throw new StudyConflictException($"Operation '{operation}' enrolled other subjects before. Choose a new operation id.");
    }

    /// <exception cref="StudyConflictException">A subject is enrolled already, or the study would grow too large.</exception>
    public void RequireNew(IReadOnlyList<SubjectEnrolment> subjects)
    {
        if (subjects.FirstOrDefault(s => _ids.Contains(s.Subject)) is { } known)
        {
            throw new StudyConflictException($"Subject '{known.Subject}' is enrolled already.");
        }

        if (Count + subjects.Count > EnrolmentBatch.MaximumStudySubjects)
        {
            throw new StudyConflictException($"The study would have more than {EnrolmentBatch.MaximumStudySubjects} subjects. Split it.");
        }
    }

    public SubjectPage Page(SubjectId? after, int count)
    {
        var start = after is { } last ? FirstAfter(last) : 0;
        var page = Entries.AsSpan(start, Math.Min(count, Entries.Length - start)).ToArray();
        return new SubjectPage(page, start + page.Length < Entries.Length ? page[^1].Subject : null);
    }

    public ArmSummary[] Arms(StudyPlan plan) => [.. new[] { plan.TreatedArm, plan.ControlArm }
        .Select(arm => new ArmSummary(arm, Entries.Count(s => s.Arm == arm), Entries.Count(s => s.Arm == arm && s.HasOutcome)))];

    private int FirstAfter(SubjectId last)
    {
        var (low, high) = (0, Entries.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Entries[middle].Subject <= last ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
