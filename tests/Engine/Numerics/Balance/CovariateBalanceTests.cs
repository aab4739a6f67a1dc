using DigitalTwin.Numerics.Balance;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Numerics.Balance;

public sealed class CovariateBalanceTests
{
    private static readonly ReferenceTable s_expected = ReferenceData.Table("causal/balance.csv");

    public static TheoryData<string, string> Rows()
    {
        var data = new TheoryData<string, string>();
        foreach (var stage in (string[])["before", "nearest", "replace"])
        {
            foreach (var name in GbsgDesign.Covariates)
            {
                data.Add(stage, name);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Reference_GbsgSummary_MatchesMatchIt451(string stage, string name)
    {
        var weights = stage == "before" ? [] : ReferenceData.Table("causal/matching.csv").Numbers(stage);
        var (stages, terms) = (s_expected.Text("stage"), s_expected.Text("term"));
        var row = Enumerable.Range(0, s_expected.RowCount).Single(r => stages[r] == stage && terms[r] == name);

        var actual = CovariateBalance.Of(GbsgDesign.Table.Numbers(name), GbsgDesign.Treated, weights, name == "meno", StandardizingDeviation.Treated);

        Agreement.Close(s_expected.Numbers("meanTreated")[row], actual.MeanTreated);
        Agreement.Close(s_expected.Numbers("meanControl")[row], actual.MeanControl);
        Agreement.Close(s_expected.Numbers("smd")[row], actual.StandardizedMeanDifference, floor: 1e-10);
        Agreement.Close(s_expected.Numbers("varianceRatio")[row], actual.VarianceRatio ?? double.NaN);
        Agreement.Close(s_expected.Numbers("ks")[row], actual.KolmogorovSmirnov);
    }

    [Fact]
    public void ClosedForm_PooledDeviation_DividesByTheRootOfTheMeanVariance()
    {
        double[] values = [1, 3, 10, 14];
        bool[] treated = [true, true, false, false];

        var actual = CovariateBalance.Of(values, treated, [], isBinary: false, StandardizingDeviation.Pooled);

        Assert.Equal((2 - 12) / Math.Sqrt((2 + 8) / 2.0), actual.StandardizedMeanDifference, 1e-12);
        Assert.Equal(1, actual.KolmogorovSmirnov, 1e-12);
    }
}
