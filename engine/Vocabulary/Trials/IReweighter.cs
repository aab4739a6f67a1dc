namespace DigitalTwin.Vocabulary;

/// <summary>Computes one method's weights again for resamples of one trial, everything included that is estimated from data.
/// Belongs to one thread at a time.</summary>
public interface IReweighter
{
    /// <summary>Weights of one resample.</summary>
    /// <param name="counts">How often each subject was drawn, shape [subjects].</param>
    /// <param name="weights">Receives the weight each subject carries in all: its weight times how often it was drawn; shape [subjects].</param>
    /// <returns>False when the method has no answer for this resample.</returns>
    bool TryReweigh(ReadOnlySpan<double> counts, Span<double> weights);
}
