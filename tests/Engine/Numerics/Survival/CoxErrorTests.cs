using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Survival;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Numerics.Survival;

public sealed class CoxErrorTests
{
    private static readonly double[] Times = [1, 2, 3, 4, 5, 6];
    private static readonly bool[] Events = [true, true, false, true, true, false];
    private static readonly double[] Covariate = [1, 0, 2, 1, 0, 3];

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    public void Error_TimeOutOfRange_NamesTheSubject(double bad)
    {
        var error = Assert.Throws<ArgumentException>(() => CoxRegression.Fit([1, 2, bad, 4, 5, 6], Events, Column(Covariate)));
        Assert.Contains("time at 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_LengthsDiffer()
    {
        Assert.Throws<ArgumentException>(() => CoxRegression.Fit(Times, Events.AsSpan(1), Column(Covariate)));
        Assert.Throws<ArgumentException>(() => CoxRegression.Fit(Times, Events, Column([1, 2])));
        Assert.Throws<ArgumentException>(() => CoxRegression.Fit(Times, Events, Column(Covariate), new() { Weights = [1] }));
        Assert.Throws<ArgumentException>(() => CoxRegression.Fit(Times, Events, Column(Covariate), new() { Strata = [1] }));
        Assert.Throws<ArgumentException>(() => CoxRegression.Fit(Times, Events, Column(Covariate), new() { Clusters = [1] }));
        Assert.Throws<ArgumentException>(() => CoxRegression.Fit(Times, Events, Column(Covariate), new() { Offsets = [1] }));
        Assert.Throws<ArgumentException>(() => CoxRegression.Fit(Times, Events, Column(Covariate), new() { RidgePenalty = [1, 1] }));
        Assert.Throws<ArgumentException>(() => CoxRegression.Fit([], [], Column([])));
    }

    [Fact]
    public void Error_CovariateNotFinite_NamesRowAndColumn()
    {
        var error = Assert.Throws<ArgumentException>(() => CoxRegression.Fit(Times, Events, Column([1, 0, double.NaN, 1, 0, 3])));
        Assert.Contains("row 2, column 0", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void Error_WeightOutOfRange(double bad)
    {
        var workspace = new CoxWorkspace(Times, Events, Column(Covariate));
        Assert.Throws<ArgumentException>(() => workspace.Fit([1, 1, bad, 1, 1, 1]));
        Assert.Throws<ArgumentException>(() => workspace.Fit([0, 0, 0, 0, 0, 0]));
    }

    [Fact]
    public void Error_NoEvents_IsAStatusAndNothingIsEstimated()
    {
        var fit = CoxRegression.Fit(Times, new bool[6], Column(Covariate), new() { Robust = true });
        Assert.Equal(CoxStatus.NoEvents, fit.Status);
        Assert.True(double.IsNaN(fit.Coefficients[0]));
        Assert.True(double.IsNaN(fit.StandardErrors[0]));
    }

    [Fact]
    public void Error_ConstantColumn_IsNamedAndTheOthersAreFitted()
    {
        var constant = SurvivalData.Matrix([Covariate, [0.1, 0.1, 0.1, 0.1, 0.1, 0.1]]);
        var fit = CoxRegression.Fit(Times, Events, constant, new() { Robust = true });
        Assert.Equal(CoxStatus.SingularCovariates, fit.Status);
        Assert.Equal(1, fit.StatusColumn);
        Assert.Contains("Column 1", fit.StatusSentence, StringComparison.Ordinal);
        Assert.True(double.IsNaN(fit.Coefficients[1]));
        var alone = CoxRegression.Fit(Times, Events, Column(Covariate), new() { Robust = true });
        Agreement.Close(alone.Coefficients[0], fit.Coefficients[0]);
        Agreement.Close(alone.StandardErrors[0], fit.StandardErrors[0]);
        Agreement.Close(alone.DfBetas!.Value[3, 0], fit.DfBetas!.Value[3, 0]);
        Assert.Equal(1, fit.WaldTest.DegreesOfFreedom);
    }

    [Fact]
    public void Error_CollinearColumn_IsNamed()
    {
        var data = SurvivalData.Gbsg("age", "nodes");
        var sum = new double[686];
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] = (3 * data.Covariates[i, 0]) - data.Covariates[i, 1];
        }

        var covariates = SurvivalData.Matrix([data.Table.Numbers("age"), data.Table.Numbers("nodes"), sum]);
        var fit = CoxRegression.Fit(data.Times, data.Events, covariates);
        Assert.Equal(CoxStatus.SingularCovariates, fit.Status);
        Assert.Equal(2, fit.StatusColumn);
    }

    [Fact]
    public void Error_ColumnConstantAmongThoseWithWeight_IsNamed()
    {
        var workspace = new CoxWorkspace(Times, Events, Column([7, 7, 7, 7, 7, 9]));
        var estimate = workspace.Fit([1, 1, 1, 1, 1, 0]);
        Assert.Equal(CoxStatus.SingularCovariates, estimate.Status);
    }

    [Fact]
    public void Error_Separation_NamesTheCoefficientThatRunsToInfinity()
    {
        // Every treated subject outlives every event of the controls.
        var covariates = SurvivalData.Matrix([Covariate, [1, 1, 1, 0, 0, 0]]);
        var fit = CoxRegression.Fit(Times, [true, true, true, false, false, false], covariates);
        Assert.Equal(CoxStatus.MonotoneLikelihood, fit.Status);
        Assert.Equal(1, fit.StatusColumn);
        Assert.Contains("infinity", fit.StatusSentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_RareGroupWithoutEvents_RunsToMinusInfinity()
    {
        var data = SurvivalData.Gbsg("age");
        var rare = new double[686];
        foreach (var subject in Enumerable.Range(0, 686).Where(i => !data.Events[i]).Take(5))
        {
            rare[subject] = 1;
        }

        var fit = CoxRegression.Fit(data.Times, data.Events, SurvivalData.Matrix([data.Table.Numbers("age"), rare]));
        Assert.Equal(CoxStatus.MonotoneLikelihood, fit.Status);
        Assert.Equal(1, fit.StatusColumn);
        Assert.True(fit.Coefficients[1] < -10);
    }

    [Fact]
    public void Error_IterationLimit_IsAStatus()
    {
        var data = SurvivalData.Gbsg(SurvivalData.GbsgColumns);
        var fit = CoxRegression.Fit(data.Times, data.Events, data.Covariates, new() { MaxIterations = 1 });
        Assert.NotEqual(CoxStatus.Converged, fit.Status);
    }

    [Fact]
    public void Error_UnknownStratumOrOtherCovariateCount()
    {
        var fit = CoxRegression.Fit(Times, Events, Column(Covariate));
        Assert.Throws<ArgumentOutOfRangeException>(() => fit.BaselineHazard(4));
        Assert.Throws<ArgumentException>(() => fit.LinearPredictor([1, 2]));
    }

    private static RowMajorMatrix Column(double[] values) => new(values, values.Length, 1);
}
