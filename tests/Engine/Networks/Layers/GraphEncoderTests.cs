using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Networks.Layers;

/// <summary>Omics over a network to one vector a patient, composed by options.</summary>
public sealed class GraphEncoderTests : IDisposable
{
    private const int GeneCount = 6;
    private const int ChannelCount = 2;

    private static readonly CsrMatrix Ring = new(6, 6, [0, 2, 4, 6, 8, 10, 12], [1, 5, 0, 2, 1, 3, 2, 4, 3, 5, 0, 4]);

    private readonly LayerBench _bench = new();

    public static TheoryData<ConvolutionKind, ReadoutKind, JumpingMode, NormalizationKind> Combinations()
    {
        var data = new TheoryData<ConvolutionKind, ReadoutKind, JumpingMode, NormalizationKind>();
        foreach (var convolution in Enum.GetValues<ConvolutionKind>())
        {
            data.Add(convolution, (ReadoutKind)((int)convolution % 6), (JumpingMode)((int)convolution % 3), (NormalizationKind)((int)convolution % 3));
        }

        foreach (var readout in Enum.GetValues<ReadoutKind>())
        {
            data.Add(ConvolutionKind.GraphConvolution, readout, JumpingMode.Concatenation, NormalizationKind.Layer);
        }

        return data;
    }

    public void Dispose() => _bench.Dispose();

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Property_RecomputedLayers_GiveTheSameOutputAndGradients(ConvolutionKind convolution, ReadoutKind readout, JumpingMode jumping, NormalizationKind normalization)
    {
        var options = new GraphEncoderOptions
        {
            Convolution = convolution,
            Readout = readout,
            Jumping = jumping,
            Normalization = normalization,
            Widths = [4, 4, 4],
            Heads = 2,
            OutputWidth = 3,
            Activation = Activation.Tanh,
        };
        var input = Input(3);
        var (output, inputGradient, gradients) = Encode(options, input);
        Assert.Equal(3 * 3, output.Length);
        Assert.All(gradients.Where(g => !g.Name.Contains("running", StringComparison.Ordinal)), g => Assert.True(g.Value.Any(v => v != 0), $"no gradient reached {g.Name}"));
        var (again, inputGradientAgain, gradientsAgain) = Encode(options with { RecomputesLayers = true }, input);
        Agreement.Close(output, again, 1e-12);
        Agreement.Close(inputGradient, inputGradientAgain, 1e-9, 1e-12);
        foreach (var (first, second) in gradients.Zip(gradientsAgain))
        {
            Agreement.Close(first.Value, second.Value, 1e-9, 1e-12);
        }
    }

    [Fact]
    public void Property_WithoutGeneEmbedding_TheOrderOfGenesDoesNotMatter()
    {
        var options = new GraphEncoderOptions { EmbedsGenes = false, Widths = [4, 4], OutputWidth = 3, Readout = ReadoutKind.Attention };
        using var encoder = new GraphEncoder(_bench.Scope, new GraphEncoderGraphs(_bench.Graph(Ring)), GeneCount, ChannelCount, options);
        _bench.Scatter();
        var input = Input(1);

        // The ring turned by two nodes is the same ring.
        double[] turned = [.. input[4..], .. input[..4]];
        Agreement.Close(_bench.Run(encoder, input), _bench.Run(encoder, turned), 1e-10);
    }

    [Fact]
    public void Property_WithGeneEmbedding_TheOrderOfGenesMatters()
    {
        var options = new GraphEncoderOptions { Widths = [4, 4], OutputWidth = 3 };
        using var encoder = new GraphEncoder(_bench.Scope, new GraphEncoderGraphs(_bench.Graph(Ring)), GeneCount, ChannelCount, options);
        _bench.Scatter();
        var input = Input(1);
        double[] turned = [.. input[4..], .. input[..4]];
        Assert.True(_bench.Run(encoder, input).Zip(_bench.Run(encoder, turned)).Max(p => Math.Abs(p.First - p.Second)) > 1e-3);
    }

    [Fact]
    public void Error_MissingGraph_IsNamed()
    {
        var options = new GraphEncoderOptions { Convolution = ConvolutionKind.Relational };
        var error = Assert.Throws<UnusableGraphException>(() => new GraphEncoder(_bench.Scope, new GraphEncoderGraphs(), GeneCount, ChannelCount, options));
        Assert.Equal("An encoder with Relational needs the graph 'Relations', which is missing.", error.Message);
    }

    [Fact]
    public void Error_GraphOverOtherGenes_NamesBothCounts()
    {
        var error = Assert.Throws<UnusableGraphException>(() => new GraphEncoder(_bench.Scope, new GraphEncoderGraphs(_bench.Graph(Ring)), 7, ChannelCount, new GraphEncoderOptions()));
        Assert.Contains("6 genes", error.Message, StringComparison.Ordinal);
        Assert.Contains("has 7", error.Message, StringComparison.Ordinal);
    }

    private static double[] Input(int patients) => [.. Enumerable.Range(0, patients * GeneCount * ChannelCount).Select(k => Math.Sin((5 * k) + (0.7 * k * k)))];

    private static (double[] Output, double[] InputGradient, (string Name, double[] Value)[] Gradients) Encode(GraphEncoderOptions options, double[] input)
    {
        using var bench = new LayerBench();
        var graphs = new GraphEncoderGraphs(bench.Graph(Ring), bench.Relations(("activation", Ring), ("inhibition", Ring)), bench.Graph(LayerCases.Pathways));
        using var encoder = new GraphEncoder(bench.Scope, graphs, GeneCount, ChannelCount, options);
        bench.Scatter();
        var (output, inputGradient) = bench.Differentiate(encoder, input, isTraining: true);
        return (output, inputGradient, [.. bench.Parameters.Parameters.Select(p => (p.Name, LayerBench.Numbers(p.Gradient)))]);
    }
}
