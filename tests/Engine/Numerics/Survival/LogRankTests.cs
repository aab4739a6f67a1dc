using DigitalTwin.Numerics.Survival;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Numerics.Survival;

/// <summary>Oracle: survdiff of R survival 3.5-3, written by Reference/survival/curves.R.</summary>
public sealed class LogRankTests
{
    private static readonly ReferenceValues R = ReferenceData.Values("survival/curves.csv");

    [Theory]
    [InlineData(0, "logrank.gbsg")]
    [InlineData(1, "logrank.gbsg.rho1")]
    public void Reference_GbsgHormone_MatchesSurvdiff(double rho, string name)
    {
        var data = SurvivalData.Gbsg("hormon");
        AssertMatches(name, LogRank.Test(data.Times, data.Events, Codes(data, "hormon"), rho: rho));
    }

    [Fact]
    public void Reference_FourCellTypes_MatchSurvdiff()
    {
        var data = SurvivalData.Veteran("trt");

        // R orders the levels squamous, smallcell, adeno, large.
        var groups = Array.ConvertAll(data.Table.Text("celltype"), c => Array.IndexOf(["squamous", "smallcell", "adeno", "large"], c));
        AssertMatches("logrank.veteran.celltype", LogRank.Test(data.Times, data.Events, groups));
    }

    [Fact]
    public void Reference_Strata_MatchSurvdiff()
    {
        var data = SurvivalData.Veteran("trt");
        var strata = SurvivalData.Codes(data.Table.Text("celltype"));
        AssertMatches("logrank.veteran.strata", LogRank.Test(data.Times, data.Events, Codes(data, "trt"), strata));
    }

    [Fact]
    public void Reference_ManyTies_MatchSurvdiff()
    {
        var data = SurvivalData.GbsgCoarse("grade");
        AssertMatches("logrank.coarse", LogRank.Test(data.Times, data.Events, Codes(data, "grade"), rho: 0.5));
    }

    [Fact]
    public void Error_OneGroup() => Assert.Throws<ArgumentException>(() => LogRank.Test([1, 2], [true, true], [3, 3]));

    private static int[] Codes(SurvivalData data, string column) => Array.ConvertAll(data.Table.Numbers(column), v => (int)v);

    private static void AssertMatches(string @case, LogRankTest test)
    {
        Agreement.Close(R.Scalar(@case, "chisq"), test.Test.Statistic);
        Agreement.Close(R.Scalar(@case, "p"), test.Test.PValue);
        Agreement.Close(R.Vector(@case, "obs"), test.Observed);
        Agreement.Close(R.Vector(@case, "exp"), test.Expected);
        Agreement.Close(R.Vector(@case, "var"), test.Covariance.Values);
    }
}
