using System.Globalization;
using DigitalTwin.Models.Network.Encoders;
using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Models.Network.Fusion;

/// <summary>Each modality has blocks and a last layer of its own; the mean over the modalities that a subject has, 0 where it has none.</summary>
internal sealed class LateFusion : IFusion
{
    private readonly ResidualBlock[][] _blocks;
    private readonly ZeroLinear[] _outputs;

    public LateFusion(LayerScope scope, int modalityCount, int coefficientCount, NetworkLearnerOptions options)
    {
        var parts = Enumerable.Range(0, modalityCount).Select(m => scope.Part(m.ToString(CultureInfo.InvariantCulture))).ToArray();
        _blocks =
        [
            .. parts.Select(p => Enumerable.Range(0, options.FusedBlockCount)
                .Select(k => new ResidualBlock(p.Part("block").Part(k), options.TokenWidth, options.HiddenWidth, options.Dropout)).ToArray()),
        ];
        _outputs = [.. parts.Select(p => new ZeroLinear(p.Part("output"), options.TokenWidth, coefficientCount, options.Dropout))];
    }

    public Tensor Forward(Tape tape, IReadOnlyList<Tensor> tokens, Tensor presence)
    {
        Tensor? sum = null;
        for (var m = 0; m < tokens.Count; m++)
        {
            var x = tokens[m];
            foreach (var block in _blocks[m])
            {
                x = block.Forward(tape, x);
            }

            var own = tape.Multiply(_outputs[m].Forward(tape, x), tape.SliceColumns(presence, m, 1));
            sum = sum is null ? own : tape.Add(sum, own);
        }

        // The count of modalities that are there, 1 where there is none.
        var count = tape.Reduce(presence, Reduction.Sum, presence.Rows, 1);
        var divisor = tape.Add(count, tape.Apply(tape.Shift(tape.Scale(count, -1f), 1f), UnaryFunction.Relu));
        return tape.Divide(sum!, divisor);
    }

    public void Dispose()
    {
    }
}
