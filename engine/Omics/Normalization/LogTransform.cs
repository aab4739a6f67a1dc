using System.Globalization;
using DigitalTwin.Omics.Layers;

namespace DigitalTwin.Omics.Normalization;

/// <summary>The logarithm of value plus offset; with base e and offset 1 it is log1p. Learns nothing but unit and features.</summary>
/// <param name="logBase">Base, above 1.</param>
/// <param name="offset">Added before the logarithm, in the unit of the values, finite and not negative.</param>
/// <exception cref="ArgumentOutOfRangeException">Base or offset are out of range.</exception>
public sealed class LogTransform(double logBase = 2, double offset = 1) : IOmicsTransform
{
    private readonly double _scale = logBase > 1 && double.IsFinite(logBase)
        ? 1 / Math.Log(logBase)
        : throw new ArgumentOutOfRangeException(nameof(logBase), logBase, "The base of a logarithm is above 1.");

    private readonly double _offset = offset >= 0 && double.IsFinite(offset)
        ? offset
        : throw new ArgumentOutOfRangeException(nameof(offset), offset, "The offset is finite and not negative.");

    public string Name => "logarithm";

    /// <exception cref="Faults.ValueOutOfDomainException">On applying: a value is negative, or zero with offset zero.</exception>
    public FittedTransform Fit(TrainingLayer training)
    {
        ArgumentNullException.ThrowIfNull(training);
        return new ElementwiseTransform(
            Name,
            training.Values,
            "1",
            (_, x) => (_offset == 1 ? LogOnePlus(x) : Math.Log(x + _offset)) * _scale,
            x => x >= 0 && x + _offset > 0,
            $"at least 0 with an offset of {_offset.ToString(CultureInfo.InvariantCulture)}");
    }

    // Kahan's correction keeps the last digits of small values.
    private static double LogOnePlus(double x)
    {
        var sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * (x / (sum - 1));
    }
}
