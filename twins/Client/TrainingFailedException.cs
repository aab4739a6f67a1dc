using DigitalTwin.Contracts;

namespace DigitalTwin.Client;

/// <summary>A training ended without a model.</summary>
public sealed class TrainingFailedException(StudyId study, TrainingStatus status)
    : Exception($"Study '{study}' has no new model: {(status.Phase == TrainingPhase.Cancelled ? "the training was cancelled." : status.Message)}")
{
    /// <summary>How it ended.</summary>
    public TrainingStatus Status { get; } = status;
}
