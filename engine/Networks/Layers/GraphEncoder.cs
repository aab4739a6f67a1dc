using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Layers;

/// <summary>From omics over a gene network to one vector a patient: [patients * genes, channels] to [patients, d], all patients as one wide batch.
/// Lift, graph layers, readout, affine layer.</summary>
public sealed class GraphEncoder : ILayer, IDisposable
{
    private readonly ILayer _lift;
    private readonly JumpingKnowledge? _body;
    private readonly ILayer? _pooling;
    private readonly Linear _output;
    private readonly SharedGraph? _allGenes;
    private readonly int _pooledRows;

    /// <param name="scope">Where the parameters go.</param>
    /// <param name="graphs">Those that the options need.</param>
    /// <param name="geneCount">Genes of a patient.</param>
    /// <param name="channelCount">Omics channels of a gene.</param>
    /// <param name="options">What the encoder is made of.</param>
    /// <exception cref="UnusableGraphException">A graph that the options need is missing, or is not over <paramref name="geneCount"/> genes.</exception>
    public GraphEncoder(LayerScope scope, GraphEncoderGraphs graphs, int geneCount, int channelCount, GraphEncoderOptions options)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(graphs);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(geneCount);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channelCount);
        if (options.Widths.Count == 0)
        {
            throw new ArgumentException("An encoder needs at least the width of its lift.", nameof(options));
        }

        GeneCount = geneCount;
        _lift = options.EmbedsGenes
            ? new GeneEmbedding(scope.Part("lift"), geneCount, channelCount, options.Widths[0])
            : new Linear(scope.Part("lift"), channelCount, options.Widths[0], options.Activation);
        var layers = new List<ILayer>();
        var factory = new GraphEncoderLayers(graphs, geneCount, options);
        for (var k = 1; k < options.Widths.Count; k++)
        {
            layers.Add(factory.Block(scope.Part("layer").Part(k), options.Widths[k - 1], options.Widths[k]));
        }

        _body = layers.Count == 0 ? null : new JumpingKnowledge(layers, options.Jumping, options.RecomputesLayers);
        var width = _body?.OutputWidth ?? options.Widths[0];
        (_pooling, _allGenes, _pooledRows) = factory.Readout(scope, width);
        _output = new Linear(scope.Part("output"), checked(_pooledRows * width), options.OutputWidth);
    }

    /// <summary>Genes of a patient.</summary>
    public int GeneCount { get; }

    public int InputWidth => _lift.InputWidth;

    public int OutputWidth => _output.OutputWidth;

    /// <param name="tape">Where to compute.</param>
    /// <param name="input">[patients * genes, channels].</param>
    /// <returns>[patients, d].</returns>
    public Tensor Forward(Tape tape, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(input);
        var patients = OperandCheck.Patients(input.Value, GeneCount, "genes", input.Name);
        var x = _lift.Forward(tape, input);
        x = _body is null ? x : _body.Forward(tape, x);
        x = _pooling is null ? x : _pooling.Forward(tape, x);
        return _output.Forward(tape, tape.Reshape(x, patients, _pooledRows * x.Columns));
    }

    /// <summary>Gives back what the encoder made itself; the graphs stay with their owner.</summary>
    public void Dispose() => _allGenes?.Dispose();
}
