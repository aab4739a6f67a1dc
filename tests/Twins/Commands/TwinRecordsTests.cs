using DigitalTwin.Contracts;
using DigitalTwin.Grains;
using DigitalTwin.Models;
using DigitalTwin.Scenarios.Serving;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Twins;

public sealed class TwinRecordsTests
{
    public static TheoryData<OutcomeForecast> Forecasts =>
    [
        new SurvivalForecast([0, 5, 10], [1, 0.9, 0.8], [[1, 0.9, 0.8], [1, 0.95, 0.9]]),
        new BinaryForecast(0.4, [0.3, 0.5]),
        new ContinuousForecast(3, 1.5, [2, 4]),
    ];

    [Theory]
    [MemberData(nameof(Forecasts))]
    public void Property_AForecastComesBackAsTheModelGaveIt(OutcomeForecast forecast)
    {
        var answer = ForecastSummary.Of(forecast, ForecastDetail.Members, "mg/dL");
        var wire = new TwinForecast(SmallStudy.Id, SmallStudy.Subject(0), SmallStudy.Control, Duration.FromDays(10), "hash", 2, answer.Outcome);
        Assert.Equivalent(forecast, TwinRecords.Outcome(wire), strict: true);
    }

    [Fact]
    public void Error_AForecastWithoutMembersCannotComeBack()
    {
        var answer = ForecastSummary.Of(new BinaryForecast(0.4, [0.3, 0.5]), ForecastDetail.Band, "");
        var wire = new TwinForecast(SmallStudy.Id, SmallStudy.Subject(0), SmallStudy.Control, Duration.FromDays(10), "hash", 2, answer.Outcome);
        Assert.Throws<ArgumentException>(() => TwinRecords.Outcome(wire));
    }

    [Fact]
    public void Property_AValidationComesBackAsTheTrainerGaveIt()
    {
        var trial = new TrialData(
            [SmallStudy.Subject(0), SmallStudy.Subject(1)],
            [true, false],
            new CovariateMatrix(SmallStudy.Plan.Columns, 2, [1, 0, 2, 1]),
            new SurvivalOutcome([10, 20], [true, false], Duration.FromDays(30)));
        var data = new TwinTrainingData(trial, SmallStudy.Treated, SmallStudy.Control, 1);
        var trained = new LinearTrainer().Train(data, null, CancellationToken.None);

        var described = ModelDescriptions.Of(trained, SmallStudy.Plan, data).Description;

        Assert.Equivalent(trained.Validation, described.Validation.Select(TwinRecords.Validation).ToArray(), strict: true);
    }

    [Fact]
    public void Property_AnEnrolledTrialTrainsOnTheSameRows()
    {
        var trial = new TrialData(
            [SmallStudy.Subject(0), SmallStudy.Subject(1), SmallStudy.Subject(2)],
            [true, false, false],
            new CovariateMatrix(SmallStudy.Plan.Columns, 3, [1, 0, 2, 1, 3, 0]),
            new SurvivalOutcome([10, 20, 30], [true, false, true], SmallStudy.Plan.Horizon));

        var back = TrainingData.From(SmallStudy.Plan, TrialEnrolment.From(trial, SmallStudy.Treated, SmallStudy.Control).Reverse(), 1).Trial;

        Assert.Equal(trial.Subjects, back.Subjects);
        Assert.Equal(trial.Treated, back.Treated);
        Assert.Equal(trial.Covariates.Values.ToArray(), back.Covariates.Values.ToArray());
        Assert.Equivalent(trial.Outcome, back.Outcome, strict: true);
    }

    [Fact]
    public void ClosedForm_FollowUpIsCutAtTheHorizon()
    {
        SubjectEnrolment[] subjects =
        [
            new(SmallStudy.Subject(0), SmallStudy.Treated, [0, 0], new ObservedSurvival(1000, true)),
            new(SmallStudy.Subject(1), SmallStudy.Control, [0, 0], new ObservedSurvival(1000.5, true)),
        ];
        var outcome = (SurvivalOutcome)TrainingData.From(SmallStudy.Plan, subjects, 1).Trial.Outcome;
        Assert.Equal([1000, 1000], outcome.Days);
        Assert.Equal([true, false], outcome.HadEvent);
    }
}
