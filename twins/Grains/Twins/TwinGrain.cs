using DigitalTwin.Contracts;
using DigitalTwin.Vocabulary;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Placement;
using Orleans.Storage;

namespace DigitalTwin.Grains;

/// <summary>One subject's twin: keeps its covariates and the hash of its model, and asks the silo's batcher to compute.</summary>
[RandomPlacement] // Many small, equal grains: an even spread without waiting for statistics of the silos' load.
internal sealed class TwinGrain : Grain, ITwinGrain, ITwinEnrolment
{
    private readonly CommittedState<TwinState> _state;
    private readonly TwinForecaster _forecaster;

    public TwinGrain([FromKeyedServices(TwinStorage.Name)] IGrainStorage storage, TwinForecaster forecaster)
    {
        _state = new CommittedState<TwinState>("twin", storage, this);
        _forecaster = forecaster;
    }

    private TwinKey Key => TwinKey.Parse(this.GetPrimaryKeyString());

    public override Task OnActivateAsync(CancellationToken cancellationToken) => _state.Load();

    public async Task<TwinDescription> Describe()
    {
        var subject = RequireSubject();
        var plan = await GrainFactory.GetGrain<IStudyGrain>(Key.Study.Value).Describe();
        var covariates = plan.Columns.Zip(subject.Covariates, (column, value) => new CovariateValue(column, value)).ToArray();
        LayerCoverage[] layers = [.. (plan.Layers ?? []).Select((layer, k) => new LayerCoverage(
            layer.Name, subject.Layers?[k].Count(v => !float.IsNaN(v)) ?? 0, layer.Features.Count))];
        return new TwinDescription(Key.Study, subject.Subject, subject.Arm, covariates, subject.Outcome, _state.Value.Model?.Hash, layers);
    }

    public Task<TwinForecast> Forecast(ForecastRequest request) => _forecaster.Forecast(Key.Study, RequireSubject(), RequireModel(), request);

    public Task<TwinComparison> Compare(ArmId[] arms, Duration? horizon) =>
        _forecaster.Compare(Key.Study, RequireSubject(), RequireModel(), arms, horizon);

    public Task<TwinExplanation> Explain(ArmId arm) => _forecaster.Explain(Key.Study, RequireSubject(), RequireModel(), arm);

    public Task Enrol(SubjectEnrolment subject, AdoptedModel? model) => _state.Save(new TwinState { Subject = subject, Model = model });

    public async Task Adopt(AdoptedModel model)
    {
        RequireSubject();
        if (_state.Value.Model?.Hash != model.Hash)
        {
            await _state.Save(_state.Value with { Model = model });
        }
    }

    public Task<SubjectEnrolment> Contribute() => Task.FromResult(RequireSubject());

    private SubjectEnrolment RequireSubject()
    {
        if (_state.Value.Subject is { } subject)
        {
            return subject;
        }

        // Nothing is kept for names that were never enrolled, or asking for many of them would fill the memory.
        DeactivateOnIdle();
        throw new UnknownSubjectException(Key.Study, Key.Subject);
    }

    private AdoptedModel RequireModel() => _state.Value.Model ?? throw new NotTrainedException(Key.Study);
}
