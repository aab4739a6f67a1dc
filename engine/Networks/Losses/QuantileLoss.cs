using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Losses;

/// <summary>Pinball loss of predicted quantiles [subjects, quantiles] of one number a subject, a weighted mean over subjects and a plain one over quantiles.</summary>
/// <remarks>Source: [Koenker1978] equation 3.2: q r for r = y - prediction above 0, (q - 1) r below; computed as q r + relu(-r).</remarks>
public sealed class QuantileLoss : IDisposable
{
    private readonly TargetMatrix _values;
    private readonly TargetMatrix _shares;
    private readonly TargetMatrix _quantiles;

    /// <param name="backend">Where to compute.</param>
    /// <param name="quantiles">Between 0 and 1, ascending.</param>
    public QuantileLoss(IComputeBackend backend, ReadOnlySpan<float> quantiles)
    {
        if (quantiles.IsEmpty)
        {
            throw new ArgumentException("There are no quantiles.", nameof(quantiles));
        }

        for (var k = 0; k < quantiles.Length; k++)
        {
            if (!(quantiles[k] > 0f && quantiles[k] < 1f) || (k > 0 && quantiles[k] <= quantiles[k - 1]))
            {
                throw new ArgumentOutOfRangeException(nameof(quantiles), quantiles[k], $"Quantile {k} must lie between 0 and 1 and above the one before.");
            }
        }

        (_values, _shares, _quantiles) = (new TargetMatrix(backend, "targets"), new TargetMatrix(backend, "weights"), new TargetMatrix(backend, "quantiles"));
        quantiles.CopyTo(_quantiles.Start(1, quantiles.Length));
        _quantiles.Upload();
    }

    /// <summary>Sets what was observed in a batch.</summary>
    /// <param name="values">One number a subject.</param>
    /// <param name="weights">Weight of each subject; none for 1 each. A number of weight 0 may be missing.</param>
    /// <exception cref="UnusableTargetsException">A weighed number is not finite, or everything is masked.</exception>
    public void SetTargets(ReadOnlySpan<float> values, ReadOnlySpan<float> weights = default)
    {
        var total = ObservedTargets.TotalWeight(weights, values.Length);
        ObservedTargets.CheckFinite(values, weights, 1, "target");
        var numbers = _values.Start(values.Length, 1);
        var shares = _shares.Start(values.Length, 1);
        for (var i = 0; i < values.Length; i++)
        {
            shares[i] = (float)((weights.IsEmpty ? 1 : weights[i]) / (total * _quantiles.Columns));
            numbers[i] = shares[i] == 0 ? 0f : values[i];
        }

        _values.Upload();
        _shares.Upload();
    }

    /// <summary>The loss, shape [1, 1].</summary>
    public Tensor Of(Tape tape, Tensor predictions)
    {
        ArgumentNullException.ThrowIfNull(tape);
        _values.CheckShape(predictions, _quantiles.Columns);
        var above = tape.Subtract(predictions, _values.On(tape));
        var pinball = tape.Subtract(tape.Apply(above, UnaryFunction.Relu), tape.Multiply(above, _quantiles.On(tape)));
        return tape.Sum(tape.Multiply(pinball, _shares.On(tape)));
    }

    public void Dispose()
    {
        _values.Dispose();
        _shares.Dispose();
        _quantiles.Dispose();
    }
}
