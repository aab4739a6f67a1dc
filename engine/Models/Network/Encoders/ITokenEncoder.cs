using DigitalTwin.Numerics.Autodiff;

namespace DigitalTwin.Models.Network.Encoders;

/// <summary>The part of a network that turns one modality into a token: a vector of each subject, of the width that all modalities share. One belongs to each
/// member of an ensemble.</summary>
public interface ITokenEncoder : IDisposable
{
    /// <param name="tape">Where to compute.</param>
    /// <param name="input">What the modality's <see cref="IModalityEncoding"/> made of the subjects, shape [subjects * rows, columns].</param>
    /// <returns>[subjects, width].</returns>
    Tensor Forward(Tape tape, Tensor input);
}
