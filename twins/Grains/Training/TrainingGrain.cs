using DigitalTwin.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace DigitalTwin.Grains;

/// <summary>Keeps how far a study's training is; the silo's worker computes. A training cut short by a crash starts again
/// when the grain wakes: it is deterministic, so nothing is lost but time.</summary>
internal sealed class TrainingGrain : Grain, ITrainingGrain
{
    private readonly CommittedState<TrainingState> _state;
    private readonly TrainingWorker _worker;
    private readonly ModelCatalog _catalog;

    public TrainingGrain([FromKeyedServices(TwinStorage.Name)] IGrainStorage storage, TrainingWorker worker, ModelCatalog catalog)
    {
        _state = new CommittedState<TrainingState>("training", storage, this);
        _worker = worker;
        _catalog = catalog;
    }

    private StudyId Study => new(this.GetPrimaryKeyString());

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await _state.Load();
        if (_state.Value.IsUnderWay)
        {
            // A timer, because activation must not wait for other grains.
            this.RegisterGrainTimer(Resume, new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
        }
    }

    public async Task<TrainingStatus> Start(TrainingRequest request, string modelKind)
    {
        if (_state.Value.Request?.Operation == request.Operation)
        {
            return await Status();
        }

        RequireIdle();
        _catalog.Trainer(modelKind);
        await _state.Save(_state.Value.Started(request));
        _worker.Start(Study, request);
        return await Status();
    }

    public Task<TrainingStatus> Cancel(OperationId operation)
    {
        if (_state.Value.Request?.Operation == operation)
        {
            _worker.Cancel(operation, Study);
        }

        return Status();
    }

    public async Task Complete(OperationId operation, TrainingOutcome outcome)
    {
        if (_state.Value.Request?.Operation == operation && _state.Value.Phase == TrainingPhase.Running)
        {
            await _state.Save(_state.Value.Ended(outcome));
            await Resume();
        }
    }

    public Task<TrainingStatus> Status() => Task.FromResult(_state.Value.Status(_worker.FractionDone(Study)));

    public Task<AdoptedModel?> ModelInUse()
    {
        RequireIdle();
        return Task.FromResult(_state.Value.InUse?.Adopted);
    }

    private async Task Resume()
    {
        if (_state.Value is { Phase: TrainingPhase.Running, Request: { } request })
        {
            _worker.Start(Study, request);
        }
        else if (_state.Value is { Phase: TrainingPhase.Adopting, Candidate: { } candidate })
        {
            var roster = await GrainFactory.GetGrain<IStudyRoster>(Study.Value).Roster();
            await FanOut.ForEach(roster, entry => GrainFactory.GetGrain<ITwinEnrolment>(new TwinKey(Study, entry.Subject).ToString()).Adopt(candidate.Adopted));
            await _state.Save(_state.Value.Adopted());
        }
    }

    private void RequireIdle()
    {
        if (_state.Value is { IsUnderWay: true, Request: { } running })
        {
            throw new TrainingInProgressException(Study, running.Operation);
        }
    }
}
