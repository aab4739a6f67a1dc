using DigitalTwin.Estimation;
using DigitalTwin.Tests.Reference;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Estimation;

public sealed class AdjustedSurvivalTests
{
    private static readonly TrialData s_trial = ExternalControlTrial.Build();
    private static readonly ReferenceValues s_expected = ReferenceData.Values("causal/external-control.csv");
    private static readonly MeasureRequest[] s_curves = [new(SummaryMeasure.SurvivalDifference), new(SummaryMeasure.RmstDifference)];

    [Fact]
    public void Reference_AdjustedCox_MatchesRSurvival353()
    {
        var estimate = OutcomeRegression.Estimate(s_trial, [new(SummaryMeasure.HazardRatio)], "cox").Single();

        Agreement.Close(Math.Exp(s_expected.Scalar("adjusted", "logHr")), estimate.Value);
        Agreement.Close(s_expected.Scalar("adjusted", "logHrSe"), estimate.StandardError);
    }

    [Theory]
    [InlineData("gcomp-att", EstimandPopulation.Att)]
    [InlineData("gcomp-ate", EstimandPopulation.Ate)]
    public void Reference_StandardisedCurves_MatchRSurvival353(string name, EstimandPopulation population)
    {
        var values = new double[2];

        Assert.True(new GComputation(s_trial, population, s_curves).TryEstimate([.. Enumerable.Repeat(1.0, s_trial.Count)], values));

        Agreement.Close(s_expected.Scalar(name, "survivalDifference5y"), values[0]);
        Agreement.Close(s_expected.Scalar(name, "rmstDifference5y"), values[1]);
    }

    [Theory]
    [InlineData("dr-att", EstimandPopulation.Att)]
    [InlineData("dr-ate", EstimandPopulation.Ate)]
    public void Reference_DoublyRobustOnPseudoObservations_MatchesR422(string name, EstimandPopulation population)
    {
        var estimates = DoublyRobust.Estimate(s_trial, population, s_curves, "dr");

        Agreement.Close(s_expected.Scalar(name, "survivalDifference5y"), estimates[0].Value);
        Agreement.Close(s_expected.Scalar(name, "rmstDifference5y"), estimates[1].Value);
        Assert.All(estimates, e => Assert.InRange(e.StandardError, 1e-3, 200));
    }

    [Fact]
    public void ClosedForm_StandardisedHazardRatio_OfProportionalCurves_IsTheirRatio()
    {
        // Survival S and S^0.7 at the same times: the marginal ratio of proportional hazards is 0.7, up to the width of the steps.
        double[] days = [.. Enumerable.Range(1, 5000).Select(d => (double)d)];
        var control = new StandardisedCurve(days, [.. days.Select(d => Math.Exp(-d / 2000))]);
        var treated = new StandardisedCurve(days, [.. days.Select(d => Math.Exp(-0.7 * d / 2000))]);

        Assert.Equal(Math.Log(0.7), StandardisedCurve.LogHazardRatio(treated, control, 4000), 1e-3);
    }

    [Fact]
    public void Property_StandardisedHazardRatio_StandsNearTheWeightedOne()
    {
        var value = new double[1];
        new GComputation(s_trial, EstimandPopulation.Att, [new(SummaryMeasure.HazardRatio)]).TryEstimate([.. Enumerable.Repeat(1.0, s_trial.Count)], value);

        Assert.Equal(s_expected.Scalar("att", "logHr"), value[0], 0.1);
    }

    [Fact]
    public void Error_TimePastTheFollowUp_IsRefusedByEveryEstimator()
    {
        MeasureRequest[] late = [new(SummaryMeasure.SurvivalDifference, Duration.FromDays(4000))];
        var weights = new SubjectWeights([.. Enumerable.Repeat(1.0, s_trial.Count)]);

        Assert.Throws<ArgumentOutOfRangeException>(() => WeightedEstimator.Estimate(s_trial, weights, late, "naive"));
        Assert.Throws<ArgumentOutOfRangeException>(() => DoublyRobust.Estimate(s_trial, EstimandPopulation.Att, late, "dr"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GComputation(s_trial, EstimandPopulation.Att, late));
    }
}
