namespace DigitalTwin.Contracts;

/// <summary>Subjects enrolled by one request: all of them or none.</summary>
/// <param name="Operation">Names the request; the same on every resend.</param>
/// <param name="Subjects">1 to <see cref="MaximumSubjects"/> subjects, none enrolled before.</param>
[GenerateSerializer]
[Immutable]
[Alias("dt.EnrolmentBatch")]
public sealed record EnrolmentBatch([property: Id(0)] OperationId Operation, [property: Id(1)] SubjectEnrolment[] Subjects)
{
    /// <summary>Most subjects one request may carry.</summary>
    public const int MaximumSubjects = 2_000;

    /// <summary>Most numbers of omics layers one request may carry: a message stays below 20 MB.</summary>
    public const int MaximumLayerValues = 4_000_000;

    /// <summary>Most subjects one study may hold: its roster is one stored record.</summary>
    public const int MaximumStudySubjects = 200_000;
}

/// <summary>Answer to an <see cref="EnrolmentBatch"/>.</summary>
/// <param name="Operation">The request answered.</param>
/// <param name="EnrolledCount">Subjects this request enrolled, now or when it was first sent.</param>
/// <param name="StudySubjectCount">Subjects of the study afterwards.</param>
/// <param name="WasRepeated">True when the request had been applied before and was only answered.</param>
[GenerateSerializer]
[Immutable]
[Alias("dt.EnrolmentReceipt")]
public sealed record EnrolmentReceipt(
    [property: Id(0)] OperationId Operation,
    [property: Id(1)] int EnrolledCount,
    [property: Id(2)] int StudySubjectCount,
    [property: Id(3)] bool WasRepeated);
