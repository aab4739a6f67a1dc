using DigitalTwin.Client;
using DigitalTwin.Contracts;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Twins;

public sealed class TwinGrainTests
{
    [Fact]
    public async Task Property_ATwinAnswersForItsOwnSubject()
    {
        await using var silo = await TestSilo.Start();
        await SmallStudy.SetUp(silo.Client, 20);

        var description = await silo.Client.DescribeAsync(SmallStudy.Key(7));
        var explanation = await silo.Client.ExplainAsync(SmallStudy.Key(7), SmallStudy.Control);

        Assert.Equal(SmallStudy.Subject(7), description.Subject);
        Assert.Equal(SmallStudy.Control, description.Arm);
        Assert.Equal([7, 0], description.Covariates.Select(c => c.Value));
        Assert.Equal(["age", "grade"], description.Covariates.Select(c => c.Column.Variable));
        Assert.Equal(new ObservedSurvival(307, true), description.Outcome);
        Assert.Equal([new Contribution("age", "7", 0.7, 0.01)], explanation.Contributions);
    }

    [Fact]
    public async Task ClosedForm_ComparingArmsOfAnExponentialModel()
    {
        await using var silo = await TestSilo.Start();
        await SmallStudy.SetUp(silo.Client, 100);

        var comparison = await silo.Client.CompareAsync(SmallStudy.Key(0), [SmallStudy.Control, SmallStudy.Treated]);

        // Means: treated i = 0, 2, ... 98 gives 400 + 24; control 300 + 25. Members m multiply the rate by 1 + m / 100.
        double At(double mean) => Enumerable.Range(0, 20).Average(m => Math.Exp(-1000 / mean * (1 + (m / 100.0))));
        var difference = comparison.Contrasts.Single(c => c.Measure == ContrastMeasure.SurvivalDifference);
        Assert.Equal(At(424) - At(325), difference.Value, 12);
        Assert.Equal(SmallStudy.Control, difference.Reference);
        Assert.InRange(difference.Value, difference.Band.Lower, difference.Band.Upper);
        Assert.All(comparison.Forecasts, f => Assert.Empty(((SurvivalForecastOutcome)f.Outcome).Members));
    }

    [Fact]
    public async Task Property_TwinsAnswerWhileABatchComputes()
    {
        using var barrier = new PhaseBarrier();
        await using var silo = await TestSilo.Start(new LinearTrainer { OnForecast = _ => barrier.Stop() });
        await SmallStudy.SetUp(silo.Client, 20);

        var slow = silo.Client.ForecastAsync(SmallStudy.Key(1), SmallStudy.Control);
        await barrier.Reached;

        // The batch cannot end before the barrier opens, so every answer below came while it ran; even from the twin that waits for it.
        await silo.Client.DescribeAsync(SmallStudy.Key(2)).WaitAsync(PhaseBarrier.Limit);
        await silo.Client.DescribeAsync(SmallStudy.Key(1)).WaitAsync(PhaseBarrier.Limit);
        await silo.Study.SummarizeAsync().WaitAsync(PhaseBarrier.Limit);
        Assert.False(slow.IsCompleted);

        barrier.Open();
        Assert.Equal(20, (await slow).MemberCount);
    }

    [Fact]
    public async Task Error_RefusalsKeepTheirTypeAndFactsOverTheWire()
    {
        await using var silo = await TestSilo.Start(gateway: 0);
        await using var client = await TwinClient.ConnectAsync(new TwinClientOptions { Port = silo.Silo.GatewayPort!.Value });
        var study = client.Study(SmallStudy.Id);

        Assert.Equal(SmallStudy.Id, (await Assert.ThrowsAsync<UnknownStudyException>(() => study.SummarizeAsync())).Study);
        await study.OpenAsync(SmallStudy.Plan);
        await study.EnrolAsync(SmallStudy.Enrolment, SmallStudy.Subjects(20));
        Assert.Equal(SmallStudy.Id, (await Assert.ThrowsAsync<NotTrainedException>(() => client.ForecastAsync(SmallStudy.Key(1), SmallStudy.Control))).Study);
        await study.TrainAsync(SmallStudy.Training);

        var subject = await Assert.ThrowsAsync<UnknownSubjectException>(() => client.DescribeAsync(SmallStudy.Key(500)));
        Assert.Equal((SmallStudy.Id, SmallStudy.Subject(500)), (subject.Study, subject.Subject));
        Assert.Equal("Study 'small' has no subject 'S0500'. List its subjects to see their ids.", subject.Message);
        var arm = await Assert.ThrowsAsync<UnknownArmException>(() => client.ForecastAsync(SmallStudy.Key(1), new ArmId("placebo")));
        Assert.Equal([SmallStudy.Treated, SmallStudy.Control], arm.Known);
        var horizon = await Assert.ThrowsAsync<HorizonOutOfRangeException>(
            () => client.ForecastAsync(SmallStudy.Key(1), SmallStudy.Control, Duration.FromDays(1001)));
        Assert.Equal((Duration.FromDays(1001), Duration.FromDays(1000)), (horizon.Requested, horizon.Maximum));
        await Assert.ThrowsAsync<HorizonOutOfRangeException>(() => client.ForecastAsync(SmallStudy.Key(1), SmallStudy.Control, Duration.FromDays(0)));
        await Assert.ThrowsAsync<InvalidRequestException>(() => client.CompareAsync(SmallStudy.Key(1), [SmallStudy.Control, SmallStudy.Control]));
    }

    [Fact]
    public async Task Property_EveryWireRecordSurvivesTheWire()
    {
        await using var silo = await TestSilo.Start(gateway: 0);
        await using var far = await TwinClient.ConnectAsync(new TwinClientOptions { Port = silo.Silo.GatewayPort!.Value });
        await SmallStudy.SetUp(far, 20);

        var near = silo.Client;
        Assert.Equivalent(await near.DescribeAsync(SmallStudy.Key(1)), await far.DescribeAsync(SmallStudy.Key(1)), strict: true);
        Assert.Equivalent(
            await near.ForecastAsync(SmallStudy.Key(1), SmallStudy.Control, null, ForecastDetail.Band | ForecastDetail.Members),
            await far.ForecastAsync(SmallStudy.Key(1), SmallStudy.Control, null, ForecastDetail.Band | ForecastDetail.Members),
            strict: true);
        Assert.Equivalent(
            await near.CompareAsync(SmallStudy.Key(1), [SmallStudy.Control, SmallStudy.Treated]),
            await far.CompareAsync(SmallStudy.Key(1), [SmallStudy.Control, SmallStudy.Treated]),
            strict: true);
        Assert.Equivalent(await near.ExplainAsync(SmallStudy.Key(1), SmallStudy.Treated), await far.ExplainAsync(SmallStudy.Key(1), SmallStudy.Treated), strict: true);
        Assert.Equivalent(await near.SummarizeAsync(SmallStudy.Id), await far.SummarizeAsync(SmallStudy.Id), strict: true);
        Assert.Equal(20, await far.Study(SmallStudy.Id).ListAsync().CountAsync());
    }

    [Theory]
    [InlineData("small/S1", "small", "S1")]
    [InlineData("small/a/b", "small", "a/b")]
    public void Golden_TwinKeysEndTheStudyAtTheFirstSlash(string text, string study, string subject)
    {
        var key = TwinKey.Parse(text);
        Assert.Equal((study, subject), (key.Study.Value, key.Subject.Value));
        Assert.Equal(text, key.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("small")]
    [InlineData("small/")]
    [InlineData("/S1")]
    [InlineData("sm all/S1")]
    public void Error_TwinKeys(string text) => Assert.Throws<FormatException>(() => TwinKey.Parse(text));
}
