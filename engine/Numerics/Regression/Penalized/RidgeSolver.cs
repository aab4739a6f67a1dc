using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Numerics.Regression.Penalized;

/// <summary>Minimises a loss plus half a penalty times the squared coefficients, by Newton steps found with conjugate gradients.</summary>
/// <remarks>No matrix of second derivatives is ever formed: a step costs a few passes over the coordinates, so that a path of penalties over hundreds
/// of subjects takes milliseconds whatever the kind of outcome. The system is preconditioned by its diagonal, exact up to the spread of the subjects'
/// curvatures in the coordinates of a singular basis. Sources: [Hoerl1970], [LeCessie1992], [Verweij1994]; truncated Newton [Dembo1983].</remarks>
public sealed class RidgeSolver
{
    private const int StepLimit = 100;
    private const int HalvingLimit = 40;

    private readonly PredictorLoss _loss;
    private readonly double[] _coordinates;
    private readonly int _rank;
    private readonly double _tolerance;
    private readonly double[] _squares;
    private readonly double[] _predictorGradient;
    private readonly double[] _predictorStep;
    private readonly double[] _predictors;

    /// <param name="loss">Of the subjects of the coordinates; its state is overwritten.</param>
    /// <param name="coordinates">Row-major, shape [subjects, rank].</param>
    /// <param name="rank">Coordinates of a subject.</param>
    /// <param name="tolerance">Done when the next step promises less than this part of the loss (or of 1, where the loss is smaller).</param>
    /// <exception cref="ArgumentException">The coordinates do not fill [subjects, rank].</exception>
    public RidgeSolver(PredictorLoss loss, double[] coordinates, int rank, double tolerance = 1e-13)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(coordinates);
        if (coordinates.Length != loss.SubjectCount * rank)
        {
            throw new ArgumentException($"{coordinates.Length} coordinates do not fill [{loss.SubjectCount} subjects, {rank}].", nameof(coordinates));
        }

        (_loss, _coordinates, _rank, _tolerance) = (loss, coordinates, rank, tolerance);
        var predictors = loss.PredictorCount * loss.SubjectCount;
        (_predictorGradient, _predictorStep, _predictors) = (new double[predictors], new double[predictors], new double[predictors]);
        _squares = new double[rank];
        for (var i = 0; i < loss.SubjectCount; i++)
        {
            for (var j = 0; j < rank; j++)
            {
                _squares[j] += coordinates[(i * rank) + j] * coordinates[(i * rank) + j];
            }
        }
    }

    private int CoefficientCount => _loss.PredictorCount * _rank;

    /// <param name="penalty">Positive, or 0 where the loss alone has a minimum.</param>
    /// <param name="start">A fit of the same loss to start from, for instance under the penalty before.</param>
    public RidgeFit Fit(double penalty, RidgeFit? start = null)
    {
        if (!(penalty >= 0) || !double.IsFinite(penalty))
        {
            throw new ArgumentOutOfRangeException(nameof(penalty), penalty, "A penalty must be finite and not negative.");
        }

        var point = new double[CoefficientCount + _loss.ParameterCount];
        start?.Coefficients.CopyTo(point, 0);
        (start?.Parameters ?? _loss.StartParameters()).CopyTo(point, CoefficientCount);
        var gradient = new double[point.Length];
        var step = new double[point.Length];
        var trial = new double[point.Length];
        var value = Objective(point, penalty);
        var firstNorm = 0.0;
        var hasConverged = false;
        var steps = 0;
        while (!hasConverged && steps < StepLimit)
        {
            SetGradient(point, penalty, gradient);
            var scales = Scales(penalty);
            var norm = Norm(gradient, scales);
            firstNorm = Math.Max(firstNorm, norm);
            if (norm == 0)
            {
                hasConverged = true;
                break;
            }

            Solve(gradient, scales, penalty, step, Math.Clamp(norm / firstNorm, 1e-8, 0.1));
            steps++;
            var promise = -DenseLoops.Dot(gradient, step);
            hasConverged = promise <= _tolerance * (Math.Abs(value) + 1);
            if (!TryMove(point, step, trial, penalty, promise, ref value))
            {
                // Rounding is all that is left to win.
                value = Objective(point, penalty);
                hasConverged |= promise <= 1e-9 * (Math.Abs(value) + 1);
                break;
            }
        }

        _loss.Normalize(point.AsSpan(CoefficientCount));
        var coefficients = point[..CoefficientCount];
        return new RidgeFit(coefficients, point[CoefficientCount..], penalty, value - (0.5 * penalty * DenseLoops.Dot(coefficients, coefficients)), steps, hasConverged);
    }

    private bool TryMove(double[] point, double[] step, double[] trial, double penalty, double promise, ref double value)
    {
        var scale = 1.0;
        for (var halving = 0; halving < HalvingLimit; halving++)
        {
            point.CopyTo(trial, 0);
            DenseLoops.AddScaled(trial, scale, step);
            var reached = Objective(trial, penalty);
            if (reached <= value - (1e-4 * scale * promise))
            {
                trial.CopyTo(point, 0);
                value = reached;
                return true;
            }

            scale /= 2;
        }

        return false;
    }

    private double Objective(double[] point, double penalty)
    {
        ToPredictors(point, _predictors);
        var coefficients = point.AsSpan(0, CoefficientCount);
        return _loss.Evaluate(_predictors, point.AsSpan(CoefficientCount)) + (0.5 * penalty * DenseLoops.Dot(coefficients, coefficients));
    }

    private void SetGradient(double[] point, double penalty, double[] gradient)
    {
        _loss.Gradient(_predictorGradient, gradient.AsSpan(CoefficientCount));
        ToCoefficients(_predictorGradient, gradient);
        DenseLoops.AddScaled(gradient.AsSpan(0, CoefficientCount), penalty, point.AsSpan(0, CoefficientCount));
    }

    /// <summary>About the diagonal of the second derivatives, penalty included.</summary>
    private double[] Scales(double penalty)
    {
        var totals = _loss.TotalCurvatures();
        var scales = new double[CoefficientCount + _loss.ParameterCount];
        for (var k = 0; k < totals.Length; k++)
        {
            for (var j = 0; j < _rank; j++)
            {
                scales[(k * _rank) + j] = Math.Max((totals[k] / _loss.SubjectCount * _squares[j]) + penalty, 1e-12);
            }
        }

        for (var a = 0; a < _loss.ParameterCount; a++)
        {
            scales[CoefficientCount + a] = Math.Max(totals[Math.Min(a, totals.Length - 1)], 1e-8);
        }

        return scales;
    }

    /// <summary>Step with (second derivatives) step = -gradient up to a part of the gradient's norm.</summary>
    private void Solve(double[] gradient, double[] scales, double penalty, double[] step, double part)
    {
        var size = gradient.Length;
        var residual = new double[size];
        var direction = new double[size];
        var image = new double[size];
        Array.Clear(step);
        for (var j = 0; j < size; j++)
        {
            residual[j] = -gradient[j];
            direction[j] = residual[j] / scales[j];
        }

        var square = DenseLoops.Dot(residual, direction);
        var goal = part * part * square;
        for (var iteration = 0; iteration < (2 * size) + 20 && square > goal; iteration++)
        {
            SetImage(direction, penalty, image);
            var curvature = DenseLoops.Dot(direction, image);
            if (!(curvature > 0))
            {
                break;
            }

            var length = square / curvature;
            DenseLoops.AddScaled(step, length, direction);
            DenseLoops.AddScaled(residual, -length, image);
            var next = 0.0;
            for (var j = 0; j < size; j++)
            {
                next += residual[j] * residual[j] / scales[j];
            }

            for (var j = 0; j < size; j++)
            {
                direction[j] = (residual[j] / scales[j]) + (next / square * direction[j]);
            }

            square = next;
        }
    }

    private void SetImage(double[] direction, double penalty, double[] image)
    {
        ToPredictors(direction, _predictorStep);
        _loss.Curvature(_predictorStep, direction.AsSpan(CoefficientCount), _predictorGradient, image.AsSpan(CoefficientCount));
        ToCoefficients(_predictorGradient, image);
        DenseLoops.AddScaled(image.AsSpan(0, CoefficientCount), penalty, direction.AsSpan(0, CoefficientCount));
    }

    private void ToPredictors(double[] point, double[] predictors)
    {
        var n = _loss.SubjectCount;
        for (var k = 0; k < _loss.PredictorCount; k++)
        {
            var coefficients = point.AsSpan(k * _rank, _rank);
            for (var i = 0; i < n; i++)
            {
                predictors[(k * n) + i] = DenseLoops.Dot(_coordinates.AsSpan(i * _rank, _rank), coefficients);
            }
        }
    }

    private void ToCoefficients(double[] predictors, double[] target)
    {
        var n = _loss.SubjectCount;
        for (var k = 0; k < _loss.PredictorCount; k++)
        {
            var coefficients = target.AsSpan(k * _rank, _rank);
            coefficients.Clear();
            for (var i = 0; i < n; i++)
            {
                DenseLoops.AddScaled(coefficients, predictors[(k * n) + i], _coordinates.AsSpan(i * _rank, _rank));
            }
        }
    }

    private static double Norm(double[] gradient, double[] scales)
    {
        var sum = 0.0;
        for (var j = 0; j < gradient.Length; j++)
        {
            sum += gradient[j] * gradient[j] / scales[j];
        }

        return Math.Sqrt(sum);
    }
}
