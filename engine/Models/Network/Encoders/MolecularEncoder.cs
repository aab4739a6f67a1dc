using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Models.Network.Encoders;

/// <summary>A graph encoder over the nodes of the shared network, pooled by pathways where there are any: [subjects * nodes, channels] to [subjects, width].</summary>
internal sealed class MolecularEncoder : ITokenEncoder
{
    private readonly SharedGraph? _pathways;
    private readonly GraphEncoder _encoder;
    private readonly float _inputDropout;

    public MolecularEncoder(LayerScope scope, CsrMatrix matrix, CsrMatrix? pathways, int channelCount, NetworkLearnerOptions options)
    {
        Genes = new SharedGraph(scope.Parameters.Backend, matrix);
        _pathways = pathways is null ? null : new SharedGraph(scope.Parameters.Backend, pathways);
        _inputDropout = options.InputDropout;
        _encoder = new GraphEncoder(
            scope,
            new GraphEncoderGraphs(Genes, null, _pathways),
            matrix.RowCount,
            channelCount,
            new GraphEncoderOptions
            {
                Convolution = options.Convolution,
                Widths = options.NodeWidths,
                EmbedsGenes = options.EmbedsNodes,
                Dropout = options.Dropout,
                Readout = _pathways is null ? ReadoutKind.Attention : ReadoutKind.Pathways,
                OutputWidth = options.TokenWidth,
            });
    }

    /// <summary>The gene network.</summary>
    public SharedGraph Genes { get; }

    public Tensor Forward(Tape tape, Tensor input) => _encoder.Forward(tape, tape.Dropout(input, _inputDropout));

    public void Dispose()
    {
        _encoder.Dispose();
        Genes.Dispose();
        _pathways?.Dispose();
    }
}
