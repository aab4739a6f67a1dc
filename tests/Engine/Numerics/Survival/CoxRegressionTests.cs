using DigitalTwin.Numerics.Survival;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Numerics.Survival;

/// <summary>Oracle: coxph of R survival 3.5-3 with eps = 1e-13, written by Reference/survival/cox.R.</summary>
public sealed class CoxRegressionTests
{
    private static readonly ReferenceValues R = ReferenceData.Values("survival/cox.csv");
    private static readonly double[] CoarseTimes = [1, 5, 12, 20, 29];

    [Theory]
    [InlineData(TieHandling.Efron, "efron")]
    [InlineData(TieHandling.Breslow, "breslow")]
    public void Reference_GbsgHormone_MatchesCoxph(TieHandling ties, string name) =>
        AssertMatches($"gbsg.hormon.{name}", Fit(SurvivalData.Gbsg("hormon"), new() { Ties = ties }));

    [Theory]
    [InlineData(TieHandling.Efron, "efron")]
    [InlineData(TieHandling.Breslow, "breslow")]
    public void Reference_GbsgAdjusted_MatchesCoxphBasehazAndResiduals(TieHandling ties, string name)
    {
        var fit = Fit(SurvivalData.Gbsg(SurvivalData.GbsgColumns), new() { Ties = ties });
        AssertMatches($"gbsg.adjusted.{name}", fit);
        double[] times = [100, 365, 1000, 1825, 2659];
        Agreement.Close(R.Vector($"gbsg.adjusted.{name}", "basehaz.all"), Array.ConvertAll(times, fit.BaselineHazard().At));
        Agreement.Close(R.Vector($"gbsg.adjusted.{name}", "martingale"), fit.MartingaleResiduals, floor: 1e-9);
        var robust = Fit(SurvivalData.Gbsg(SurvivalData.GbsgColumns), new() { Ties = ties, Robust = true });
        Agreement.Close(R.Vector($"gbsg.adjusted.{name}", "dfbeta.1"), Column(robust, 0), floor: 1e-10);
        Agreement.Close(R.Vector($"gbsg.adjusted.{name}", "dfbeta.8"), Column(robust, 7), floor: 1e-10);
    }

    [Theory]
    [InlineData(TieHandling.Efron, "efron")]
    [InlineData(TieHandling.Breslow, "breslow")]
    public void Reference_WeightsAndManyTies_MatchCoxphRobust(TieHandling ties, string name)
    {
        var fit = Fit(
            SurvivalData.GbsgCoarse("hormon", "age", "nodes", "pgr"),
            new() { Ties = ties, Weights = SurvivalData.GbsgCoarseWeights(), Robust = true });
        AssertMatches($"gbsg.coarse.weighted.{name}", fit);
        Agreement.Close(R.Vector($"gbsg.coarse.weighted.{name}", "basehaz.all"), Array.ConvertAll(CoarseTimes, fit.BaselineHazard().At));
        Agreement.Close(R.Vector($"gbsg.coarse.weighted.{name}", "martingale"), fit.MartingaleResiduals, floor: 1e-9);
        Agreement.Close(R.Vector($"gbsg.coarse.weighted.{name}", "dfbeta.1"), Column(fit, 0), floor: 1e-10);
    }

    [Fact]
    public void Reference_StrataWeightsClusters_MatchCoxphCluster()
    {
        var data = SurvivalData.GbsgCoarse("hormon", "age");
        var fit = Fit(data, new()
        {
            Weights = SurvivalData.GbsgCoarseWeights(),
            Strata = Array.ConvertAll(data.Table.Numbers("grade"), g => (int)g),
            Clusters = [.. Enumerable.Range(1, 686).Select(i => i % 40)],
        });
        AssertMatches("gbsg.strata.cluster", fit);
        foreach (var grade in new[] { 1, 2, 3 })
        {
            Agreement.Close(
                R.Vector("gbsg.strata.cluster", $"basehaz.grade={grade}"), Array.ConvertAll(CoarseTimes, fit.BaselineHazard(grade).At));
        }
    }

    [Fact]
    public void Reference_Offset_MatchesCoxph()
    {
        var data = SurvivalData.Gbsg("hormon");
        AssertMatches("gbsg.offset", Fit(data, new() { Offsets = Array.ConvertAll(data.Table.Numbers("nodes"), n => 0.05 * n) }));
    }

    [Fact]
    public void Reference_Ridge_MatchesCoxphRidge()
    {
        var fit = Fit(SurvivalData.Gbsg("hormon", "age", "nodes"), new() { RidgePenalty = [20, 20, 20] });
        Agreement.Close(R.Vector("gbsg.ridge", "coef"), fit.Coefficients);
        var penalty = 10 * fit.Coefficients.Sum(b => b * b);
        Agreement.Close(R.Vector("gbsg.ridge", "loglik")[1], fit.LogLikelihood + penalty, 1e-9);
    }

    [Fact]
    public void Reference_Rotterdam_MatchesCoxph()
    {
        AssertMatches("rotterdam.nodes", Fit(SurvivalData.RotterdamRecurrence()));
        AssertMatches("rotterdam.all", Fit(SurvivalData.RotterdamDeath()));
    }

    [Fact]
    public void Reference_PbcMayo_MatchesCoxphAndSurvfit()
    {
        var data = SurvivalData.PbcMayo();
        var fit = Fit(data);
        AssertMatches("pbc.mayo", fit);
        double[] times = [200, 1000, 2000, 3000, 4500];
        Agreement.Close(R.Vector("pbc.mayo", "basehaz.all"), Array.ConvertAll(times, fit.BaselineHazard().At));
        Agreement.Close(R.Vector("pbc.mayo", "survival.first"), fit.PredictSurvival(data.Covariates.Row(0), [100, 200, 400, 1000]));
    }

    [Fact]
    public void Reference_PbcTrial_MatchesCoxph() => AssertMatches("pbc.treatment", Fit(SurvivalData.PbcTrial()));

    [Fact]
    public void Reference_Veteran_MatchesCoxph()
    {
        AssertMatches("veteran.treatment", Fit(SurvivalData.Veteran("trt")));
        var data = SurvivalData.Veteran("trt", "karno", "diagtime", "age", "prior");
        AssertMatches("veteran.adjusted", Fit(data, new() { Strata = SurvivalData.Codes(data.Table.Text("celltype")) }));
    }

    [Fact]
    public void Reference_Lung_MatchesCoxph() => AssertMatches("lung.adjusted", Fit(SurvivalData.Lung()));

    private static CoxFit Fit(SurvivalData data, CoxOptions? options = null) =>
        CoxRegression.Fit(data.Times, data.Events, data.Covariates, options);

    private static void AssertMatches(string @case, CoxFit fit)
    {
        Assert.Equal(CoxStatus.Converged, fit.Status);
        Agreement.Close(R.Vector(@case, "coef"), fit.Coefficients);
        Agreement.Close(R.Vector(@case, "se"), fit.ModelStandardErrors);
        Agreement.Close(R.Vector(@case, "var"), fit.Covariance.Values, floor: 1e-10);
        Agreement.Close(R.Vector(@case, "loglik"), [fit.NullLogLikelihood, fit.LogLikelihood], 1e-10);
        Agreement.Close(R.Scalar(@case, "score"), fit.ScoreTest.Statistic);
        Agreement.Close(R.Scalar(@case, "wald"), fit.WaldTest.Statistic);
        Agreement.Close(R.Vector(@case, "means"), fit.Means);
        if (fit.RobustCovariance is { } robust)
        {
            Agreement.Close(R.Vector(@case, "robust.var"), robust.Values, floor: 1e-10);
        }
    }

    private static double[] Column(CoxFit fit, int column)
    {
        var dfBetas = fit.DfBetas!.Value;
        return [.. Enumerable.Range(0, dfBetas.RowCount).Select(i => dfBetas[i, column])];
    }
}
