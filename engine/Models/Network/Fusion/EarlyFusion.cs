using DigitalTwin.Models.Network.Encoders;
using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Autodiff;

namespace DigitalTwin.Models.Network.Fusion;

/// <summary>Tokens side by side, brought to the width of one, then residual blocks.</summary>
internal sealed class EarlyFusion : IFusion
{
    private readonly TokenMask _mask;
    private readonly Linear? _together;
    private readonly ResidualBlock[] _blocks;
    private readonly ZeroLinear _output;

    public EarlyFusion(LayerScope scope, int modalityCount, int coefficientCount, NetworkLearnerOptions options)
    {
        var width = options.TokenWidth;
        _mask = new TokenMask(scope.Part("missing"), modalityCount, width);
        _together = modalityCount == 1 ? null : new Linear(scope.Part("together"), modalityCount * width, width);
        _blocks = [.. Enumerable.Range(0, options.FusedBlockCount).Select(k => new ResidualBlock(scope.Part("block").Part(k), width, options.HiddenWidth, options.Dropout))];
        _output = new ZeroLinear(scope.Part("output"), width, coefficientCount, options.Dropout);
    }

    public Tensor Forward(Tape tape, IReadOnlyList<Tensor> tokens, Tensor presence)
    {
        var x = _mask.Forward(tape, tokens, presence);
        x = _together is null ? x : _together.Forward(tape, x);
        foreach (var block in _blocks)
        {
            x = block.Forward(tape, x);
        }

        return _output.Forward(tape, x);
    }

    public void Dispose()
    {
    }
}
