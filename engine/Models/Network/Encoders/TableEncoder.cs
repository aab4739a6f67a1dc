using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Autodiff;

namespace DigitalTwin.Models.Network.Encoders;

/// <summary>Affine to the width of a token, then residual blocks: [subjects, columns] to [subjects, width].</summary>
internal sealed class TableEncoder : ITokenEncoder
{
    private readonly Linear _lift;
    private readonly ResidualBlock[] _blocks;

    public TableEncoder(LayerScope scope, int columnCount, NetworkLearnerOptions options)
    {
        _lift = new Linear(scope.Part("lift"), columnCount, options.TokenWidth);
        _blocks = [.. Enumerable.Range(0, options.TableBlockCount).Select(k => new ResidualBlock(scope.Part("block").Part(k), options.TokenWidth, options.HiddenWidth, options.Dropout))];
    }

    public Tensor Forward(Tape tape, Tensor input)
    {
        var x = _lift.Forward(tape, input);
        foreach (var block in _blocks)
        {
            x = block.Forward(tape, x);
        }

        return x;
    }

    public void Dispose()
    {
    }
}
