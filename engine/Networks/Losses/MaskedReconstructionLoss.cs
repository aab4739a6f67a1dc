using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Losses;

/// <summary>Mean squared error over the values that were hidden from the model, [subjects, columns]: what it could not copy, it had to understand.</summary>
/// <remarks>Source: [Vincent2008] section 2.3, restricted to the hidden values as in [Devlin2019] section 3.1. <see cref="ValueMask"/> draws what is hidden.</remarks>
public sealed class MaskedReconstructionLoss(IComputeBackend backend) : IDisposable
{
    private readonly RealTargets _targets = new(backend);

    /// <summary>Sets the batch.</summary>
    /// <param name="values">True values, row after row.</param>
    /// <param name="columns">Values of a subject.</param>
    /// <param name="isHidden">Weight of each value: 1 where it was hidden, 0 where it was shown or never measured.</param>
    /// <exception cref="UnusableTargetsException">Nothing is hidden, or a hidden value is not finite.</exception>
    public void SetTargets(ReadOnlySpan<float> values, int columns, ReadOnlySpan<float> isHidden)
    {
        ObservedTargets.SameCount(values.Length, isHidden.Length, "values", "mask entries");
        _targets.Set(values, columns, isHidden);
    }

    /// <summary>The loss of predictions [subjects, columns], shape [1, 1].</summary>
    public Tensor Of(Tape tape, Tensor predictions)
    {
        ArgumentNullException.ThrowIfNull(tape);
        var residual = _targets.Residuals(tape, predictions);
        return _targets.Mean(tape, tape.Multiply(residual, residual));
    }

    public void Dispose() => _targets.Dispose();
}
