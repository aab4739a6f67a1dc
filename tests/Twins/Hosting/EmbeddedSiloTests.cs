using System.Diagnostics;
using DigitalTwin.Client;
using DigitalTwin.Contracts;
using DigitalTwin.Hosting;

namespace DigitalTwin.Tests.Twins;

public sealed class EmbeddedSiloTests
{
    [Fact]
    public async Task Speed_StartEnrolAndForecast1500Subjects()
    {
        var watch = Stopwatch.StartNew();
        await using var silo = await EmbeddedSilo.StartAsync(new EmbeddedSiloOptions { Trainers = [new LinearTrainer()] });
        var started = watch.Elapsed;
        var client = TwinClient.Over(silo.Client);
        var study = client.Study(SmallStudy.Id);
        await study.OpenAsync(SmallStudy.Plan);
        await study.EnrolAsync(SmallStudy.Enrolment, SmallStudy.Subjects(1500));
        var enrolled = watch.Elapsed;
        await study.TrainAsync(SmallStudy.Training);
        var trained = watch.Elapsed;
        var forecasts = await study.ForecastAsync(
            [.. Enumerable.Range(0, 1500).Select(SmallStudy.Subject)], new ForecastRequest(SmallStudy.Control, Detail: ForecastDetail.Members));
        var forecast = watch.Elapsed;
        TestContext.Current.TestOutputHelper?.WriteLine($"start {started}, enrol {enrolled}, train {trained}, forecast {forecast}");
        Assert.Equal(1500, forecasts.Count);
    }
}
