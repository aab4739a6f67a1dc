using DigitalTwin.Numerics.Distributions;
using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Regression;
using DigitalTwin.Numerics.Survival;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Validation;

/// <summary>Discrimination and calibration of probabilities [Cox1958].</summary>
internal static class BinaryValidation
{
    private const double SmallestProbability = 1e-6;

    public static TwinArmValidation Of(ArmId arm, BinaryOutcome outcome, double[] probabilities)
    {
        var count = probabilities.Length;
        double[] outcomes = [.. outcome.Occurred.Select(o => o ? 1.0 : 0)];
        double[] logits = [.. probabilities.Select(Logit)];
        // With every event at one time and everybody else followed longer, concordance is the area under the ROC curve.
        double[] times = [.. outcomes.Select(o => 2 - o)];
        var auc = Concordance.Estimate(times, outcome.Occurred, probabilities);
        var slope = LogisticRegression.Fit(outcomes, new RowMajorMatrix(logits, count, 1));
        var intercept = LogisticRegression.Fit(outcomes, new RowMajorMatrix(Array.Empty<double>(), count, 0), new LogisticOptions { Offsets = logits });
        var mean = outcomes.Average();
        return new TwinArmValidation(
            arm,
            count,
            outcome.Occurred.Count(o => o),
            auc.Value,
            auc.StandardError,
            slope.Status == RegressionStatus.Converged ? slope.Coefficients[1] : double.NaN,
            slope.Status == RegressionStatus.Converged ? slope.StandardErrors[1] : double.NaN,
            intercept.Coefficients[0],
            intercept.StandardErrors[0],
            [new ValidationAtTime(null, auc.Value, Brier(outcomes, probabilities), mean * (1 - mean))],
            null,
            [.. ValidationGroups.Of(probabilities).Select(rows => Group(rows, outcomes, probabilities))]);
    }

    private static double Logit(double probability)
    {
        var p = Math.Clamp(probability, SmallestProbability, 1 - SmallestProbability);
        return Math.Log(p / (1 - p));
    }

    private static double Brier(double[] outcomes, double[] probabilities) =>
        outcomes.Select((o, i) => (o - probabilities[i]) * (o - probabilities[i])).Average();

    // Wilson's interval [Wilson1927].
    private static CalibrationPoint Group(int[] rows, double[] outcomes, double[] probabilities)
    {
        var n = rows.Length;
        var observed = rows.Average(r => outcomes[r]);
        var z = Normal.Quantile(0.975);
        var centre = (observed + (z * z / (2 * n))) / (1 + (z * z / n));
        var half = z / (1 + (z * z / n)) * Math.Sqrt((observed * (1 - observed) / n) + (z * z / (4.0 * n * n)));
        return new CalibrationPoint(rows.Average(r => probabilities[r]), observed, centre - half, centre + half, n);
    }
}
