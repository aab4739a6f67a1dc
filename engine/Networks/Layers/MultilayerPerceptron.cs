using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Layers;

/// <summary>Affine layers one after another, with an activation and dropout between them, row by row.</summary>
public sealed class MultilayerPerceptron : ILayer
{
    private readonly Linear[] _layers;
    private readonly float _dropout;

    /// <param name="scope">Where the parameters go.</param>
    /// <param name="widths">Inputs, hidden widths, outputs: two numbers or more.</param>
    /// <param name="activation">Between the layers.</param>
    /// <param name="dropout">Share dropped between the layers while training.</param>
    /// <param name="outputActivation">After the last layer.</param>
    public MultilayerPerceptron(
        LayerScope scope, ReadOnlySpan<int> widths, Activation activation = Activation.Relu, float dropout = 0f, Activation outputActivation = Activation.None)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (widths.Length < 2)
        {
            throw new ArgumentException($"There are {widths.Length} widths; a perceptron needs its inputs and its outputs at least.", nameof(widths));
        }

        _layers = new Linear[widths.Length - 1];
        for (var k = 0; k < _layers.Length; k++)
        {
            _layers[k] = new Linear(scope.Part(k), widths[k], widths[k + 1], k + 1 < _layers.Length ? activation : outputActivation);
        }

        _dropout = LayerChecks.Share(dropout);
    }

    public int InputWidth => _layers[0].InputWidth;

    public int OutputWidth => _layers[^1].OutputWidth;

    public Tensor Forward(Tape tape, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(tape);
        var x = input;
        for (var k = 0; k < _layers.Length; k++)
        {
            x = _layers[k].Forward(tape, k == 0 ? x : tape.Dropout(x, _dropout));
        }

        return x;
    }
}
