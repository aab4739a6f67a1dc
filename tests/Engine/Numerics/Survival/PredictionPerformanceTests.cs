using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Survival;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Numerics.Survival;

/// <summary>Oracle: the definitions of Uno et al. 2007, Graf et al. 1999 and Crowson et al. 2016 written out in R on survival 3.5-3,
/// Reference/survival/performance.R.</summary>
public sealed class PredictionPerformanceTests
{
    private static readonly ReferenceValues R = ReferenceData.Values("survival/performance.csv");

    [Fact]
    public void Reference_PbcMayo_MatchesDefinitionsInR() =>
        AssertMatches("pbc.mayo", SurvivalData.PbcMayo(), [365, 1000, 2000, 3000]);

    [Fact]
    public void Reference_ManyTies_MatchDefinitionsInR() =>
        AssertMatches("gbsg.coarse", SurvivalData.GbsgCoarse("nodes"), [4, 8, 12, 20]);

    [Fact]
    public void Reference_RotterdamModelOnGbsg_MatchesCoxphAndGlm()
    {
        var rotterdam = SurvivalData.RotterdamRecurrence();
        var covariates = SurvivalData.Matrix([rotterdam.Table.Numbers("nodes"), rotterdam.Table.Numbers("pgr")]);
        var model = CoxRegression.Fit(rotterdam.Times, rotterdam.Events, covariates);
        var gbsg = SurvivalData.Gbsg("nodes", "pgr");
        var predictors = model.LinearPredictors(gbsg.Covariates);
        var slope = SurvivalCalibration.Slope(gbsg.Times, gbsg.Events, predictors);
        Agreement.Close(R.Vector("rotterdam.on.gbsg", "slope"), [slope.Value, slope.StandardError]);
        var expected = new double[predictors.Length];
        for (var i = 0; i < expected.Length; i++)
        {
            expected[i] = model.BaselineHazard().At(gbsg.Times[i]) * Math.Exp(predictors[i]);
        }

        var intercept = SurvivalCalibration.Intercept(gbsg.Events, expected);
        Agreement.Close(R.Vector("rotterdam.on.gbsg", "intercept"), [intercept.Value, intercept.StandardError]);
    }

    [Fact]
    public void ClosedForm_NoCensoring_IsTheShareOfOrderedPairsAndTheMeanSquare()
    {
        double[] times = [1, 2, 3, 4, 5];
        bool[] events = [true, true, true, true, true];
        var auc = TimeDependentAuc.At(times, events, [5, 1, 2, 3, 1], 2);
        Assert.Equal((2, 3), (auc.CaseCount, auc.ControlCount));
        Agreement.Close(3.5 / 6, auc.Value);
        Agreement.Close((0.01 + 0.04 + 0.01 + 0.04 + 0.25) / 5, BrierScore.At(times, events, [0.1, 0.2, 0.9, 0.8, 0.5], 2));
    }

    [Fact]
    public void Property_CalibrationGroupsHoldEverySubjectOnce()
    {
        var data = SurvivalData.Gbsg("nodes", "pgr", "hormon");
        var fit = CoxRegression.Fit(data.Times, data.Events, data.Covariates);
        var predicted = new double[data.Times.Length];
        for (var i = 0; i < predicted.Length; i++)
        {
            predicted[i] = fit.PredictSurvival(data.Covariates.Row(i), [1095])[0];
        }

        var groups = SurvivalCalibration.Curve(data.Times, data.Events, predicted, 1095, 10);
        Assert.Equal(10, groups.Count);
        Assert.Equal(686, groups.Sum(g => g.Count));
        Assert.All(groups, g => Assert.InRange(g.Predicted, predicted.Min(), predicted.Max()));
        Assert.All(groups, g => Assert.InRange(g.Count, 66, 72));
        Agreement.Close(predicted.Average(), groups.Sum(g => g.Count * g.Predicted) / 686, 1e-12);
        Assert.Single(SurvivalCalibration.Curve(data.Times, data.Events, Array.ConvertAll(predicted, _ => 0.5), 1095, 4));
    }

    [Fact]
    public void Error_InputIsRefused()
    {
        double[] times = [1, 2, 3];
        bool[] events = [true, false, true];
        Assert.Throws<ArgumentException>(() => BrierScore.At(times, events, [0.1, 1.5, 0.3], 1.5));
        Assert.Throws<ArgumentException>(() => BrierScore.At(times, events, [0.1], 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => BrierScore.At(times, [true, true, false], [0.1, 0.2, 0.3], 3));
        Assert.Throws<ArgumentException>(() => BrierScore.Integrated(times, events, new RowMajorMatrix(new double[6], 3, 2), [2, 1]));
        Assert.Throws<ArgumentException>(() => TimeDependentAuc.At(times, events, [1, double.NaN, 2], 1.5));
        Assert.True(double.IsNaN(TimeDependentAuc.At(times, events, [1, 2, 3], 0.5).Value));
        Assert.Throws<ArgumentException>(() => SurvivalCalibration.Intercept(events, [1, -1, 1]));
        Assert.True(double.IsNaN(SurvivalCalibration.Slope(times, events, [1, 1, 1]).Value));
        Assert.Throws<ArgumentOutOfRangeException>(() => SurvivalCalibration.Curve(times, events, [0.1, 0.2, 0.3], 2, 4));
    }

    private static void AssertMatches(string @case, SurvivalData data, double[] grid)
    {
        var fit = CoxRegression.Fit(data.Times, data.Events, data.Covariates);
        var scores = fit.LinearPredictors(data.Covariates);
        Agreement.Close(
            R.Vector(@case, "auc"), Array.ConvertAll(grid, t => TimeDependentAuc.At(data.Times, data.Events, scores, t).Value));
        var predicted = new double[scores.Length * grid.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            fit.PredictSurvival(data.Covariates.Row(i), grid).CopyTo(predicted, i * grid.Length);
        }

        var matrix = new RowMajorMatrix(predicted, scores.Length, grid.Length);
        var brier = BrierScore.Integrated(data.Times, data.Events, matrix, grid);
        Agreement.Close(R.Vector(@case, "brier"), brier.Scores);
        Agreement.Close(R.Scalar(@case, "ibs"), brier.Value);
    }
}
