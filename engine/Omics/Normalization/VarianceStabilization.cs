using DigitalTwin.Omics.Layers;

namespace DigitalTwin.Omics.Normalization;

/// <summary>A function that makes the variance of a measurement about the same at any level.</summary>
public sealed class VarianceStabilization : IOmicsTransform
{
    private readonly Func<double, double> _change;
    private readonly Func<double, bool>? _isInDomain;

    private VarianceStabilization(string name, Func<double, double> change, Func<double, bool>? isInDomain)
    {
        Name = name;
        _change = change;
        _isInDomain = isInDomain;
    }

    public string Name { get; }

    /// <summary>For counts, variance near the mean (Poisson): 2 sqrt(x + 3/8), of variance near 1.</summary>
    /// <remarks>Source: [Anscombe1948].</remarks>
    public static VarianceStabilization Anscombe() => new("Anscombe transform", x => 2 * Math.Sqrt(x + 0.375), x => x >= 0);

    /// <summary>For intensities with a constant and a proportional error: arsinh(x / cofactor); near x for small values, near a logarithm for large ones.</summary>
    /// <param name="cofactor">The intensity at which proportional error takes over, in the unit of the values, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">The cofactor is not positive.</exception>
    /// <remarks>Source: [HuberW2002], with offset 0 and the scale given, not estimated.</remarks>
    public static VarianceStabilization InverseHyperbolicSine(double cofactor)
    {
        if (!(cofactor > 0) || !double.IsFinite(cofactor))
        {
            throw new ArgumentOutOfRangeException(nameof(cofactor), cofactor, "The cofactor is finite and positive.");
        }

        return new VarianceStabilization("arsinh transform", x => Math.Asinh(x / cofactor), null);
    }

    /// <exception cref="Faults.ValueOutOfDomainException">On applying, Anscombe only: a value is negative.</exception>
    public FittedTransform Fit(TrainingLayer training)
    {
        ArgumentNullException.ThrowIfNull(training);
        return new ElementwiseTransform(Name, training.Values, "1", (_, x) => _change(x), _isInDomain, "at least 0, as counts are");
    }
}
