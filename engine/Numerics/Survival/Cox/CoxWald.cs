using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Numerics.Survival;

/// <summary>Wald test that all fitted coefficients are zero.</summary>
internal static class CoxWald
{
    public static ChiSquaredTest Test(double[] coefficients, RowMajorMatrix covariance)
    {
        var fitted = Enumerable.Range(0, coefficients.Length).Where(j => double.IsFinite(coefficients[j])).ToArray();
        if (fitted.Length == 0)
        {
            return new ChiSquaredTest(double.NaN, 0);
        }

        var matrix = new double[fitted.Length * fitted.Length];
        var diagonal = new double[fitted.Length];
        var solution = new double[fitted.Length];
        for (var i = 0; i < fitted.Length; i++)
        {
            solution[i] = coefficients[fitted[i]];
            diagonal[i] = 0;
            for (var j = 0; j < fitted.Length; j++)
            {
                matrix[(i * fitted.Length) + j] = covariance[fitted[i], fitted[j]];
            }
        }

        var factor = new InformationFactor(fitted.Length);
        factor.Factor(matrix, fitted.Length, diagonal, maySetAside: true);
        factor.Solve(solution);
        var statistic = 0.0;
        for (var i = 0; i < fitted.Length; i++)
        {
            statistic += solution[i] * coefficients[fitted[i]];
        }

        return new ChiSquaredTest(statistic, fitted.Length);
    }
}
