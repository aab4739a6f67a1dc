using DigitalTwin.Numerics.Autodiff;

namespace DigitalTwin.Networks.Layers;

/// <summary>x + layer(x); where the widths differ, x P + layer(x) with a learned P.</summary>
/// <remarks>Source: [HeK2016] equations 1 and 2.</remarks>
public sealed class Residual : ILayer
{
    private readonly ILayer _layer;
    private readonly Linear? _projection;

    public Residual(LayerScope scope, ILayer layer)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(layer);
        _layer = layer;
        _projection = layer.InputWidth == layer.OutputWidth ? null : new Linear(scope.Part("projection"), layer.InputWidth, layer.OutputWidth, hasBias: false);
    }

    public int InputWidth => _layer.InputWidth;

    public int OutputWidth => _layer.OutputWidth;

    public Tensor Forward(Tape tape, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return tape.Add(_projection is null ? input : _projection.Forward(tape, input), _layer.Forward(tape, input));
    }
}
