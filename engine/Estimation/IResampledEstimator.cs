namespace DigitalTwin.Estimation;

/// <summary>Estimates a trial's effects again from resamples, everything included that is estimated from data. Belongs to one thread at a time.</summary>
public interface IResampledEstimator
{
    /// <summary>Estimates of one resample.</summary>
    /// <param name="counts">How often each subject was drawn, shape [subjects].</param>
    /// <param name="values">Receives one number a request, ratios as logarithms; NaN where a number does not exist.</param>
    /// <returns>False when nothing can be estimated from this resample.</returns>
    bool TryEstimate(ReadOnlySpan<double> counts, Span<double> values);
}
