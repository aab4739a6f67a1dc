using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Models.Network.Encoders;

/// <summary>x + dropout(W2 dropout(relu(W1 norm(x)))), row by row: what is linear in x goes past it.</summary>
/// <remarks>Source: [Gorishniy2021] section 3.2, with layer normalisation so that subjects of a batch do not touch.</remarks>
internal sealed class ResidualBlock : ILayer
{
    private readonly LayerNormalization _norm;
    private readonly MultilayerPerceptron _body;
    private readonly float _dropout;

    public ResidualBlock(LayerScope scope, int width, int hiddenWidth, float dropout)
    {
        _norm = new LayerNormalization(scope.Part("norm"), width);
        _body = new MultilayerPerceptron(scope.Part("body"), [width, hiddenWidth, width], Activation.Relu, dropout);
        _dropout = dropout;
    }

    public int InputWidth => _norm.InputWidth;

    public int OutputWidth => _norm.OutputWidth;

    public Tensor Forward(Tape tape, Tensor input) =>
        tape.Add(input, tape.Dropout(_body.Forward(tape, _norm.Forward(tape, input)), _dropout));
}
