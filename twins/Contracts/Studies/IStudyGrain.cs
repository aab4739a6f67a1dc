using DigitalTwin.Vocabulary;
using Orleans.Concurrency;

namespace DigitalTwin.Contracts;

/// <summary>One study: enrols subjects as twins, trains their model, and says how it stands. Keyed by <see cref="StudyId"/>.
/// Every request may be sent again: it is answered, not applied twice.</summary>
[Alias("dt.IStudyGrain")]
public interface IStudyGrain : IGrainWithStringKey
{
    /// <summary>Opens the study. Opening it again with the same plan does nothing.</summary>
    /// <exception cref="InvalidRequestException">The plan has no columns, equal arms, or a horizon that is not positive.</exception>
    /// <exception cref="StudyConflictException">The study is open with another plan.</exception>
    [Alias("Open")]
    Task Open(StudyPlan plan);

    /// <summary>Enrols a batch of subjects: one twin each.</summary>
    /// <exception cref="UnknownStudyException">The study was not opened.</exception>
    /// <exception cref="InvalidRequestException">A subject does not fit the plan; nothing was enrolled.</exception>
    /// <exception cref="StudyConflictException">A subject is enrolled already, or the operation id was used for other subjects.</exception>
    [Alias("Enrol")]
    Task<EnrolmentReceipt> Enrol(EnrolmentBatch batch);

    /// <summary>Starts to train the twin model and returns at once; follow it with <see cref="Progress"/>.</summary>
    /// <exception cref="UnknownStudyException">The study was not opened.</exception>
    /// <exception cref="InvalidRequestException">The silo has no trainer of the plan's kind of model.</exception>
    /// <exception cref="TrainingInProgressException">Another training runs.</exception>
    [Alias("Train")]
    Task<TrainingStatus> Train(TrainingRequest request);

    /// <summary>Stops the running training of that operation; the model in use stays.</summary>
    /// <exception cref="UnknownStudyException">The study was not opened.</exception>
    [Alias("CancelTraining")]
    Task<TrainingStatus> CancelTraining(OperationId operation);

    /// <summary>State of the last training.</summary>
    /// <exception cref="UnknownStudyException">The study was not opened.</exception>
    [AlwaysInterleave]
    [Alias("Progress")]
    Task<TrainingStatus> Progress();

    /// <summary>What the study is about.</summary>
    /// <exception cref="UnknownStudyException">The study was not opened.</exception>
    [AlwaysInterleave]
    [Alias("Describe")]
    Task<StudyPlan> Describe();

    /// <summary>One page of the subjects, in ordinal order of their ids.</summary>
    /// <param name="after">Last id of the page before; null starts at the beginning.</param>
    /// <param name="count">1 to <see cref="SubjectPage.MaximumSubjects"/>.</param>
    /// <exception cref="UnknownStudyException">The study was not opened.</exception>
    /// <exception cref="InvalidRequestException">The count is out of range.</exception>
    [AlwaysInterleave]
    [Alias("List")]
    Task<SubjectPage> List(SubjectId? after, int count);

    /// <summary>The study at a glance.</summary>
    /// <exception cref="UnknownStudyException">The study was not opened.</exception>
    [AlwaysInterleave]
    [Alias("Summarize")]
    Task<StudySummary> Summarize();
}
