using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Omics.Features;
using DigitalTwin.Omics.Layers;

namespace DigitalTwin.Models.Network.Encoders;

/// <summary>A layer on the nodes of a network the way training subjects taught.</summary>
internal sealed class NodeLayer
{
    private readonly string _name;
    private readonly FittedNodeMapping _mapping;
    private readonly LayerEncoding _encoding;
    private readonly int[] _nodes;
    private readonly int[] _columns;

    /// <param name="placement">Where its features are.</param>
    /// <param name="resolver">Answers for the whole network.</param>
    /// <param name="network">The nodes that are kept.</param>
    public NodeLayer(LayerPlacement placement, INodeResolver resolver, GeneNetwork network)
    {
        _name = placement.Layer.Layer.Name;
        var training = SubjectSplit.AllTraining(placement.Layer.Subjects).Training(placement.Layer.Layer);
        _mapping = new NodeMapping(placement.Kind, resolver).FitMapping(training);
        var mapped = _mapping.Apply(placement.Layer);
        _encoding = LayerEncoding.Fit(mapped);
        var features = _encoding.Features;
        _nodes = [.. features.Select(f => network.IndexOf(new GeneSymbol(f)))];
        var places = _mapping.OutputFeatures.Select((f, k) => (f, k)).ToDictionary(p => p.f, p => p.k, StringComparer.Ordinal);
        _columns = [.. features.Select(f => places[f])];
        HasGaps = Enumerable.Range(0, mapped.SubjectCount).Any(i => HasGap(mapped.Layer.Row(i)));
    }

    private NodeLayer(string name, FittedNodeMapping mapping, LayerEncoding encoding, int[] nodes, int[] columns, bool hasGaps) =>
        (_name, _mapping, _encoding, _nodes, _columns, HasGaps) = (name, mapping, encoding, nodes, columns, hasGaps);

    /// <summary>Name of the layer.</summary>
    public string Name => _name;

    /// <summary>What of the layer is on which node.</summary>
    public MappingReport Report => _mapping.Report;

    /// <summary>Whether training subjects have missing values: a second channel then says what was seen.</summary>
    public bool HasGaps { get; }

    public int ChannelCount => HasGaps ? 2 : 1;

    public void Write(ModelWriter writer)
    {
        writer.Text(_name);
        StoredLayers.Write(_mapping, writer);
        _encoding.Write(writer);
        writer.Ints(_nodes);
        writer.Ints(_columns);
        writer.Flag(HasGaps);
    }

    public static NodeLayer Read(ModelReader reader, int nodeCount)
    {
        var (name, mapping, encoding, nodes, columns) = (reader.Text(), StoredLayers.ReadMapping(reader), LayerEncoding.Read(reader), reader.Ints(), reader.Ints());
        reader.Require(encoding.IsOf(mapping.OutputUnit, mapping.OutputFeatures), $"the layer '{name}' is not encoded as it is laid on the network");
        reader.Require(
            nodes.Length == encoding.Names.Count && columns.Length == nodes.Length && nodes.All(n => (uint)n < (uint)nodeCount) && columns.All(c => (uint)c < (uint)mapping.OutputFeatures.Count),
            $"the layer '{name}' is laid on nodes that are not there");
        return new NodeLayer(name, mapping, encoding, nodes, columns, reader.Flag());
    }

    /// <summary>Writes the channels of the layer.</summary>
    /// <param name="inputs">Of any subjects; the layer may be missing.</param>
    /// <param name="values">Row-major [subjects * nodes, channels].</param>
    /// <param name="nodeCount">Nodes.</param>
    /// <param name="channelCount">Channels of all layers.</param>
    /// <param name="channel">First channel of this one.</param>
    /// <param name="isPresent">Set where a subject has any value of the layer.</param>
    public void Write(SubjectInputs inputs, float[] values, int nodeCount, int channelCount, int channel, bool[] isPresent)
    {
        if (inputs.Layers.FirstOrDefault(l => l.Layer.Name == _name) is not { } layer)
        {
            return;
        }

        var mapped = _mapping.Apply(layer);
        var encoded = _encoding.Encode(mapped);
        for (var i = 0; i < inputs.Count; i++)
        {
            var row = encoded.Row(i);
            var seen = mapped.Layer.Row(i);
            for (var k = 0; k < _nodes.Length; k++)
            {
                var place = ((((long)i * nodeCount) + _nodes[k]) * channelCount) + channel;
                values[place] = (float)row[k];
                if (HasGaps && !float.IsNaN(seen[_columns[k]]))
                {
                    values[place + 1] = 1f;
                }
            }

            isPresent[i] |= LayerEncoding.IsPresent(layer, i);
        }
    }

    private bool HasGap(ReadOnlySpan<float> row)
    {
        foreach (var column in _columns)
        {
            if (float.IsNaN(row[column]))
            {
                return true;
            }
        }

        return false;
    }
}
