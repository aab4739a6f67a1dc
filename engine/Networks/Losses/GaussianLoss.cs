using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Losses;

/// <summary>Negative log density of a normal distribution with predicted mean and log variance [subjects, columns], a weighted mean over numbers.</summary>
public sealed class GaussianLoss(IComputeBackend backend) : IDisposable
{
    private static readonly float HalfLogTwoPi = (float)(0.5 * Math.Log(2 * Math.PI));

    private readonly RealTargets _targets = new(backend);

    /// <summary>Sets what was observed in a batch.</summary>
    /// <param name="values">Row after row.</param>
    /// <param name="columns">Numbers of a subject.</param>
    /// <param name="weights">Weight of each number; none for 1 each. A number of weight 0 may be missing.</param>
    /// <exception cref="UnusableTargetsException">A weighed number is not finite, or everything is masked.</exception>
    public void SetTargets(ReadOnlySpan<float> values, int columns = 1, ReadOnlySpan<float> weights = default) => _targets.Set(values, columns, weights);

    /// <summary>The loss, shape [1, 1].</summary>
    public Tensor Of(Tape tape, Tensor mean, Tensor logVariance)
    {
        ArgumentNullException.ThrowIfNull(tape);
        _targets.CheckShape(logVariance);
        var residual = _targets.Residuals(tape, mean);
        var scaled = tape.Multiply(tape.Multiply(residual, residual), tape.Apply(tape.Scale(logVariance, -1f), UnaryFunction.Exp));
        return _targets.Mean(tape, tape.Shift(tape.Scale(tape.Add(scaled, logVariance), 0.5f), HalfLogTwoPi));
    }

    public void Dispose() => _targets.Dispose();
}
