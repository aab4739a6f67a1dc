using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Penalized.Learners;

/// <summary>Ridge logistic regression with an unpenalised intercept, by Newton steps [LeCessie1992].</summary>
internal sealed class LogisticLearner(BinaryOutcome outcome) : IPenalizedLearner
{
    private const int IterationLimit = 50;
    private const double Tolerance = 1e-10;

    public PenalizedFit Fit(int[] rows, RowMajorMatrix design, double[] weights, double[] offsets, double[] penalties)
    {
        var solution = new double[penalties.Length + 1];
        var objective = double.NegativeInfinity;
        double logLikelihood = 0, effective = 0;
        for (var iteration = 0; iteration < IterationLimit; iteration++)
        {
            var (next, degrees) = Step(rows, design, weights, offsets, penalties, solution);
            var previous = solution;
            (solution, effective) = (next, degrees);
            logLikelihood = LogLikelihood(rows, design, weights, offsets, solution);
            var candidate = logLikelihood - Penalty(penalties, solution);
            for (var halving = 0; candidate < objective && halving < 20; halving++)
            {
                solution = [.. solution.Select((s, j) => 0.5 * (s + previous[j]))];
                logLikelihood = LogLikelihood(rows, design, weights, offsets, solution);
                candidate = logLikelihood - Penalty(penalties, solution);
            }

            if (Math.Abs(candidate - objective) <= Tolerance * (1 + Math.Abs(candidate)))
            {
                break;
            }

            objective = candidate;
        }

        return new PenalizedFit(solution[1..], new OutcomeBaseline([], solution[0], 0), logLikelihood, effective - 1);
    }

    private (double[] Solution, double EffectiveDegreesOfFreedom) Step(
        int[] rows, RowMajorMatrix design, double[] weights, double[] offsets, double[] penalties, double[] solution)
    {
        var system = new RidgeSystem(penalties.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            var predictor = RidgeSystem.Predict(design.Row(i), solution);
            var probability = 1 / (1 + Math.Exp(-(predictor + offsets[i])));
            var curvature = Math.Max(probability * (1 - probability), 1e-9);
            var occurred = outcome.Occurred[rows[i]] ? 1 : 0;
            system.Add(design.Row(i), weights[i] * curvature, predictor + ((occurred - probability) / curvature));
        }

        return system.Solve(penalties);
    }

    private double LogLikelihood(int[] rows, RowMajorMatrix design, double[] weights, double[] offsets, double[] solution)
    {
        var sum = 0.0;
        for (var i = 0; i < rows.Length; i++)
        {
            var predictor = RidgeSystem.Predict(design.Row(i), solution) + offsets[i];
            var logOdds = outcome.Occurred[rows[i]] ? predictor : -predictor;
            sum -= weights[i] * (logOdds > 0 ? Math.Log(1 + Math.Exp(-logOdds)) : Math.Log(1 + Math.Exp(logOdds)) - logOdds);
        }

        return sum;
    }

    private static double Penalty(double[] penalties, double[] solution) =>
        penalties.Select((p, t) => 0.5 * p * solution[t + 1] * solution[t + 1]).Sum();
}
