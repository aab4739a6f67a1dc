using DigitalTwin.Omics.Layers;

namespace DigitalTwin.Omics.Normalization;

/// <summary>M-values from methylation beta values: log2((beta + offset) / (1 - beta + offset)). Learns nothing but unit and features.</summary>
/// <param name="offset">Keeps betas of 0 and 1 finite; not negative.</param>
/// <exception cref="ArgumentOutOfRangeException">The offset is negative or not finite.</exception>
/// <remarks>Source: [Du2010]; there the offset stands on intensities, here on beta, whose range is 0 to 1.</remarks>
public sealed class MethylationMValues(double offset = 0.001) : IOmicsTransform
{
    private readonly double _offset = offset >= 0 && double.IsFinite(offset)
        ? offset
        : throw new ArgumentOutOfRangeException(nameof(offset), offset, "The offset is finite and not negative.");

    public string Name => "M-values";

    /// <exception cref="Faults.ValueOutOfDomainException">On applying: a value is outside [0, 1], or 0 or 1 with offset zero.</exception>
    public FittedTransform Fit(TrainingLayer training)
    {
        ArgumentNullException.ThrowIfNull(training);
        return new ElementwiseTransform(
            Name,
            training.Values,
            "1",
            (_, beta) => Math.Log2((beta + _offset) / (1 - beta + _offset)),
            beta => beta + _offset > 0 && 1 - beta + _offset > 0 && beta is >= 0 and <= 1,
            _offset > 0 ? "beta values between 0 and 1" : "beta values between 0 and 1, both excluded without an offset");
    }
}
