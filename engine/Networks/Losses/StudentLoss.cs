using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;
using MathNet.Numerics;

namespace DigitalTwin.Networks.Losses;

/// <summary>Negative log density of Student's t with given degrees of freedom and predicted location and log scale [subjects, columns], a weighted mean over
/// numbers: a normal that outliers do not drag along.</summary>
/// <remarks>log(1 + z^2 / nu) is softplus(log r^2 - 2 log scale - log nu) with r the residual, so that a tiny scale does not overflow;
/// 1e-30 is added to r^2, so that a residual below 1e-15 reads as 1e-15 and the density stays bounded.</remarks>
public sealed class StudentLoss : IDisposable
{
    private const float Tiny = 1e-30f;

    private readonly RealTargets _targets;
    private readonly float _halfDegreesAndOne;
    private readonly float _logDegrees;
    private readonly float _constant;

    /// <param name="backend">Where to compute.</param>
    /// <param name="degreesOfFreedom">nu, positive.</param>
    public StudentLoss(IComputeBackend backend, double degreesOfFreedom)
    {
        if (!(degreesOfFreedom > 0) || !double.IsFinite(degreesOfFreedom))
        {
            throw new ArgumentOutOfRangeException(nameof(degreesOfFreedom), degreesOfFreedom, "Degrees of freedom are positive and finite; use GaussianLoss for the limit.");
        }

        _targets = new RealTargets(backend);
        _halfDegreesAndOne = (float)((degreesOfFreedom + 1) / 2);
        _logDegrees = (float)Math.Log(degreesOfFreedom);
        _constant = (float)(SpecialFunctions.GammaLn(degreesOfFreedom / 2) - SpecialFunctions.GammaLn((degreesOfFreedom + 1) / 2) + (0.5 * Math.Log(degreesOfFreedom * Math.PI)));
    }

    /// <summary>Sets what was observed in a batch.</summary>
    /// <param name="values">Row after row.</param>
    /// <param name="columns">Numbers of a subject.</param>
    /// <param name="weights">Weight of each number; none for 1 each. A number of weight 0 may be missing.</param>
    /// <exception cref="UnusableTargetsException">A weighed number is not finite, or everything is masked.</exception>
    public void SetTargets(ReadOnlySpan<float> values, int columns = 1, ReadOnlySpan<float> weights = default) => _targets.Set(values, columns, weights);

    /// <summary>The loss, shape [1, 1].</summary>
    public Tensor Of(Tape tape, Tensor location, Tensor logScale)
    {
        ArgumentNullException.ThrowIfNull(tape);
        _targets.CheckShape(logScale);
        var residual = _targets.Residuals(tape, location);
        var logSquare = tape.Apply(tape.Shift(tape.Multiply(residual, residual), Tiny), UnaryFunction.Log);
        var logRatio = tape.Subtract(tape.Shift(logSquare, -_logDegrees), tape.Scale(logScale, 2f));
        var tail = tape.Scale(tape.Apply(logRatio, UnaryFunction.Softplus), _halfDegreesAndOne);
        return _targets.Mean(tape, tape.Shift(tape.Add(tail, logScale), _constant));
    }

    public void Dispose() => _targets.Dispose();
}
