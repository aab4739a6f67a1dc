using DigitalTwin.Contracts;

namespace DigitalTwin.Grains;

/// <summary>What storage keeps of one study: its plan, and who was enrolled by which request. Subjects' data are with their twins.</summary>
[GenerateSerializer]
[Immutable]
[Alias("dt.StudyState")]
internal sealed record StudyState
{
    /// <summary>The plan; null when the study was never opened.</summary>
    [Id(0)]
    public StudyPlan? Plan { get; init; }

    /// <summary>One row a request that enrolled subjects, oldest first.</summary>
    [Id(1)]
    public EnrolledBatch[] Batches { get; init; } = [];

    public StudyState With(EnrolledBatch batch) => this with { Batches = [.. Batches, batch] };
}

/// <param name="Operation">The request.</param>
/// <param name="Digest">SHA-256 (hex) of its subjects: a resend must carry the same.</param>
/// <param name="Subjects">Who it enrolled.</param>
[GenerateSerializer]
[Immutable]
[Alias("dt.EnrolledBatch")]
internal sealed record EnrolledBatch(
    [property: Id(0)] OperationId Operation,
    [property: Id(1)] string Digest,
    [property: Id(2)] RosterEntry[] Subjects);
