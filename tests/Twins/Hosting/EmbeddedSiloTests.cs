using System.Collections.Concurrent;
using DigitalTwin.Contracts;
using DigitalTwin.Hosting;

namespace DigitalTwin.Tests.Twins;

public sealed class EmbeddedSiloTests
{
    [Fact]
    public async Task ClosedForm_1500TwinsForecastTheArmTheyWereNotIn()
    {
        var launches = new ConcurrentBag<int>();
        await using var silo = await TestSilo.Start(new LinearTrainer { OnForecast = launches.Add });
        await SmallStudy.SetUp(silo.Client, 1500);

        var forecasts = await silo.Study.ForecastAsync(
            [.. Enumerable.Range(0, 1500).Select(SmallStudy.Subject)], new ForecastRequest(SmallStudy.Control, Detail: ForecastDetail.Members));

        // Mean follow-up of the control subjects i = 1, 3, ..., 1499: 300 plus the mean of the odd numbers below 50.
        for (var i = 0; i < 1500; i++)
        {
            var survival = Assert.IsType<SurvivalForecastOutcome>(forecasts[i].Outcome);
            Assert.Equal(SmallStudy.Subject(i), forecasts[i].Subject);
            Assert.Equal(Math.Exp(-Math.Exp(i % 10 / 10.0) / 325 * 1000), survival.Members[0][^1], 12);
        }

        Assert.Equal(1500, launches.Sum());
        Assert.True(launches.Count < 1500, "No two requests ever shared a launch.");
    }

    [Fact]
    public async Task Golden_RestartKeepsEveryTwin_AndTrainsNothingAnew()
    {
        using var folder = new TemporaryFolder();
        TwinForecast before;
        await using (var first = await TestSilo.Start(state: folder.Path))
        {
            await SmallStudy.SetUp(first.Client, 60);
            before = await first.Client.ForecastAsync(SmallStudy.Key(3), SmallStudy.Treated);
        }

        var trainer = new LinearTrainer();
        await using var second = await TestSilo.Start(trainer, folder.Path);
        var after = await second.Client.ForecastAsync(SmallStudy.Key(3), SmallStudy.Treated);
        await SmallStudy.SetUp(second.Client, 60);

        Assert.Equal(0, trainer.TrainingCount);
        Assert.Equal(before.ModelHash, after.ModelHash);
        Assert.Equal(Curve(before), Curve(after));
        Assert.Equal(60, (await second.Study.SummarizeAsync()).SubjectCount);
    }

    [Fact]
    public async Task Property_TwoSilosForecastAsOne()
    {
        var one = await Forecasts(siloCount: 1);
        var two = await Forecasts(siloCount: 2);
        Assert.Equal(one, two);
    }

    [Fact]
    public async Task Error_AStateFolderServesOneSilo()
    {
        using var folder = new TemporaryFolder();
        await using var first = await TestSilo.Start(state: folder.Path);
        await first.Study.OpenAsync(SmallStudy.Plan);

        var refused = Assert.Throws<IOException>(() => new SqliteStorage(Path.Combine(folder.Path, "twins.sqlite"), TestSilo.Serializer()));
        Assert.Contains("another silo", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_APortThatIsTakenIsNamed()
    {
        await using var first = await TestSilo.Start(gateway: 0);
        var refused = await Assert.ThrowsAsync<IOException>(() => TestSilo.Start(gateway: first.Silo.GatewayPort));
        Assert.Contains($"{first.Silo.GatewayPort}", refused.Message, StringComparison.Ordinal);
    }

    private static double[] Curve(TwinForecast forecast) => ((SurvivalForecastOutcome)forecast.Outcome).Survival;

    private static async Task<double[][]> Forecasts(int siloCount)
    {
        var launches = new ConcurrentDictionary<int, int>();
        LinearTrainer Trainer(int silo) => new() { OnForecast = count => launches.AddOrUpdate(silo, count, (_, before) => before + count) };
        await using var first = await TestSilo.Start(Trainer(1));
        await using var second = siloCount == 2 ? await TestSilo.Start(Trainer(2), storage: first.Storage, primary: first.Silo.SiloPort) : null;
        await first.Sees(siloCount);
        await (second?.Sees(siloCount) ?? Task.CompletedTask);
        await SmallStudy.SetUp(first.Client, 200);
        var forecasts = await first.Study.ForecastAsync([.. Enumerable.Range(0, 200).Select(SmallStudy.Subject)], new ForecastRequest(SmallStudy.Treated));
        Assert.Equal(siloCount, launches.Count);
        return [.. forecasts.Select(Curve)];
    }
}
