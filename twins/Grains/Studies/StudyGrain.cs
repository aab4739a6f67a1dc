using DigitalTwin.Contracts;
using DigitalTwin.Vocabulary;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace DigitalTwin.Grains;

/// <summary>One study: decides who is enrolled, and passes training on to its <see cref="ITrainingGrain"/>.</summary>
internal sealed class StudyGrain : Grain, IStudyGrain, IStudyRoster
{
    private readonly CommittedState<StudyState> _state;
    private StudyRoster? _roster;

    public StudyGrain([FromKeyedServices(TwinStorage.Name)] IGrainStorage storage) =>
        _state = new CommittedState<StudyState>("study", storage, this);

    private StudyId Study => new(this.GetPrimaryKeyString());

    private StudyPlan Plan => _state.Value.Plan ?? throw new UnknownStudyException(Study);

    private StudyRoster CurrentRoster => ReferenceEquals(_roster?.State, _state.Value) ? _roster : _roster = new StudyRoster(_state.Value);

    private ITrainingGrain Training => GrainFactory.GetGrain<ITrainingGrain>(Study.Value);

    public override Task OnActivateAsync(CancellationToken cancellationToken) => _state.Load();

    public async Task Open(StudyPlan plan)
    {
        RequestChecks.Require(plan);
        if (_state.Value.Plan is null)
        {
            await _state.Save(_state.Value with { Plan = plan });
        }
        else if (!_state.Value.Plan.Equals(plan))
        {
            throw new StudyConflictException($"Study '{Study}' is open with another plan. Use another study id or another state folder.");
        }
    }

    public async Task<EnrolmentReceipt> Enrol(EnrolmentBatch batch)
    {
        RequestChecks.Require(batch, Plan);
        var digest = EnrolmentDigest.Of(batch);
        if (CurrentRoster.Repeated(batch.Operation, digest) is { } receipt)
        {
            return receipt;
        }

        CurrentRoster.RequireNew(batch.Subjects);
        var model = await Training.ModelInUse();

        // Twins first, roster last: a subject counts once the roster is saved, and a resend overwrites twins the roster does not know.
        await FanOut.ForEach(batch.Subjects, subject => GrainFactory.GetGrain<ITwinEnrolment>(new TwinKey(Study, subject.Subject).ToString()).Enrol(subject, model));
        var entries = batch.Subjects.Select(s => new RosterEntry(s.Subject, s.Arm, s.Outcome is not null));
        await _state.Save(_state.Value.With(new EnrolledBatch(batch.Operation, digest, [.. entries])));
        return new EnrolmentReceipt(batch.Operation, batch.Subjects.Length, CurrentRoster.Count, WasRepeated: false);
    }

    public Task<TrainingStatus> Train(TrainingRequest request)
    {
        RequestChecks.Require(request.Operation);
        return Training.Start(request, Plan.ModelKind);
    }

    public Task<TrainingStatus> CancelTraining(OperationId operation) => Opened(Training).Cancel(operation);

    public Task<TrainingStatus> Progress() => Opened(Training).Status();

    public Task<StudyPlan> Describe() => Task.FromResult(Plan);

    public Task<RosterEntry[]> Roster() => Task.FromResult(CurrentRoster.Entries);

    public Task<SubjectPage> List(SubjectId? after, int count)
    {
        RequestChecks.RequirePageSize(count);
        return Task.FromResult(Opened(CurrentRoster).Page(after, count));
    }

    public async Task<StudySummary> Summarize()
    {
        var (plan, roster) = (Plan, CurrentRoster);
        return new StudySummary(Study, plan, roster.Count, roster.Arms(plan), await Training.Status());
    }

    private T Opened<T>(T value) => Plan is null ? throw new UnknownStudyException(Study) : value;
}
