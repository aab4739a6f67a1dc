using DigitalTwin.Numerics.Autodiff;

namespace DigitalTwin.Networks.Layers;

/// <summary>Drops a share of the numbers while training and scales up the rest; the same key of the tape drops the same numbers.</summary>
/// <remarks>Source: [Srivastava2014].</remarks>
public sealed class Dropout(int width, float share) : ILayer
{
    private readonly float _share = LayerChecks.Share(share);

    public int InputWidth => width;

    public int OutputWidth => width;

    public Tensor Forward(Tape tape, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return tape.Dropout(input, _share);
    }
}
