using DigitalTwin.Models;
using DigitalTwin.Models.Penalized;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Tests.Reference;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models;

public sealed class PenalizedTwinModelTests
{
    private static readonly TwinOptions Small = new() { FoldCount = 3, MembersPerFold = 4 };
    private static readonly Lazy<(TrialData Trial, TrainedTwinModel Trained)> Gbsg = new(() =>
    {
        var trial = HormoneTherapyTrial.Load();
        return (trial, Train(trial, Small));
    });

    [Fact]
    public void Property_ForecastsDoNotDependOnThreads()
    {
        var (trial, trained) = Gbsg.Value;
        Assert.Equal(trained.Model.Hash, Train(trial, Small with { MaxThreads = 1 }).Model.Hash);
    }

    [Fact]
    public void Property_SurvivalStartsAtOneAndNeverRises()
    {
        foreach (var forecast in Forecasts(HormoneTherapyTrial.Treated).Cast<SurvivalForecast>())
        {
            Assert.Equal(1, forecast.Survival[0]);
            Assert.True(forecast.Survival.Zip(forecast.Survival.Skip(1)).All(p => p.First >= p.Second && p.Second >= 0));
        }
    }

    [Fact]
    public void Property_ControlForecastsNeverSawTreatedOutcomes()
    {
        var (trial, trained) = Gbsg.Value;
        var survival = (SurvivalOutcome)trial.Outcome;
        var changed = survival with { Days = [.. survival.Days.Select((d, i) => trial.Treated[i] ? (d * 0.5) + 1 : d)] };
        var other = Train(new TrialData(trial.Subjects, trial.Treated, trial.Covariates, changed), Small);
        Assert.NotEqual(trained.Model.Hash, other.Model.Hash);
        var before = Forecasts(HormoneTherapyTrial.Control);
        var after = other.Model.Forecast(trial.Subjects, trial.Covariates.Values.Span, HormoneTherapyTrial.Control, HormoneTherapyTrial.Horizon);
        for (var i = 0; i < trial.Count; i++)
        {
            Assert.Equal(((SurvivalForecast)before[i]).Survival, ((SurvivalForecast)after[i]).Survival);
        }
    }

    [Fact]
    public void Property_AForecastOfATrainingSubjectIgnoresItsOwnOutcome()
    {
        var (trial, trained) = Gbsg.Value;
        var survival = (SurvivalOutcome)trial.Outcome;
        var subject = trial.TreatedCount + 7;
        var days = (double[])survival.Days.Clone();
        days[subject] = (days[subject] * 0.25) + 1;
        var other = Train(new TrialData(trial.Subjects, trial.Treated, trial.Covariates, survival with { Days = days }), Small);
        var row = trial.Covariates.Row(subject);
        var before = trained.Model.Forecast([trial.Subjects[subject]], row, HormoneTherapyTrial.Control, HormoneTherapyTrial.Horizon);
        var after = other.Model.Forecast([trial.Subjects[subject]], row, HormoneTherapyTrial.Control, HormoneTherapyTrial.Horizon);
        Assert.Equal(((SurvivalForecast)before[0]).Survival, ((SurvivalForecast)after[0]).Survival);
        Assert.NotEqual(trained.Model.Hash, other.Model.Hash);
    }

    [Fact]
    public void Property_AModelReadBackForecastsTheSame()
    {
        var (trial, trained) = Gbsg.Value;
        var read = new PenalizedTwinTrainer(Small).Read(trained.Model.Serialize());
        Assert.Equal(trained.Model.Hash, read.Hash);
        var forecast = (SurvivalForecast)read.Forecast([new SubjectId("new")], trial.Covariates.Row(3), HormoneTherapyTrial.Treated, Duration.FromDays(700))[0];
        Assert.Equal(700, forecast.GridDays[^1]);
        Assert.Equal(Small.FoldCount * Small.MembersPerFold, forecast.Members.Length);
    }

    [Fact]
    public void Property_ContributionsSumToTheLinearPredictor()
    {
        var (trial, trained) = Gbsg.Value;
        var model = trained.Model;
        SurvivalForecast At(int row) => (SurvivalForecast)model.Forecast([new SubjectId("new")], trial.Covariates.Row(row), HormoneTherapyTrial.Control, HormoneTherapyTrial.Horizon)[0];
        double Sum(int row) => model.Explain(new SubjectId("new"), trial.Covariates.Row(row), HormoneTherapyTrial.Control, HormoneTherapyTrial.Horizon).Sum(c => c.Contribution);
        double LogCumulativeHazard(int row) => At(row).Members.Average(m => Math.Log(-Math.Log(m[^1])));
        Agreement.Close(LogCumulativeHazard(5) - LogCumulativeHazard(9), Sum(5) - Sum(9), 1e-9);
    }

    [Fact]
    public void ClosedForm_ABinaryTwinRecoversTheLogOddsItWasMadeFrom()
    {
        var trial = Simulated(4000, (x, treated, stream) => stream.NextDouble() < 1 / (1 + Math.Exp(-(-0.5 + x - (treated ? 0.8 : 0)))) ? 1 : 0, binary: true);
        var model = Train(trial, Small).Model;
        double At(double x, ArmId arm) => ((BinaryForecast)model.Forecast([new SubjectId("new")], [x, 0], arm, HormoneTherapyTrial.Horizon)[0]).Probability;
        Assert.InRange(At(1, HormoneTherapyTrial.Control), 0.622 - 0.04, 0.622 + 0.04); // 1 / (1 + exp(-0.5))
        Assert.InRange(At(1, HormoneTherapyTrial.Treated), 0.426 - 0.04, 0.426 + 0.04); // 1 / (1 + exp(0.3))
    }

    [Fact]
    public void ClosedForm_AContinuousTwinRecoversMeanAndSpread()
    {
        var trial = Simulated(4000, (x, treated, stream) => 10 + (3 * x) - (treated ? 2 : 0) + (1.5 * stream.NextGaussian()), binary: false);
        var model = Train(trial, Small).Model;
        ContinuousForecast At(double x, ArmId arm) => (ContinuousForecast)model.Forecast([new SubjectId("new")], [x, 0], arm, HormoneTherapyTrial.Horizon)[0];
        Assert.InRange(At(1, HormoneTherapyTrial.Control).Mean, 12.8, 13.2);
        Assert.InRange(At(1, HormoneTherapyTrial.Treated).Mean, 10.8, 11.2);
        Assert.InRange(At(0, HormoneTherapyTrial.Control).ResidualStandardDeviation, 1.4, 1.6);
    }

    [Fact]
    public void Error_TooFewEventsIsRefusedWithTheNumber()
    {
        var trial = Gbsg.Value.Trial;
        var survival = (SurvivalOutcome)trial.Outcome;
        var silent = new TrialData(trial.Subjects, trial.Treated, trial.Covariates, survival with { HadEvent = [.. survival.HadEvent.Select((e, i) => e && !trial.Treated[i])] });
        var error = Assert.Throws<TwinTrainingException>(() => Train(silent, Small));
        Assert.Contains("treated arm has 0 events", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"Format\":99}")]
    [InlineData("not a model")]
    public void Error_BytesThatAreNoModel(string text) =>
        Assert.Throws<InvalidDataException>(() => new PenalizedTwinTrainer(Small).Read(System.Text.Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Error_UnknownArmAndHorizonPastTheTraining()
    {
        var (trial, trained) = Gbsg.Value;
        Assert.Throws<ArgumentException>(() => trained.Model.Forecast([trial.Subjects[0]], trial.Covariates.Row(0), new ArmId("other"), HormoneTherapyTrial.Horizon));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => trained.Model.Forecast([trial.Subjects[0]], trial.Covariates.Row(0), HormoneTherapyTrial.Control, Duration.From(6, TimeUnit.Year)));
    }

    private static IReadOnlyList<OutcomeForecast> Forecasts(ArmId arm)
    {
        var (trial, trained) = Gbsg.Value;
        return trained.Model.Forecast(trial.Subjects, trial.Covariates.Values.Span, arm, HormoneTherapyTrial.Horizon);
    }

    private static TrainedTwinModel Train(TrialData trial, TwinOptions options) => new PenalizedTwinTrainer(options).Train(
        new TwinTrainingData(trial, HormoneTherapyTrial.Treated, HormoneTherapyTrial.Control, 20240229), null, CancellationToken.None);

    private static TrialData Simulated(int count, Func<double, bool, RandomStream, double> outcome, bool binary)
    {
        var stream = new RandomStream(new StreamKey(7, 0, 0, 0, RandomPurpose.Outcome));
        bool[] treated = [.. Enumerable.Range(0, count).Select(i => i < count / 2)];
        double[] covariates = [.. Enumerable.Range(0, 2 * count).Select(_ => stream.NextGaussian())];
        double[] outcomes = [.. treated.Select((t, i) => outcome(covariates[2 * i], t, stream))];
        CovariateColumn[] columns = [new("x", null, "x", false, "1"), new("noise", null, "noise", false, "1")];
        return new TrialData(
            [.. Enumerable.Range(0, count).Select(i => new SubjectId($"s{i:D5}"))],
            treated,
            new CovariateMatrix(columns, count, covariates),
            binary ? new BinaryOutcome([.. outcomes.Select(o => o == 1)]) : new ContinuousOutcome(outcomes, "1"));
    }
}
