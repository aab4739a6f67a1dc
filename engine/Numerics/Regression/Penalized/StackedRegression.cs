using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Numerics.Regression.Penalized;

/// <summary>A penalised regression on a few predictors, none of which may count against itself: weights are not negative.</summary>
/// <remarks>Stacked regressions, [Wolpert1992], [Breiman1996]. Newton steps; each quadratic model is minimised under the bounds by coordinate descent.</remarks>
public static class StackedRegression
{
    private const int StepLimit = 100;
    private const int SweepLimit = 20000;
    private const double Tolerance = 1e-12;

    /// <summary>Minimises loss(sum of weight m times predictors m) + half of penalty m times weight m squared, all weights at least 0.</summary>
    /// <param name="loss">Of the subjects; its state is overwritten.</param>
    /// <param name="predictors">Each shape [predictors of the loss, subjects], finite.</param>
    /// <param name="penalties">Shape [predictors]; not negative.</param>
    /// <exception cref="ArgumentException">Lengths do not match.</exception>
    public static StackFit Fit(PredictorLoss loss, IReadOnlyList<double[]> predictors, ReadOnlySpan<double> penalties)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(predictors);
        var width = loss.PredictorCount * loss.SubjectCount;
        if (penalties.Length != predictors.Count || predictors.Any(p => p.Length != width))
        {
            throw new ArgumentException($"{predictors.Count} predictors of {width} values and {penalties.Length} penalties do not match.", nameof(predictors));
        }

        var count = predictors.Count;
        var point = new double[count + loss.ParameterCount];
        loss.StartParameters().CopyTo(point, count);
        var sum = new double[width];
        var value = Objective(loss, predictors, penalties, point, sum);
        for (var step = 0; step < StepLimit; step++)
        {
            var (gradient, curvature) = Quadratic(loss, predictors, penalties, point);
            var target = Minimise(point, gradient, curvature, count);
            var promise = 0.0;
            for (var j = 0; j < point.Length; j++)
            {
                promise -= gradient[j] * (target[j] - point[j]);
            }

            if (!(promise > Tolerance * (Math.Abs(value) + 1)) || !TryMove(loss, predictors, penalties, point, target, promise, sum, ref value))
            {
                break;
            }
        }

        loss.Normalize(point.AsSpan(count));
        return new StackFit(point[..count], point[count..]);
    }

    private static bool TryMove(
        PredictorLoss loss, IReadOnlyList<double[]> predictors, ReadOnlySpan<double> penalties, double[] point, double[] target, double promise, double[] sum, ref double value)
    {
        var trial = new double[point.Length];
        for (var scale = 1.0; scale > 1e-12; scale /= 2)
        {
            for (var j = 0; j < trial.Length; j++)
            {
                trial[j] = point[j] + (scale * (target[j] - point[j]));
            }

            var reached = Objective(loss, predictors, penalties, trial, sum);
            if (reached <= value - (1e-4 * scale * promise))
            {
                trial.CopyTo(point, 0);
                value = reached;
                return true;
            }
        }

        return false;
    }

    private static double Objective(PredictorLoss loss, IReadOnlyList<double[]> predictors, ReadOnlySpan<double> penalties, double[] point, double[] sum)
    {
        Array.Clear(sum);
        var value = 0.0;
        for (var m = 0; m < predictors.Count; m++)
        {
            DenseLoops.AddScaled(sum, point[m], predictors[m]);
            value += 0.5 * penalties[m] * point[m] * point[m];
        }

        return value + loss.Evaluate(sum, point.AsSpan(predictors.Count));
    }

    /// <summary>Gradient and second derivatives at the point that was evaluated last.</summary>
    private static (double[] Gradient, double[] Curvature) Quadratic(
        PredictorLoss loss, IReadOnlyList<double[]> predictors, ReadOnlySpan<double> penalties, double[] point)
    {
        var (count, size) = (predictors.Count, point.Length);
        var slope = new double[loss.PredictorCount * loss.SubjectCount];
        var gradient = new double[size];
        loss.Gradient(slope, gradient.AsSpan(count));
        var curvature = new double[size * size];
        var image = new double[slope.Length];
        var nothing = new double[slope.Length];
        for (var m = 0; m < count; m++)
        {
            gradient[m] = DenseLoops.Dot(slope, predictors[m]) + (penalties[m] * point[m]);
        }

        for (var j = 0; j < size; j++)
        {
            var unit = new double[loss.ParameterCount];
            if (j >= count)
            {
                unit[j - count] = 1;
            }

            loss.Curvature(j < count ? predictors[j] : nothing, unit, image, curvature.AsSpan((j * size) + count, loss.ParameterCount));
            for (var m = 0; m < count; m++)
            {
                curvature[(j * size) + m] = DenseLoops.Dot(image, predictors[m]) + (m == j ? penalties[m] : 0);
            }
        }

        return (gradient, curvature);
    }

    /// <summary>Minimum of the quadratic model; the first <paramref name="bounded"/> entries stay at 0 or above.</summary>
    private static double[] Minimise(double[] point, double[] gradient, double[] curvature, int bounded)
    {
        var size = point.Length;
        double[] target = [.. point];
        double[] slope = [.. gradient];
        for (var sweep = 0; sweep < SweepLimit; sweep++)
        {
            var largest = 0.0;
            for (var j = 0; j < size; j++)
            {
                var own = curvature[(j * size) + j];
                if (!(own > 1e-12))
                {
                    continue;
                }

                var next = target[j] - (slope[j] / own);
                next = j < bounded ? Math.Max(0, next) : next;
                var change = next - target[j];
                if (change != 0)
                {
                    target[j] = next;
                    DenseLoops.AddScaled(slope, change, curvature.AsSpan(j * size, size));
                    largest = Math.Max(largest, own * change * change);
                }
            }

            if (largest < 1e-18)
            {
                break;
            }
        }

        return target;
    }
}

/// <summary>A stack.</summary>
/// <param name="Weights">Shape [predictors], not negative.</param>
/// <param name="Parameters">Free parameters of the loss, shape [parameters].</param>
public sealed record StackFit(double[] Weights, double[] Parameters);
