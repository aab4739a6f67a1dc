using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Losses;

/// <summary>Real numbers to compare with, shape [subjects, columns], and their weights as shares of the mean.</summary>
internal sealed class RealTargets(IComputeBackend backend) : IDisposable
{
    private readonly TargetMatrix _values = new(backend, "targets");
    private readonly TargetMatrix _shares = new(backend, "weights");

    /// <param name="values">Row after row.</param>
    /// <param name="columns">Numbers of a subject.</param>
    /// <param name="weights">Weight of each number; none for 1 each. A number of weight 0 may be missing.</param>
    public void Set(ReadOnlySpan<float> values, int columns, ReadOnlySpan<float> weights)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        if (values.Length % columns != 0)
        {
            throw new UnusableTargetsException($"{values.Length} targets do not divide into rows of {columns}.");
        }

        var total = ObservedTargets.TotalWeight(weights, values.Length);
        ObservedTargets.CheckFinite(values, weights, columns, "target");
        var numbers = _values.Start(values.Length / columns, columns);
        var shares = _shares.Start(values.Length / columns, columns);
        for (var k = 0; k < values.Length; k++)
        {
            shares[k] = (float)((weights.IsEmpty ? 1 : weights[k]) / total);
            numbers[k] = shares[k] == 0 ? 0f : values[k];
        }

        _values.Upload();
        _shares.Upload();
    }

    /// <summary>Predictions less targets.</summary>
    public Tensor Residuals(Tape tape, Tensor predictions)
    {
        _values.CheckShape(predictions, _values.Columns);
        return tape.Subtract(predictions, _values.On(tape));
    }

    /// <summary>Another prediction of the same numbers must have their shape.</summary>
    public void CheckShape(Tensor predictions) => _values.CheckShape(predictions, _values.Columns);

    /// <summary>The weighted mean, shape [1, 1].</summary>
    public Tensor Mean(Tape tape, Tensor losses) => tape.Sum(tape.Multiply(losses, _shares.On(tape)));

    public void Dispose()
    {
        _values.Dispose();
        _shares.Dispose();
    }
}
