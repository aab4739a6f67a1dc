using MathNet.Numerics.LinearAlgebra;

namespace DigitalTwin.Models.Penalized.Learners;

/// <summary>Normal equations of a weighted least-squares step with an unpenalised intercept first.</summary>
internal sealed class RidgeSystem
{
    private readonly Matrix<double> _information;
    private readonly Vector<double> _rightSide;
    private readonly double[] _row;

    public RidgeSystem(int termCount)
    {
        _information = Matrix<double>.Build.Dense(termCount + 1, termCount + 1);
        _rightSide = Vector<double>.Build.Dense(termCount + 1);
        _row = new double[termCount + 1];
        _row[0] = 1;
    }

    /// <summary>Adds one subject: <paramref name="weight"/> times the squared distance of its target from the linear predictor.</summary>
    public void Add(ReadOnlySpan<double> terms, double weight, double target)
    {
        terms.CopyTo(_row.AsSpan(1));
        for (var a = 0; a < _row.Length; a++)
        {
            var weighted = weight * _row[a];
            _rightSide[a] += weighted * target;
            for (var b = 0; b <= a; b++)
            {
                _information[a, b] += weighted * _row[b];
            }
        }
    }

    /// <summary>Solution, shape [1 + terms], and trace(I (I + P)^-1), the intercept counted as 1.</summary>
    public (double[] Solution, double EffectiveDegreesOfFreedom) Solve(double[] penalties)
    {
        for (var a = 0; a < _row.Length; a++)
        {
            for (var b = 0; b < a; b++)
            {
                _information[b, a] = _information[a, b];
            }
        }

        var penalised = _information.Clone();
        for (var t = 0; t < penalties.Length; t++)
        {
            penalised[t + 1, t + 1] += penalties[t];
        }

        var inverse = penalised.Cholesky().Solve(Matrix<double>.Build.DenseIdentity(_row.Length));
        var effective = (double)_row.Length;
        for (var t = 0; t < penalties.Length; t++)
        {
            effective -= penalties[t] * inverse[t + 1, t + 1];
        }

        return ((inverse * _rightSide).ToArray(), effective);
    }

    /// <summary>Linear predictor of one subject without its offset.</summary>
    public static double Predict(ReadOnlySpan<double> terms, double[] solution)
    {
        var predictor = solution[0];
        for (var t = 0; t < terms.Length; t++)
        {
            predictor += solution[t + 1] * terms[t];
        }

        return predictor;
    }
}
