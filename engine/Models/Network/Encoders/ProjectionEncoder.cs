using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Autodiff;

namespace DigitalTwin.Models.Network.Encoders;

/// <summary>Affine, with dropout of whole inputs: [subjects, columns] to [subjects, width].</summary>
internal sealed class ProjectionEncoder(LayerScope scope, int columnCount, NetworkLearnerOptions options) : ITokenEncoder
{
    private readonly Linear _projection = new(scope.Part("projection"), columnCount, options.TokenWidth);

    public Tensor Forward(Tape tape, Tensor input) => _projection.Forward(tape, tape.Dropout(input, options.InputDropout));

    public void Dispose()
    {
    }
}
