using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Performance;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Numerics.Performance;

/// <summary>Oracles: scikit-learn 1.2.1 and R 4.2.2, Reference/evaluation.</summary>
public sealed class PerformanceMeasuresTests
{
    private static readonly ReferenceTable s_cases = ReferenceData.Table("evaluation/cases.csv");
    private static readonly ReferenceValues s_sklearn = ReferenceData.Values("evaluation/classes.csv");
    private static readonly ReferenceValues s_r = ReferenceData.Values("evaluation/calibration.csv");

    private static readonly bool[] s_y = s_cases.Flags("y");
    private static readonly double[] s_p = s_cases.Numbers("p");
    private static readonly int[] s_k = [.. s_cases.Numbers("k").Select(k => (int)k)];
    private static readonly RowMajorMatrix s_q = Matrix("q0", "q1", "q2", "q3");
    private static readonly double[] s_x = s_cases.Numbers("x");
    private static readonly double[] s_z = s_cases.Numbers("z");

    [Fact]
    public void Reference_BinaryMeasures_MatchScikitLearn()
    {
        Agreement.Close(Sklearn("auc"), RankedScores.AreaUnderRoc(s_y, s_p));
        Agreement.Close(Sklearn("average.precision"), RankedScores.AveragePrecision(s_y, s_p));
        Agreement.Close(Sklearn("brier"), ProbabilityScores.Brier(s_y, s_p));
        int[] codes = [.. s_y.Select(y => y ? 1 : 0)];
        var both = new RowMajorMatrix(s_p.SelectMany(p => new[] { 1 - p, p }).ToArray(), s_p.Length, 2);
        Agreement.Close(Sklearn("log.loss"), ProbabilityScores.LogLoss(codes, both));
        Agreement.Close(Sklearn("accuracy"), ClassAgreement.Accuracy(codes, ClassAgreement.Likeliest(both)));
        Agreement.Close(Sklearn("balanced.accuracy"), ClassAgreement.BalancedAccuracy(codes, ClassAgreement.Likeliest(both)));
    }

    [Fact]
    public void Reference_MeasuresOfFourClasses_MatchScikitLearn()
    {
        var predicted = ClassAgreement.Likeliest(s_q);
        Agreement.Close(Sklearn("macro.auc"), RankedScores.MeanAreaOneAgainstRest(s_k, s_q));
        Agreement.Close(Sklearn("multi.log.loss"), ProbabilityScores.LogLoss(s_k, s_q));
        Agreement.Close(Sklearn("multi.accuracy"), ClassAgreement.Accuracy(s_k, predicted));
        Agreement.Close(Sklearn("multi.balanced.accuracy"), ClassAgreement.BalancedAccuracy(s_k, predicted));
        Agreement.Close(Sklearn("weighted.kappa"), ClassAgreement.QuadraticWeightedKappa(s_k, predicted, 4));
    }

    [Fact]
    public void Reference_Correlations_MatchNumpyAndR()
    {
        Agreement.Close(Sklearn("pearson"), Correlation.Pearson(s_x, s_z));
        Agreement.Close(Sklearn("pearson.within"), Correlation.PearsonWithin(s_x, s_z, [.. s_cases.Numbers("g").Select(g => (int)g)]));
        Agreement.Close(s_r.Scalar("calibration", "spearman"), Correlation.Spearman(s_x, s_z));
    }

    [Fact]
    public void Reference_Calibration_MatchesGlm()
    {
        Agreement.Close(s_r.Scalar("calibration", "slope"), ProbabilityScores.CalibrationSlope(s_y, s_p), 1e-7);
        Agreement.Close(s_r.Scalar("calibration", "intercept"), ProbabilityScores.CalibrationIntercept(s_y, s_p), 1e-7);
    }

    [Fact]
    public void Property_WhatCannotBeMeasuredIsNotANumber()
    {
        Assert.True(double.IsNaN(RankedScores.AreaUnderRoc([true, true], [0.1, 0.2])));
        Assert.True(double.IsNaN(RankedScores.AveragePrecision([false, false], [0.1, 0.2])));
        Assert.True(double.IsNaN(ProbabilityScores.CalibrationSlope([true, false], [0.4, 0.4])));
        Assert.True(double.IsNaN(ProbabilityScores.CalibrationIntercept([true, true], [0.4, 0.4])));
        Assert.True(double.IsNaN(Correlation.Pearson([1, 1], [1, 2])));
        Assert.True(double.IsNaN(Correlation.Pearson([0.1, 0.1, 0.1], [1, 2, 4])));
        Assert.True(double.IsNaN(Correlation.PearsonWithin([1, 2], [1, 2], [0, 0])));
        Assert.True(double.IsNaN(ClassAgreement.QuadraticWeightedKappa([1, 1], [1, 1], 2)));
    }

    /// <summary>One sure mistake costs -ln(1e-15), not infinity.</summary>
    [Fact]
    public void ClosedForm_ASureMistakeIsBounded() =>
        Agreement.Close(-Math.Log(1e-15) / 2, ProbabilityScores.LogLoss([0, 1], new RowMajorMatrix(new double[] { 0, 1, 0, 1 }, 2, 2)));

    [Fact]
    public void Error_LengthsAndRanges()
    {
        Assert.Throws<ArgumentException>(() => RankedScores.AreaUnderRoc([true], [1, 2]));
        Assert.Throws<ArgumentException>(() => RankedScores.AreaUnderRoc([true], [double.NaN]));
        Assert.Throws<ArgumentException>(() => ProbabilityScores.Brier([true], [1.1]));
    }

    private static double Sklearn(string quantity) => s_sklearn.Scalar("classes", quantity);

    private static RowMajorMatrix Matrix(params string[] columns)
    {
        var parts = columns.Select(s_cases.Numbers).ToArray();
        return new RowMajorMatrix(Enumerable.Range(0, s_cases.RowCount).SelectMany(i => parts.Select(p => p[i])).ToArray(), s_cases.RowCount, columns.Length);
    }
}
