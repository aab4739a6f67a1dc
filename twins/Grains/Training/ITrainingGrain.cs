using DigitalTwin.Contracts;
using Orleans.Concurrency;

namespace DigitalTwin.Grains;

/// <summary>The training of one study; apart from the study so that each has one state. Keyed by <see cref="StudyId"/>.</summary>
[Alias("dt.ITrainingGrain")]
internal interface ITrainingGrain : IGrainWithStringKey
{
    /// <exception cref="TrainingInProgressException">Another training runs.</exception>
    /// <exception cref="InvalidRequestException">No trainer of that kind.</exception>
    [Alias("Start")]
    Task<TrainingStatus> Start(TrainingRequest request, string modelKind);

    [Alias("Cancel")]
    Task<TrainingStatus> Cancel(OperationId operation);

    /// <summary>The worker's report. Repeating it, or reporting a training that was replaced, changes nothing.</summary>
    [Alias("Complete")]
    Task Complete(OperationId operation, TrainingOutcome outcome);

    [AlwaysInterleave]
    [Alias("Status")]
    Task<TrainingStatus> Status();

    /// <summary>The model a newly enrolled twin starts with; null before the first training.</summary>
    /// <exception cref="TrainingInProgressException">A training runs: its data are fixed until it is done.</exception>
    [AlwaysInterleave]
    [Alias("ModelInUse")]
    Task<AdoptedModel?> ModelInUse();
}
