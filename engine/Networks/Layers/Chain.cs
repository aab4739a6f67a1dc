using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Layers;

/// <summary>Layers one after another.</summary>
public sealed class Chain : ILayer
{
    private readonly ILayer[] _layers;

    /// <exception cref="ShapeMismatchException">Two layers do not fit.</exception>
    public Chain(params IReadOnlyList<ILayer> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (layers.Count == 0)
        {
            throw new ArgumentException("There are no layers.", nameof(layers));
        }

        for (var k = 1; k < layers.Count; k++)
        {
            LayerChecks.Fits(layers[k - 1], layers[k]);
        }

        _layers = [.. layers];
    }

    public int InputWidth => _layers[0].InputWidth;

    public int OutputWidth => _layers[^1].OutputWidth;

    public Tensor Forward(Tape tape, Tensor input)
    {
        var x = input;
        foreach (var layer in _layers)
        {
            x = layer.Forward(tape, x);
        }

        return x;
    }
}
