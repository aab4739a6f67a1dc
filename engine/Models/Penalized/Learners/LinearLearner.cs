using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Vocabulary;
using MathNet.Numerics.LinearAlgebra;

namespace DigitalTwin.Models.Penalized.Learners;

/// <summary>Ridge linear regression with an unpenalised intercept.</summary>
internal sealed class LinearLearner(ContinuousOutcome outcome) : IPenalizedLearner
{
    public PenalizedFit Fit(int[] rows, RowMajorMatrix design, double[] weights, double[] offsets, double[] penalties)
    {
        var count = penalties.Length + 1;
        var information = Matrix<double>.Build.Dense(count, count);
        var score = Vector<double>.Build.Dense(count);
        var row = new double[count];
        row[0] = 1;
        for (var i = 0; i < rows.Length; i++)
        {
            design.Row(i).CopyTo(row.AsSpan(1));
            var target = outcome.Values[rows[i]] - offsets[i];
            for (var a = 0; a < count; a++)
            {
                score[a] += weights[i] * row[a] * target;
                for (var b = 0; b <= a; b++)
                {
                    information[a, b] += weights[i] * row[a] * row[b];
                }
            }
        }

        for (var a = 0; a < count; a++)
        {
            for (var b = 0; b < a; b++)
            {
                information[b, a] = information[a, b];
            }
        }

        // The penalty stands on the scale of a log likelihood with unit variance; the outcome's own spread sets the unit.
        var scale = Variance(rows, weights, offsets);
        var penalised = information.Clone();
        for (var a = 1; a < count; a++)
        {
            penalised[a, a] += penalties[a - 1];
        }

        var inverse = penalised.Cholesky().Solve(Matrix<double>.Build.DenseIdentity(count));
        var solution = inverse * score;
        var effective = (inverse * information).Trace();
        var (residual, weight) = Residuals(rows, design, weights, offsets, solution);
        var variance = Math.Max(residual / Math.Max(1, weight - effective), 1e-12 * scale);
        var logLikelihood = -0.5 * weight * Math.Log(Math.Max(residual / weight, 1e-300));
        return new PenalizedFit(
            [.. solution.Skip(1)], new OutcomeBaseline([], solution[0], Math.Sqrt(variance)), logLikelihood, effective);
    }

    private double Variance(int[] rows, double[] weights, double[] offsets)
    {
        double sum = 0, total = 0, squares = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            total += weights[i];
            sum += weights[i] * (outcome.Values[rows[i]] - offsets[i]);
        }

        for (var i = 0; i < rows.Length; i++)
        {
            var deviation = outcome.Values[rows[i]] - offsets[i] - (sum / total);
            squares += weights[i] * deviation * deviation;
        }

        return squares / total;
    }

    private (double SumOfSquares, double Weight) Residuals(
        int[] rows, RowMajorMatrix design, double[] weights, double[] offsets, Vector<double> solution)
    {
        double sum = 0, total = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            var fitted = solution[0] + offsets[i];
            var terms = design.Row(i);
            for (var t = 0; t < terms.Length; t++)
            {
                fitted += solution[t + 1] * terms[t];
            }

            var residual = outcome.Values[rows[i]] - fitted;
            sum += weights[i] * residual * residual;
            total += weights[i];
        }

        return (sum, total);
    }
}
