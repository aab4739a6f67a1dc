namespace DigitalTwin.Contracts;

/// <summary>The study was never opened on this service.</summary>
[GenerateSerializer]
[Alias("dt.UnknownStudyException")]
public sealed class UnknownStudyException(StudyId study)
    : TwinServiceException($"There is no study '{study}'. Check its name, or start it with 'digitaltwin serve SCENARIO'.")
{
    [Id(0)]
    public StudyId Study { get; } = study;
}

/// <summary>A training runs; wait for it or cancel it.</summary>
[GenerateSerializer]
[Alias("dt.TrainingInProgressException")]
public sealed class TrainingInProgressException(StudyId study, OperationId running)
    : TwinServiceException($"Study '{study}' is training under operation '{running}'. Wait until it is done, or cancel it.")
{
    [Id(0)]
    public StudyId Study { get; } = study;

    [Id(1)]
    public OperationId Running { get; } = running;
}

/// <summary>The study has no trained model yet.</summary>
[GenerateSerializer]
[Alias("dt.NotTrainedException")]
public sealed class NotTrainedException(StudyId study)
    : TwinServiceException($"Study '{study}' has no trained model yet. Train it and wait until its training is ready.")
{
    [Id(0)]
    public StudyId Study { get; } = study;
}
