using DigitalTwin.Networks.Genes;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Models.Storage;

/// <summary>Nodes and edges of a gene network, and sparse matrices over it.</summary>
internal static class StoredNetwork
{
    // Source, target, type, sign, weight, name of the source, direction.
    private const int LeastEdgeBytes = (5 * sizeof(int)) + sizeof(double) + 1;

    public static void Write(GeneNetwork network, ModelWriter writer)
    {
        var sources = network.Edges.Select(e => e.SourceName).Distinct(StringComparer.Ordinal).ToArray();
        var places = sources.Select((s, k) => (s, k)).ToDictionary(p => p.s, p => p.k, StringComparer.Ordinal);
        writer.List(network.Nodes, node => Write(node, writer));
        writer.Texts(sources);
        writer.List(network.Edges, edge =>
        {
            writer.Int(edge.Source);
            writer.Int(edge.Target);
            writer.Choice(edge.Type);
            writer.Choice(edge.Sign);
            writer.Number(edge.Weight);
            writer.Int(places[edge.SourceName]);
            writer.Flag(edge.IsDirected);
        });
    }

    public static GeneNetwork Read(ModelReader reader)
    {
        var nodes = reader.List(() => ReadNode(reader), 5 * sizeof(int));
        var sources = reader.Texts();
        var edges = reader.List(() => ReadEdge(reader, sources), LeastEdgeBytes);
        return GeneNetwork.FromOrdered(nodes, edges);
    }

    /// <summary>Whether two networks have the same nodes and edges: those of several folds are made apart and are the same.</summary>
    public static bool AreSame(GeneNetwork first, GeneNetwork second) =>
        ReferenceEquals(first, second)
        || (first.NodeCount == second.NodeCount && first.EdgeCount == second.EdgeCount
            && first.Nodes.Zip(second.Nodes).All(n => AreSame(n.First, n.Second)) && first.Edges.Zip(second.Edges).All(e => AreSame(e.First, e.Second)));

    public static void Write(CsrMatrix matrix, ModelWriter writer)
    {
        writer.Int(matrix.RowCount);
        writer.Int(matrix.ColumnCount);
        writer.Ints(matrix.RowOffsets);
        writer.Ints(matrix.ColumnIndices);
        writer.Flag(matrix.Values is not null);
        if (matrix.Values is not null)
        {
            writer.Singles(matrix.Values);
        }
    }

    public static CsrMatrix ReadMatrix(ModelReader reader) =>
        new(reader.Int(), reader.Int(), reader.Ints(), reader.Ints(), reader.Flag() ? reader.Singles() : null);

    private static void Write(GeneNode node, ModelWriter writer)
    {
        writer.Text(node.Symbol.Value);
        writer.Choice(node.Kind);
        writer.OptionalText(node.HgncSymbol);
        writer.Texts(node.UniProtAccessions);
        writer.Texts(node.Aliases);
    }

    private static GeneNode ReadNode(ModelReader reader) =>
        new(new GeneSymbol(reader.Text()), reader.Choice<NodeKind>(), reader.OptionalText(), reader.Texts(), reader.Texts());

    private static GeneEdge ReadEdge(ModelReader reader, string[] sources)
    {
        var (source, target, type, sign, weight) = (reader.Int(), reader.Int(), reader.Choice<EdgeType>(), reader.Choice<EdgeSign>(), reader.Number());
        return new GeneEdge(source, target, type, sign, weight, sources[reader.IntWithin(0, sources.Length - 1, "the source of an edge")], reader.Flag());
    }

    private static bool AreSame(GeneNode first, GeneNode second) =>
        ReferenceEquals(first, second)
        || (first.Symbol == second.Symbol && first.Kind == second.Kind && first.HgncSymbol == second.HgncSymbol
            && first.UniProtAccessions.SequenceEqual(second.UniProtAccessions, StringComparer.Ordinal) && first.Aliases.SequenceEqual(second.Aliases, StringComparer.Ordinal));

    private static bool AreSame(GeneEdge first, GeneEdge second) =>
        first.Source == second.Source && first.Target == second.Target && first.Type == second.Type && first.Sign == second.Sign
        && first.Weight.Equals(second.Weight) && first.IsDirected == second.IsDirected && first.SourceName == second.SourceName;
}
