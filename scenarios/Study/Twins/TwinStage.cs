using DigitalTwin.Client;
using DigitalTwin.Contracts;
using DigitalTwin.Hosting;
using DigitalTwin.Models;
using DigitalTwin.Scenarios.Serving;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Study.Twins;

/// <summary>What the twins of a study answered.</summary>
/// <param name="Model">The model they forecast with.</param>
/// <param name="Validation">Its out-of-fold performance, one row an arm.</param>
/// <param name="UnderControl">Forecast of each treated subject under control with every ensemble member; shape [treated subjects], trial order.</param>
/// <param name="UnderTreatment">The same under treatment.</param>
internal sealed record TwinAnswers(
    ModelDescription Model,
    IReadOnlyList<TwinArmValidation> Validation,
    IReadOnlyList<OutcomeForecast> UnderControl,
    IReadOnlyList<OutcomeForecast> UnderTreatment);

/// <summary>Enrols every subject as a twin grain on an embedded silo, trains the model, and asks the treated subjects' twins for their forecasts.</summary>
internal static class TwinStage
{
    private static readonly OperationId Enrolment = new("run/enrol");

    /// <exception cref="TrainingFailedException">The data cannot carry a model.</exception>
    /// <exception cref="StudyException">The twins' service refuses the study: it is too large, or a subject's id too long.</exception>
    public static async Task<TwinAnswers> AskAsync(ServedStudy served, TrialData trial, CancellationToken cancellation)
    {
        try
        {
            return await EnrolAndAskAsync(served, trial, cancellation);
        }
        catch (TwinServiceException e)
        {
            throw new StudyException("twin", e.Message, e);
        }
    }

    private static async Task<TwinAnswers> EnrolAndAskAsync(ServedStudy served, TrialData trial, CancellationToken cancellation)
    {
        await using var silo = await EmbeddedSilo.StartAsync(new EmbeddedSiloOptions { Trainers = [served.Trainer] }, cancellation);
        var study = TwinClient.Over(silo.Client).Study(served.Id);
        await study.OpenAsync(served.Plan, cancellation);
        await study.EnrolAsync(Enrolment, served.Subjects, cancellation);
        var model = await study.TrainAsync(new TrainingRequest(new OperationId($"run/train/{served.TrainingKey}"), served.Seed), progress: null, cancellation);

        SubjectId[] treated = [.. trial.Subjects.Where((_, i) => trial.Treated[i])];
        var underControl = await study.ForecastAsync(treated, new ForecastRequest(served.Plan.ControlArm, Detail: ForecastDetail.Members), cancellation);
        var underTreatment = await study.ForecastAsync(treated, new ForecastRequest(served.Plan.TreatedArm, Detail: ForecastDetail.Members), cancellation);
        return new TwinAnswers(
            model,
            [.. model.Validation.Select(TwinRecords.Validation)],
            [.. underControl.Select(TwinRecords.Outcome)],
            [.. underTreatment.Select(TwinRecords.Outcome)]);
    }
}
