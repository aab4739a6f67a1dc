using DigitalTwin.Numerics.Autodiff;

namespace DigitalTwin.Networks.Layers;

/// <summary>Lifts the omics channels of each gene with vectors of its own: sum over channels c of x_c G_c[gene] + B[gene];
/// [patients * genes, channels] to [patients * genes, width]. Without it a graph layer cannot tell which gene a node is.</summary>
public sealed class GeneEmbedding : ILayer
{
    private readonly Parameter[] _channels;
    private readonly Parameter _shift;

    public GeneEmbedding(LayerScope scope, int geneCount, int channelCount, int width)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channelCount);
        _channels = [.. Enumerable.Range(0, channelCount).Select(c => scope.Part("channel").Weight(c.ToString(System.Globalization.CultureInfo.InvariantCulture), geneCount, width, WeightScheme.Glorot, channelCount, width))];
        _shift = scope.Constant("shift", geneCount, width, 0f);
    }

    public int InputWidth => _channels.Length;

    public int OutputWidth => _shift.Columns;

    public Tensor Forward(Tape tape, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(tape);
        var sum = tape.Parameter(_shift);
        for (var c = 0; c < _channels.Length; c++)
        {
            var channel = _channels.Length == 1 ? input : tape.SliceColumns(input, c, 1);
            sum = tape.MultiplyAdd(channel, tape.Parameter(_channels[c]), sum);
        }

        return sum;
    }
}
