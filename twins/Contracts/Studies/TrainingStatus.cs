namespace DigitalTwin.Contracts;

/// <summary>Asks a study to train its twin model.</summary>
/// <param name="Operation">Names the request; a resend is answered with the state of the training it started.</param>
/// <param name="Seed">Seed of every random stream of the training.</param>
[GenerateSerializer]
[Immutable]
[Alias("dt.TrainingRequest")]
public sealed record TrainingRequest([property: Id(0)] OperationId Operation, [property: Id(1)] ulong Seed);

/// <summary>How far a training is.</summary>
[GenerateSerializer]
[Alias("dt.TrainingPhase")]
public enum TrainingPhase
{
    /// <summary>Never asked for.</summary>
    None,

    /// <summary>Gathering data or computing.</summary>
    Running,

    /// <summary>The model is stored; the twins are being told.</summary>
    Adopting,

    /// <summary>Every twin forecasts with the model.</summary>
    Ready,

    /// <summary>The data cannot carry a model, or the trainer failed; see <see cref="TrainingStatus.Message"/>.</summary>
    Failed,

    /// <summary>Stopped on request.</summary>
    Cancelled,
}

/// <summary>State of the last training of a study.</summary>
/// <param name="Operation">The request that started it, or null.</param>
/// <param name="Phase">How far it is.</param>
/// <param name="FractionDone">0 to 1 while running; 1 when ready.</param>
/// <param name="Message">Why it failed; empty otherwise.</param>
/// <param name="Model">The model the twins use, or null. An earlier model stays in use until a new one is adopted.</param>
[GenerateSerializer]
[Immutable]
[Alias("dt.TrainingStatus")]
public sealed record TrainingStatus(
    [property: Id(0)] OperationId? Operation,
    [property: Id(1)] TrainingPhase Phase,
    [property: Id(2)] double FractionDone,
    [property: Id(3)] string Message,
    [property: Id(4)] ModelDescription? Model)
{
    /// <summary>Whether nothing more will happen without a new request.</summary>
    public bool IsFinal => Phase is TrainingPhase.Ready or TrainingPhase.Failed or TrainingPhase.Cancelled;
}
