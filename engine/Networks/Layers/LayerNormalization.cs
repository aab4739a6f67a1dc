using DigitalTwin.Numerics.Autodiff;

namespace DigitalTwin.Networks.Layers;

/// <summary>Each row to mean 0 and variance 1, then a learned scale and shift of each feature.</summary>
/// <remarks>Source: [Ba2016].</remarks>
public sealed class LayerNormalization : ILayer
{
    private readonly Parameter _scale;
    private readonly Parameter _shift;

    public LayerNormalization(LayerScope scope, int width)
    {
        ArgumentNullException.ThrowIfNull(scope);
        (_scale, _shift) = (scope.Row("scale", width, 1f), scope.Row("shift", width));
    }

    public int InputWidth => _scale.Columns;

    public int OutputWidth => _scale.Columns;

    public Tensor Forward(Tape tape, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return tape.LayerNorm(input, tape.Parameter(_scale), tape.Parameter(_shift));
    }
}
