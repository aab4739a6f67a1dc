using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Regression;

namespace DigitalTwin.Numerics.Performance;

/// <summary>How right predicted probabilities are.</summary>
public static class ProbabilityScores
{
    /// <summary>No probability counts as smaller in a logarithm: one sure mistake shall not be infinitely bad.</summary>
    public const double SmallestProbability = 1e-15;

    private const double SmallestForLogit = 1e-6;

    /// <summary>Brier score: mean squared difference of probability and outcome [Brier1950].</summary>
    /// <param name="isCase">Shape [subjects].</param>
    /// <param name="probabilities">Shape [subjects], between 0 and 1.</param>
    /// <exception cref="ArgumentException">Lengths differ, or an entry is out of range.</exception>
    public static double Brier(ReadOnlySpan<bool> isCase, ReadOnlySpan<double> probabilities)
    {
        Check(isCase, probabilities);
        var sum = 0.0;
        for (var i = 0; i < isCase.Length; i++)
        {
            var error = (isCase[i] ? 1 : 0) - probabilities[i];
            sum += error * error;
        }

        return sum / isCase.Length;
    }

    /// <summary>Mean of the negative natural logarithm of the probability given to what happened [Good1952].</summary>
    /// <param name="codes">Shape [subjects], 0 to classes - 1.</param>
    /// <param name="probabilities">Shape [subjects, classes], between 0 and 1.</param>
    /// <exception cref="ArgumentException">Lengths differ, or an entry is out of range.</exception>
    public static double LogLoss(ReadOnlySpan<int> codes, RowMajorMatrix probabilities)
    {
        PerformanceInput.CheckLength(codes.Length, probabilities.RowCount, nameof(probabilities));
        var sum = 0.0;
        for (var i = 0; i < codes.Length; i++)
        {
            var probability = probabilities[i, codes[i]];
            PerformanceInput.CheckProbabilities([probability], nameof(probabilities));
            sum -= Math.Log(Math.Max(probability, SmallestProbability));
        }

        return sum / codes.Length;
    }

    /// <summary>Coefficient of the log odds in a logistic regression of the outcome: 1 is right, below 1 the probabilities are too extreme [Cox1958].</summary>
    /// <param name="isCase">Shape [subjects].</param>
    /// <param name="probabilities">Shape [subjects], between 0 and 1; held 1e-6 away from both for their log odds.</param>
    /// <returns>NaN where the regression has no maximum, for instance for a constant probability.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or an entry is out of range.</exception>
    public static double CalibrationSlope(ReadOnlySpan<bool> isCase, ReadOnlySpan<double> probabilities)
    {
        Check(isCase, probabilities);
        var logits = LogOdds(probabilities);
        if (logits.AsSpan().IndexOfAnyExcept(logits[0]) < 0)
        {
            return double.NaN;
        }

        var fit = LogisticRegression.Fit(Outcomes(isCase), new RowMajorMatrix(logits, logits.Length, 1));
        return fit.Status == RegressionStatus.Converged ? fit.Coefficients[1] : double.NaN;
    }

    /// <summary>Intercept of a logistic regression of the outcome with the log odds as offset: 0 is right, above 0 the probabilities are too low [Cox1958].</summary>
    /// <inheritdoc cref="CalibrationSlope" path="/param"/>
    /// <returns>NaN where all or none are cases.</returns>
    public static double CalibrationIntercept(ReadOnlySpan<bool> isCase, ReadOnlySpan<double> probabilities)
    {
        Check(isCase, probabilities);
        var fit = LogisticRegression.Fit(
            Outcomes(isCase), new RowMajorMatrix(Array.Empty<double>(), isCase.Length, 0), new LogisticOptions { Offsets = LogOdds(probabilities) });
        return fit.Status == RegressionStatus.Converged ? fit.Coefficients[0] : double.NaN;
    }

    private static void Check(ReadOnlySpan<bool> isCase, ReadOnlySpan<double> probabilities)
    {
        PerformanceInput.CheckLength(isCase.Length, probabilities.Length, nameof(probabilities));
        PerformanceInput.CheckProbabilities(probabilities, nameof(probabilities));
    }

    private static double[] Outcomes(ReadOnlySpan<bool> isCase)
    {
        var outcomes = new double[isCase.Length];
        for (var i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = isCase[i] ? 1 : 0;
        }

        return outcomes;
    }

    private static double[] LogOdds(ReadOnlySpan<double> probabilities)
    {
        var logits = new double[probabilities.Length];
        for (var i = 0; i < logits.Length; i++)
        {
            var p = Math.Clamp(probabilities[i], SmallestForLogit, 1 - SmallestForLogit);
            logits[i] = Math.Log(p / (1 - p));
        }

        return logits;
    }
}
