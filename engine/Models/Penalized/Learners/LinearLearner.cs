using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Penalized.Learners;

/// <summary>Ridge linear regression with an unpenalised intercept [Hoerl1970]. Penalties count in units of the outcome's variance.</summary>
internal sealed class LinearLearner(ContinuousOutcome outcome) : IPenalizedLearner
{
    private const double SmallestVariance = 1e-300;

    public PenalizedFit Fit(int[] rows, RowMajorMatrix design, double[] weights, double[] offsets, double[] penalties)
    {
        var system = new RidgeSystem(penalties.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            system.Add(design.Row(i), weights[i], outcome.Values[rows[i]] - offsets[i]);
        }

        var (solution, effective) = system.Solve(penalties);
        double squares = 0, total = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            var residual = outcome.Values[rows[i]] - offsets[i] - RidgeSystem.Predict(design.Row(i), solution);
            squares += weights[i] * residual * residual;
            total += weights[i];
        }

        // A perfect fit has no finite likelihood; the smallest normal number keeps the comparison of penalties ordered.
        var logLikelihood = -0.5 * total * Math.Log(Math.Max(squares / total, SmallestVariance));
        var deviation = Math.Sqrt(squares / Math.Max(1, total - effective));
        return new PenalizedFit(solution[1..], new OutcomeBaseline([], solution[0], deviation), logLikelihood, effective - 1);
    }
}
