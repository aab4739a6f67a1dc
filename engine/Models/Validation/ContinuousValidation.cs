using DigitalTwin.Numerics.Distributions;
using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Regression;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Validation;

/// <summary>Calibration and explained variance of predicted means.</summary>
internal static class ContinuousValidation
{
    public static TwinArmValidation Of(ArmId arm, ContinuousOutcome outcome, double[] means)
    {
        var values = outcome.Values;
        var line = LinearRegression.Fit(values, new RowMajorMatrix(means, means.Length, 1));
        // The covariance is [2, 2], intercept first.
        double[] residuals = [.. values.Select((v, i) => v - means[i])];
        var (bias, biasError) = MeanAndError(residuals);
        var average = values.Average();
        var explained = 1 - (residuals.Sum(r => r * r) / values.Sum(v => (v - average) * (v - average)));
        return new TwinArmValidation(
            arm, means.Length, 0, null, null, line.Coefficients[1], Math.Sqrt(line.Covariance[3]), bias, biasError, [], explained,
            [.. ValidationGroups.Of(means).Select(rows => Group(rows, values, means))]);
    }

    private static CalibrationPoint Group(int[] rows, double[] values, double[] means)
    {
        var (observed, error) = MeanAndError([.. rows.Select(r => values[r])]);
        var half = Normal.Quantile(0.975) * error;
        return new CalibrationPoint(rows.Average(r => means[r]), observed, observed - half, observed + half, rows.Length);
    }

    private static (double Mean, double StandardError) MeanAndError(double[] values)
    {
        var mean = values.Average();
        return (mean, Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / Math.Max(1, values.Length - 1) / values.Length));
    }
}
