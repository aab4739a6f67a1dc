using System.Diagnostics;
using DigitalTwin.Models;
using DigitalTwin.Models.Penalized;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models;

public sealed class PenalizedTwinModelTests
{
    [Fact]
    public void Scratch()
    {
        var trial = HormoneTherapyTrial.Load();
        for (var rep = 0; rep < 3; rep++)
        {
            var clock = Stopwatch.StartNew();
            var trained = new PenalizedTwinTrainer(new TwinOptions { MaxThreads = 2 }).Train(
                new TwinTrainingData(trial, HormoneTherapyTrial.Treated, HormoneTherapyTrial.Control, 1), null, CancellationToken.None);
            var t1 = clock.Elapsed;
            var forecasts = trained.Model.Forecast(trial.Subjects, trial.Covariates.Values.Span, HormoneTherapyTrial.Control, HormoneTherapyTrial.Horizon);
            TestContext.Current.TestOutputHelper!.WriteLine($"{t1.TotalSeconds} s, forecast {(clock.Elapsed - t1).TotalSeconds}, bytes {trained.Model.Serialize().Length} {((SurvivalForecast)forecasts[0]).Survival[^1]}");
        }
    }
}
