using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Layers;

/// <summary>What becomes of the outputs of layers that follow each other.</summary>
public enum JumpingMode
{
    /// <summary>Only the last counts.</summary>
    Last,

    /// <summary>Side by side.</summary>
    Concatenation,

    /// <summary>The greatest, feature by feature; widths must be the same.</summary>
    Maximum,
}

/// <summary>Layers one after another whose outputs all reach the end, so that each node can use the neighbourhood size that suits it.</summary>
/// <remarks>Source: [XuK2018] section 4.</remarks>
public sealed class JumpingKnowledge : ILayer
{
    private readonly ILayer[] _layers;
    private readonly JumpingMode _mode;
    private readonly bool _recomputes;

    /// <param name="layers">In order; at least one.</param>
    /// <param name="mode">How their outputs come together.</param>
    /// <param name="recomputes">Whether each layer forgets its inner tensors and computes them again for the gradient.</param>
    /// <exception cref="ShapeMismatchException">Two layers do not fit.</exception>
    public JumpingKnowledge(IReadOnlyList<ILayer> layers, JumpingMode mode = JumpingMode.Concatenation, bool recomputes = false)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (layers.Count == 0)
        {
            throw new ArgumentException("There are no layers.", nameof(layers));
        }

        for (var k = 1; k < layers.Count; k++)
        {
            LayerChecks.Fits(layers[k - 1], layers[k]);
            if (mode == JumpingMode.Maximum && layers[k].OutputWidth != layers[0].OutputWidth)
            {
                throw new ShapeMismatchException($"Layer {k} gives {layers[k].OutputWidth} features and layer 0 gives {layers[0].OutputWidth}: a maximum needs the same.");
            }
        }

        (_layers, _mode, _recomputes) = ([.. layers], mode, recomputes);
        OutputWidth = mode == JumpingMode.Concatenation ? _layers.Sum(l => l.OutputWidth) : _layers[^1].OutputWidth;
    }

    public int InputWidth => _layers[0].InputWidth;

    public int OutputWidth { get; }

    public Tensor Forward(Tape tape, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(tape);
        var x = input;
        Tensor? together = null;
        foreach (var layer in _layers)
        {
            x = _recomputes ? tape.Checkpoint(x, layer) : layer.Forward(tape, x);
            together = _mode switch
            {
                JumpingMode.Last => x,
                _ when together is null => x,
                JumpingMode.Concatenation => tape.ConcatenateColumns(together, x),
                _ => tape.Maximum(together, x),
            };
        }

        return together!;
    }
}
