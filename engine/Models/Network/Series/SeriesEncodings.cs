using DigitalTwin.Models.Network.Encoders;
using DigitalTwin.Models.Prediction;

namespace DigitalTwin.Models.Network.Series;

/// <summary>The encoding of repeated measurements that the options ask for.</summary>
internal static class SeriesEncodings
{
    /// <returns>Null where there are no observations, or they are not to be read.</returns>
    public static IModalityEncoding? Fit(SubjectInputs training, NetworkLearnerOptions options, List<string> findings)
    {
        if (options.Series is not { } series || training.Observations is not { Count: > 0 })
        {
            return null;
        }

        series.Check();
        return series.Kind switch
        {
            SeriesEncoderKind.Attention => TripleEncoding.Fit(training, series, findings),
            SeriesEncoderKind.Recurrent => SteppedEncoding.Fit(training, series),
            _ => throw new ArgumentOutOfRangeException(nameof(options), series.Kind, "There is no such encoder of series."),
        };
    }
}
