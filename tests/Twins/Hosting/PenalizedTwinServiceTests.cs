using DigitalTwin.Contracts;
using DigitalTwin.Hosting;
using DigitalTwin.Models;
using DigitalTwin.Models.Penalized;
using DigitalTwin.Scenarios.Serving;
using DigitalTwin.Tests.Engine.Models;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Twins;

/// <summary>The twins of real patients, against the same model called directly.</summary>
public sealed class PenalizedTwinServiceTests
{
    private static readonly TwinOptions Options = new() { FoldCount = 2, MembersPerFold = 3 };

    [Fact]
    public async Task Reference_TwinsOfHormoneTherapyForecastAsTheModelItself()
    {
        var trial = HormoneTherapyTrial.Load();
        var trainer = new PenalizedTwinTrainer(Options);
        var direct = trainer.Train(new TwinTrainingData(trial, HormoneTherapyTrial.Treated, HormoneTherapyTrial.Control, 11), null, CancellationToken.None);
        var expected = direct.Model.Forecast(trial.Subjects, trial.Covariates.Values.Span, HormoneTherapyTrial.Control, HormoneTherapyTrial.Horizon);

        using var folder = new TemporaryFolder();
        TwinForecast restarted;
        await using (var silo = await Start(folder))
        {
            var study = Client.TwinClient.Over(silo.Client).Study(new StudyId("gbsg"));
            await study.OpenAsync(Plan(trial));
            await study.EnrolAsync(new OperationId("enrol"), TrialEnrolment.From(trial, HormoneTherapyTrial.Treated, HormoneTherapyTrial.Control));
            var model = await study.TrainAsync(new TrainingRequest(new OperationId("train"), 11));
            var forecasts = await study.ForecastAsync(trial.Subjects, new ForecastRequest(HormoneTherapyTrial.Control, Detail: ForecastDetail.Members));

            Assert.Equal(direct.Model.Hash, model.Hash);
            Assert.Equivalent(direct.Validation, model.Validation.Select(TwinRecords.Validation).ToArray(), strict: true);
            for (var i = 0; i < trial.Count; i++)
            {
                var (mine, theirs) = ((SurvivalForecast)TwinRecords.Outcome(forecasts[i]), (SurvivalForecast)expected[i]);
                Assert.Equal(theirs.Survival, mine.Survival);
                Assert.Equal(theirs.Members, mine.Members);
            }
        }

        await using (var silo = await Start(folder))
        {
            restarted = await Client.TwinClient.Over(silo.Client).ForecastAsync(
                new TwinKey(new StudyId("gbsg"), trial.Subjects[0]), HormoneTherapyTrial.Control, detail: ForecastDetail.Members);
        }

        Assert.Equal(((SurvivalForecast)expected[0]).Members, ((SurvivalForecast)TwinRecords.Outcome(restarted)).Members);
    }

    private static Task<EmbeddedSilo> Start(TemporaryFolder folder) =>
        EmbeddedSilo.StartAsync(new EmbeddedSiloOptions { Trainers = [new PenalizedTwinTrainer(Options)], StateDirectory = folder.Path });

    private static StudyPlan Plan(TrialData trial) => new(
        "GBSG hormone therapy",
        HormoneTherapyTrial.Treated,
        HormoneTherapyTrial.Control,
        EndpointKind.TimeToEvent,
        "",
        HormoneTherapyTrial.Horizon,
        [.. trial.Covariates.Columns],
        PenalizedTwinTrainer.KindName);
}
