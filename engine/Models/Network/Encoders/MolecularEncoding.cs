using DigitalTwin.Models.Explanation;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Networks.Genes.Pathways;
using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Models.Network.Encoders;

/// <summary>Molecular layers as channels of the nodes of the shared network, and a channel that says how much the arm of a subject lowers or raises each node.</summary>
internal sealed class MolecularEncoding : IModalityEncoding, IStored
{
    private readonly MolecularGraph _graph;
    private readonly NodeLayer[] _layers;
    private readonly bool _hasTargets;
    private readonly CsrMatrix? _pathways;
    private readonly int _channelCount;

    private MolecularEncoding(MolecularGraph graph, NodeLayer[] layers, bool hasTargets, CsrMatrix? pathways)
    {
        (_graph, _layers, _hasTargets, _pathways) = (graph, layers, hasTargets, pathways);
        _channelCount = layers.Sum(l => l.ChannelCount) + (hasTargets ? 1 : 0);
    }

    public string Name => "molecular";

    /// <summary>Null where no layer is on the network.</summary>
    public static MolecularEncoding? Fit(SubjectInputs training, MolecularGraph graph, NetworkLearnerOptions options, List<string> findings)
    {
        if (graph.Placements.Count == 0)
        {
            return null;
        }

        NodeLayer[] layers = [.. graph.Placements.Select(p => new NodeLayer(p, graph.Resolver, graph.Network))];
        findings.AddRange(layers.Select(l => l.Report.ToString()));
        var hasTargets = training.Treatments is { } given && given.Treatments.Any(t => t.Drugs.Any(d => d.Targets.Any(g => NodeOf(graph, g) >= 0)));
        return new MolecularEncoding(graph, layers, hasTargets, Pathways(graph.Network, options));
    }

    /// <summary>The network.</summary>
    public GeneNetwork Network => _graph.Network;

    public void Write(ModelWriter writer)
    {
        writer.Part(_graph);
        writer.List(_layers, l => l.Write(writer));
        writer.Flag(_hasTargets);
        writer.Flag(_pathways is not null);
        if (_pathways is not null)
        {
            StoredNetwork.Write(_pathways, writer);
        }
    }

    public static MolecularEncoding Read(ModelReader reader)
    {
        var graph = reader.Part<MolecularGraph>();
        var layers = reader.List(() => NodeLayer.Read(reader, graph.Network.NodeCount));
        var hasTargets = reader.Flag();
        return new MolecularEncoding(graph, layers, hasTargets, reader.Flag() ? StoredNetwork.ReadMatrix(reader) : null);
    }

    public FeatureName? NameOf(int row, int column)
    {
        var symbol = _graph.Network.Nodes[row].Symbol.Value;
        return LayerOf(column) is { } found ? new FeatureName(found.Layer.Name, symbol) : new FeatureName(FeatureName.Treatment, $"target {symbol}");
    }

    public bool IsMask(int column) => LayerOf(column) is { IsMask: true };

    public ModalityNumbers Encode(SubjectInputs inputs)
    {
        var measured = inputs.Remembered(this, () => Measured(inputs));
        if (!_hasTargets || inputs.Treatments is null)
        {
            return measured;
        }

        var (values, width) = ((float[])measured.Values.Clone(), measured.RowCount * _channelCount);
        for (var i = 0; i < inputs.Count; i++)
        {
            WriteTargets(inputs.Treatments.Of(i), values.AsSpan(i * width, width));
        }

        return measured with { Values = values };
    }

    private ModalityNumbers Measured(SubjectInputs inputs)
    {
        var nodeCount = _graph.Network.NodeCount;
        var values = new float[checked(inputs.Count * nodeCount * _channelCount)];
        var isPresent = new bool[inputs.Count];
        var channel = 0;
        foreach (var layer in _layers)
        {
            layer.Write(inputs, values, nodeCount, _channelCount, channel, isPresent);
            channel += layer.ChannelCount;
        }

        return new ModalityNumbers(values, nodeCount, _channelCount, isPresent);
    }

    public ITokenEncoder CreateEncoder(LayerScope scope, NetworkLearnerOptions options) => new MolecularEncoder(scope, _graph.Matrix, _pathways, _channelCount, options);

    private (NodeLayer Layer, bool IsMask)? LayerOf(int column)
    {
        foreach (var layer in _layers)
        {
            if (column < layer.ChannelCount)
            {
                return (layer, column == 1);
            }

            column -= layer.ChannelCount;
        }

        return null;
    }

    private void WriteTargets(Treatment treatment, Span<float> nodes)
    {
        foreach (var drug in treatment.Drugs)
        {
            foreach (var target in drug.Targets)
            {
                if (NodeOf(_graph, target) is >= 0 and var node)
                {
                    nodes[(node * _channelCount) + _channelCount - 1] += (float)(target.Activates ? drug.RelativeDose : -drug.RelativeDose);
                }
            }
        }
    }

    private static int NodeOf(MolecularGraph graph, DrugTarget target) =>
        GeneSymbol.TryParse(target.Gene, out var symbol) && graph.Network.TryIndexOf(symbol, out var node) ? node : -1;

    /// <summary>Null where there are no sets, or none has enough genes here.</summary>
    private static CsrMatrix? Pathways(GeneNetwork network, NetworkLearnerOptions options) =>
        options.Pathways is { } sets && sets.Sets.Any(s => s.Genes.Count(network.Contains) >= options.LeastPathwayGenes)
            ? PathwayPool.Of(sets, network, leastGenes: options.LeastPathwayGenes).Matrix
            : null;
}
