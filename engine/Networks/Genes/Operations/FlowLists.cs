namespace DigitalTwin.Networks.Genes.Operations;

/// <summary>Which way edges with a direction are followed; one without is followed both ways.</summary>
public enum EdgeFollowing
{
    /// <summary>From either end.</summary>
    Any,

    /// <summary>From source to target.</summary>
    Downstream,

    /// <summary>From target to source.</summary>
    Upstream,
}

/// <summary>The nodes that each node leads to in one step, each once and ascending.</summary>
internal static class FlowLists
{
    public static int[][] Of(GeneNetwork network, EdgeFollowing following)
    {
        var lists = new int[network.NodeCount][];
        for (var i = 0; i < lists.Length; i++)
        {
            lists[i] = following == EdgeFollowing.Any ? network.Neighbors.Of(i).ToArray() : Directed(network, i, following);
        }

        return lists;
    }

    private static int[] Directed(GeneNetwork network, int node, EdgeFollowing following)
    {
        var next = new SortedSet<int>();
        foreach (var edge in network.Graph.OutEdges(node))
        {
            if (following == EdgeFollowing.Downstream || !edge.IsDirected)
            {
                next.Add(edge.Target);
            }
        }

        foreach (var edge in network.Graph.InEdges(node))
        {
            if (following == EdgeFollowing.Upstream || !edge.IsDirected)
            {
                next.Add(edge.Source);
            }
        }

        return [.. next];
    }
}
