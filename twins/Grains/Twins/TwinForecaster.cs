using DigitalTwin.Contracts;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Grains;

/// <summary>Answers a twin's questions: checks them, finds the model, and hands the work to the batcher.</summary>
internal sealed class TwinForecaster(ModelCatalog catalog, ForecastBatcher batcher)
{
    public async Task<TwinForecast> Forecast(StudyId study, SubjectEnrolment subject, AdoptedModel adopted, ForecastRequest request)
    {
        adopted.RequireArm(request.Arm);
        var horizon = adopted.RequireHorizon(request.Horizon);
        var model = await catalog.Get(adopted.Hash);
        var answer = await batcher.Forecast(
            new ForecastWork(model, subject, request.Arm, horizon, request.Detail, adopted.OutcomeUnit));
        return new TwinForecast(study, subject.Subject, request.Arm, horizon, adopted.Hash, answer.MemberCount, answer.Outcome);
    }

    public async Task<TwinComparison> Compare(StudyId study, SubjectEnrolment subject, AdoptedModel adopted, ArmId[] arms, Duration? horizon)
    {
        if (arms.Length is < 2 or > TwinComparison.MaximumArms || arms.Distinct().Count() != arms.Length)
        {
            throw new InvalidRequestException($"A comparison names 2 to {TwinComparison.MaximumArms} different arms, the reference first; this one names {arms.Length}.");
        }

        // Members are needed for the contrasts only, and stay here.
        var detail = ForecastDetail.Band | ForecastDetail.Members;
        var forecasts = await Task.WhenAll(arms.Select(arm => Forecast(study, subject, adopted, new ForecastRequest(arm, horizon, detail))));
        var contrasts = forecasts.Skip(1).SelectMany(forecast => ArmContrasts.Between(forecast, forecasts[0]));
        return new TwinComparison([.. forecasts.Select(WithoutMembers)], [.. contrasts]);
    }

    public async Task<TwinExplanation> Explain(StudyId study, SubjectEnrolment subject, AdoptedModel adopted, ArmId arm)
    {
        adopted.RequireArm(arm);
        var model = await catalog.Get(adopted.Hash);
        var contributions = await batcher.Explain(new ExplainWork(model, subject, arm, adopted.Horizon));
        return new TwinExplanation(study, subject.Subject, arm, adopted.Hash, contributions);
    }

    private static TwinForecast WithoutMembers(TwinForecast forecast) => forecast with
    {
        Outcome = forecast.Outcome switch
        {
            SurvivalForecastOutcome survival => survival with { Members = [] },
            BinaryForecastOutcome binary => binary with { Members = [] },
            ContinuousForecastOutcome continuous => continuous with { Members = [] },
            var other => other,
        },
    };
}
