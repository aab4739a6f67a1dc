using System.IO.Compression;
using DigitalTwin.Numerics.Survival;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Numerics.Survival;

/// <summary>The project's reference values, by their number; see Reference/survival/SOURCE.md.</summary>
public sealed class SurvivalTruthsTests
{
    private static readonly ReferenceValues Truths = ReferenceData.Values("survival/truths.csv");

    [Fact]
    public void Published_B70_GbsgHormoneTherapy()
    {
        var data = SurvivalData.Gbsg("hormon");
        AssertHazardRatio("B70", Fit(data), 2e-6);
        var treated = data.Table.Flags("hormon");
        var logRank = LogRank.Test(data.Times, data.Events, Array.ConvertAll(treated, t => t ? 1 : 0));
        Assert.Equal(Truths.Scalar("B70", "logrank"), logRank.Test.Statistic, 5e-4);
        var means = SurvivalContrast.RestrictedMean(data.Times, data.Events, treated, 1825, variance: CurveVariance.Greenwood);
        Agreement.Close(Truths.Vector("B70", "rmst.control"), [means.Control.Value, means.Control.StandardError], 4e-4);
        Agreement.Close(Truths.Vector("B70", "rmst.treated"), [means.Treated.Value, means.Treated.StandardError], 4e-4);
        AssertYears("survival.control", Arm(data, treated, false));
        AssertYears("survival.treated", Arm(data, treated, true));
        Assert.Equal(Truths.Scalar("B70", "median.control"), Arm(data, treated, false).Median.Value);
    }

    [Fact]
    public void Published_B71_GbsgAdjusted()
    {
        var data = SurvivalData.Gbsg(SurvivalData.GbsgColumns);
        var fit = Fit(data);
        Agreement.Close(Truths.Scalar("B71", "log.likelihood"), fit.LogLikelihood, 1e-7);
        Agreement.Close(Truths.Vector("B71", "hormon.pgr.nodes"), [fit.Coefficients[0], fit.Coefficients[6], fit.Coefficients[5]], 2e-6);
        AssertConcordance("B71", data, fit);
    }

    [Fact]
    public void Published_B73_PbcMayoModel()
    {
        var data = SurvivalData.PbcMayo();
        var fit = Fit(data);
        Agreement.Close(Truths.Vector("B73", "coefficients"), fit.Coefficients, 2e-6);
        Agreement.Close(Truths.Scalar("B73", "log.likelihood"), fit.LogLikelihood, 1e-7);
        AssertConcordance("B73", data, fit);
    }

    [Fact]
    public void Published_B74_PbcRestrictedMeans()
    {
        var data = SurvivalData.PbcTrial();
        var means = SurvivalContrast.RestrictedMean(
            Array.ConvertAll(data.Times, t => t / 365.25), data.Events, data.Table.Flags("trt"), 10, variance: CurveVariance.Greenwood);
        Agreement.Close(Truths.Vector("B74", "rmst.1"), [means.Treated.Value, means.Treated.StandardError], 2e-6);
        Agreement.Close(Truths.Vector("B74", "rmst.2"), [means.Control.Value, means.Control.StandardError], 2e-6);
    }

    [Fact]
    public void Published_B75_RotterdamNodePositive() =>
        Agreement.Close(Truths.Scalar("B75", "hazard.ratio"), Math.Exp(Fit(SurvivalData.RotterdamRecurrence()).Coefficients[0]), 2e-6);

    [Fact]
    public void Published_VeteranAndPbcTreatment()
    {
        AssertHazardRatio("veteran", Fit(SurvivalData.Veteran("trt")), 1e-3);
        AssertHazardRatio("pbc", Fit(SurvivalData.PbcTrial()), 1e-3);
    }

    [Fact]
    public void Published_B50_BorrowingExample()
    {
        var table = Shared("control_arms/example_matrix.csv.gz");
        var external = table.Flags("ext");
        AssertCovariates("hazard.ratio.internal", table.Where(r => !external[r]), "trt");
        AssertCovariates("hazard.ratio.pooled", table, "trt");
        AssertCovariates("hazard.ratio.adjusted", table, "trt", "cov1", "cov2", "cov3", "cov4");

        static void AssertCovariates(string quantity, ReferenceTable table, params string[] columns)
        {
            var fit = CoxRegression.Fit(
                table.Numbers("time"), table.Flags("cnsr", 0), SurvivalData.Matrix(columns.Select(table.Numbers)));
            Agreement.Close(Truths.Scalar("B50", quantity), Math.Exp(fit.Coefficients[0]), 2e-6);
        }
    }

    [Fact]
    public void Published_Myeloid()
    {
        var myeloid = Shared("trials/myeloid.csv.gz");
        var fit = CoxRegression.Fit(
            myeloid.Numbers("futime"), myeloid.Flags("death"), SurvivalData.Matrix([myeloid.Indicator("trt", "B")]));
        AssertHazardRatio("myeloid", fit, 1e-3);
    }

    private static CoxFit Fit(SurvivalData data) => CoxRegression.Fit(data.Times, data.Events, data.Covariates);

    private static void AssertHazardRatio(string @case, CoxFit fit, double relative)
    {
        var (log, error) = (fit.Coefficients[0], 1.959964 * fit.StandardErrors[0]);
        Agreement.Close(Truths.Scalar(@case, "hazard.ratio"), Math.Exp(log), relative);
        Agreement.Close(Truths.Vector(@case, "interval"), [Math.Exp(log - error), Math.Exp(log + error)], relative);
    }

    private static void AssertConcordance(string @case, SurvivalData data, CoxFit fit)
    {
        var estimate = Concordance.Estimate(data.Times, data.Events, fit.LinearPredictors(data.Covariates));
        Agreement.Close(Truths.Scalar(@case, "concordance"), estimate.Value, 2e-6);
    }

    private static void AssertYears(string quantity, SurvivalCurve curve)
    {
        double[] years = [1, 3, 5];
        Agreement.Close(Truths.Vector("B70", quantity), Array.ConvertAll(years, y => curve.At(365.25 * y).Survival), 2e-4);
    }

    private static SurvivalCurve Arm(SurvivalData data, bool[] treated, bool wanted)
    {
        var rows = Enumerable.Range(0, treated.Length).Where(i => treated[i] == wanted).ToArray();
        return KaplanMeier.Fit(Array.ConvertAll(rows, i => data.Times[i]), Array.ConvertAll(rows, i => data.Events[i]));
    }

    private static ReferenceTable Shared(string path)
    {
        var file = ReferenceData.SharedPathOrNull(path);
        Assert.SkipWhen(file is null, $"The data file {path} is not beside this repository.");
        using var stream = new GZipStream(File.OpenRead(file!), CompressionMode.Decompress);
        using var reader = new StreamReader(stream);
        return ReferenceTable.Parse(reader);
    }
}
