namespace DigitalTwin.Networks.Genes.Operations;

/// <summary>How many edges touch each node, shape [nodes] each.</summary>
/// <param name="Total">Edges that touch the node, each once.</param>
/// <param name="In">Edges that end in it; one without direction counts.</param>
/// <param name="Out">Edges that start from it; one without direction counts.</param>
public sealed record NodeDegrees(IReadOnlyList<int> Total, IReadOnlyList<int> In, IReadOnlyList<int> Out)
{
    public static NodeDegrees Of(GeneNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var (total, into, from) = (new int[network.NodeCount], new int[network.NodeCount], new int[network.NodeCount]);
        for (var i = 0; i < network.NodeCount; i++)
        {
            // An edge without direction stands once in the graph, and counts at each of its ends in both ways.
            total[i] = network.Graph.Degree(i);
            into[i] = network.Graph.InDegree(i) + network.Graph.OutEdges(i).Count(e => !e.IsDirected);
            from[i] = network.Graph.OutDegree(i) + network.Graph.InEdges(i).Count(e => !e.IsDirected);
        }

        return new NodeDegrees(total, into, from);
    }
}
