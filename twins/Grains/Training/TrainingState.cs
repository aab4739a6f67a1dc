using DigitalTwin.Contracts;

namespace DigitalTwin.Grains;

/// <summary>What storage keeps of a study's training.</summary>
[GenerateSerializer]
[Immutable]
[Alias("dt.TrainingState")]
internal sealed record TrainingState
{
    /// <summary>The request that started the last training; null when there was none.</summary>
    [Id(0)]
    public TrainingRequest? Request { get; init; }

    [Id(1)]
    public TrainingPhase Phase { get; init; }

    /// <summary>Why it failed; empty otherwise.</summary>
    [Id(2)]
    public string Message { get; init; } = "";

    /// <summary>The model the twins use.</summary>
    [Id(3)]
    public TrainedModel? InUse { get; init; }

    /// <summary>The model the twins are being told of, while <see cref="Phase"/> is adopting.</summary>
    [Id(4)]
    public TrainedModel? Candidate { get; init; }

    public bool IsUnderWay => Phase is TrainingPhase.Running or TrainingPhase.Adopting;

    public TrainingStatus Status(double fractionDone) =>
        new(Request?.Operation, Phase, Phase is TrainingPhase.Adopting or TrainingPhase.Ready ? 1 : fractionDone, Message, InUse?.Description);

    public TrainingState Started(TrainingRequest request) => this with { Request = request, Phase = TrainingPhase.Running, Message = "", Candidate = null };

    public TrainingState Ended(TrainingOutcome outcome) => outcome.Model is { } model
        ? this with { Phase = TrainingPhase.Adopting, Candidate = model }
        : this with { Phase = outcome.WasCancelled ? TrainingPhase.Cancelled : TrainingPhase.Failed, Message = outcome.Message };

    public TrainingState Adopted() => this with { Phase = TrainingPhase.Ready, InUse = Candidate, Candidate = null };
}

/// <param name="Description">The model, for people.</param>
/// <param name="Adopted">The model, for twins.</param>
[GenerateSerializer]
[Immutable]
[Alias("dt.TrainedModel")]
internal sealed record TrainedModel([property: Id(0)] ModelDescription Description, [property: Id(1)] AdoptedModel Adopted);

/// <summary>How a training ended.</summary>
/// <param name="Model">The model, already stored; null when there is none.</param>
/// <param name="WasCancelled">Stopped on request.</param>
/// <param name="Message">Why there is no model.</param>
[GenerateSerializer]
[Immutable]
[Alias("dt.TrainingOutcome")]
internal sealed record TrainingOutcome([property: Id(0)] TrainedModel? Model, [property: Id(1)] bool WasCancelled, [property: Id(2)] string Message);
