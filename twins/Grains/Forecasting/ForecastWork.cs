using DigitalTwin.Contracts;
using DigitalTwin.Models;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Grains;

/// <summary>One computation a twin asks the silo's batcher for.</summary>
internal abstract record TwinWork(ITwinModel Model, SubjectEnrolment Subject, ArmId Arm, Duration Horizon)
{
    /// <summary>Ends the work without an answer.</summary>
    public abstract void Fail(Exception cause);
}

/// <summary>A forecast of one subject; those that share model, arm and horizon run as one launch.</summary>
internal sealed record ForecastWork(
    ITwinModel Model, SubjectEnrolment Subject, ArmId Arm, Duration Horizon, ForecastDetail Detail, string OutcomeUnit)
    : TwinWork(Model, Subject, Arm, Horizon)
{
    // Asynchronous continuations: the batcher's thread must not run the code of the grain that waits.
    private readonly TaskCompletionSource<ForecastAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<ForecastAnswer> Answer => _answer.Task;

    public void Succeed(ForecastAnswer answer) => _answer.TrySetResult(answer);

    public override void Fail(Exception cause) => _answer.TrySetException(cause);
}

/// <summary>An explanation of one subject's forecast.</summary>
internal sealed record ExplainWork(ITwinModel Model, SubjectEnrolment Subject, ArmId Arm, Duration Horizon)
    : TwinWork(Model, Subject, Arm, Horizon)
{
    private readonly TaskCompletionSource<Contribution[]> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<Contribution[]> Answer => _answer.Task;

    public void Succeed(Contribution[] contributions) => _answer.TrySetResult(contributions);

    public override void Fail(Exception cause) => _answer.TrySetException(cause);
}

/// <param name="Outcome">The forecast as it goes over the wire.</param>
/// <param name="MemberCount">Ensemble members behind it.</param>
internal sealed record ForecastAnswer(ForecastOutcome Outcome, int MemberCount);
