using DigitalTwin.Contracts;
using DigitalTwin.Hosting;
using DigitalTwin.Models;
using DigitalTwin.Models.LinearModels;
using DigitalTwin.Models.Twins;
using DigitalTwin.Scenarios.Serving;
using DigitalTwin.Tests.Engine.Models.Twins;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Twins;

/// <summary>Twins with omics layers, against the same model called directly.</summary>
public sealed class MultiOmicsTwinServiceTests
{
    private static readonly StudyId s_study = new("layered");

    [Fact]
    public async Task Reference_TwinsWithLayersForecastAndExplainAsTheModelItself_AlsoAfterARestart()
    {
        var drawn = LayeredTrial.Draw(120, EndpointKind.Binary, _ => 0.5);

        // The first subject has nothing of the layer.
        float[] values = [.. Enumerable.Repeat(float.NaN, LayeredTrial.GeneCount), .. Enumerable.Range(1, drawn.Count - 1).SelectMany(i => drawn.Layers[0].Row(i).ToArray())];
        var trial = new TrialData(drawn.Subjects, drawn.Treated, drawn.Covariates, drawn.Outcome, [new OmicsLayer("rna", "1", drawn.Layers[0].Features, values)]);
        var direct = Trainer().Train(new TwinTrainingData(trial, LayeredTrial.Treated, LayeredTrial.Control, 11), null, CancellationToken.None).Model;
        var inputs = TwinInputs.Of(trial);
        var horizon = Plan(trial).Horizon;

        using var folder = new TemporaryFolder();
        await using (var silo = await Start(folder))
        {
            var study = Client.TwinClient.Over(silo.Client).Study(s_study);
            await study.OpenAsync(Plan(trial));
            await study.EnrolAsync(new OperationId("enrol"), TrialEnrolment.From(trial, LayeredTrial.Treated, LayeredTrial.Control));
            var model = await study.TrainAsync(new TrainingRequest(new OperationId("train"), 11));
            var forecasts = await study.ForecastAsync(trial.Subjects, new ForecastRequest(LayeredTrial.Treated, Detail: ForecastDetail.Members));

            Assert.Equal(direct.Hash, model.Hash);
            var expected = direct.Forecast(inputs, LayeredTrial.Treated, horizon);
            Assert.Equal(expected.Select(f => ((BinaryForecast)f).Probability), forecasts.Select(f => ((BinaryForecast)TwinRecords.Outcome(f)).Probability));
        }

        await using (var silo = await Start(folder))
        {
            var client = Client.TwinClient.Over(silo.Client);
            var explained = await client.ExplainAsync(new TwinKey(s_study, trial.Subjects[5]), LayeredTrial.Control);
            var description = await client.DescribeAsync(new TwinKey(s_study, trial.Subjects[0]));

            Assert.Equal(
                direct.Explain(inputs.Take([5]), LayeredTrial.Control, horizon).Select(c => new Contribution(c.Variable, c.Value, c.Contribution, c.StandardDeviation)),
                explained.Contributions);
            Assert.Equal([new LayerCoverage("rna", 0, LayeredTrial.GeneCount)], description.Layers);
        }
    }

    [Fact]
    public async Task Error_LayersThatDoNotFitThePlanAreRefusedByName()
    {
        var trial = LayeredTrial.Draw(120, EndpointKind.Binary, _ => 0.5);
        var subjects = TrialEnrolment.From(trial, LayeredTrial.Treated, LayeredTrial.Control);
        await using var silo = await EmbeddedSilo.StartAsync(new EmbeddedSiloOptions { Trainers = [Trainer()] });
        var study = Client.TwinClient.Over(silo.Client).Study(s_study);
        await study.OpenAsync(Plan(trial));

        Assert.Contains("'P0000' has 0 omics layers; the study has 1", await Fault(subjects[0] with { Layers = null }), StringComparison.Ordinal);
        Assert.Contains("Layer 'rna' of subject 'P0000' has 2 values; the study's has 6 features", await Fault(subjects[0] with { Layers = [[1, 2]] }), StringComparison.Ordinal);
        Assert.Contains("Feature 'gene1'", await Fault(subjects[0] with { Layers = [[1, float.PositiveInfinity, 0, 0, 0, 0]] }), StringComparison.Ordinal);

        async Task<string> Fault(SubjectEnrolment subject) =>
            (await Assert.ThrowsAsync<InvalidRequestException>(() => study.EnrolAsync(new OperationId("enrol"), [subject]))).Message;
    }

    private static MultiOmicsTwinTrainer Trainer() => new(new LateFusedLinearLearner(), new MultiOmicsTwinOptions { FoldCount = 2, MembersPerFold = 2 });

    private static Task<EmbeddedSilo> Start(TemporaryFolder folder) =>
        EmbeddedSilo.StartAsync(new EmbeddedSiloOptions { Trainers = [Trainer()], StateDirectory = folder.Path });

    private static StudyPlan Plan(TrialData trial) => new(
        "Layered", LayeredTrial.Treated, LayeredTrial.Control, EndpointKind.Binary, "", Duration.FromDays(1), [.. trial.Covariates.Columns],
        MultiOmicsTwinTrainer.KindName, [.. trial.Layers.Select(LayerFeatures.Of)]);
}
