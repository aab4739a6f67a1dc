namespace DigitalTwin.Networks.Genes.Matrices;

/// <summary>Orders of nodes that keep memory near. Reverse Cuthill-McKee puts neighbours side by side, so that what a row gathers lies close together: it gains most where
/// a network falls into modules or chains (shared annotations, pathways). Order by degree puts hubs together, so that the rows most often gathered stay in cache: it gains
/// most where a few hubs hold most edges (transcription factors and their targets). Neither matters while all rows fit in cache. What both come to on real networks
/// stands in docs/gene-networks.md.</summary>
public static class LocalityOrder
{
    /// <summary>Hubs first; of nodes with as many neighbours, the first of the network.</summary>
    public static NodeOrder ByDegree(GeneNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new NodeOrder(Enumerable.Range(0, network.NodeCount).OrderByDescending(network.Neighbors.CountOf));
    }

    /// <summary>Neighbours near: from a node at the rim of each component outwards, nodes of few neighbours first, and all of it reversed.</summary>
    /// <remarks>Source: [Cuthill1969]; the rim is found as in [George1979]. Ties go to the first node of the network, so that the order repeats.</remarks>
    public static NodeOrder ReverseCuthillMcKee(GeneNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var order = new List<int>(network.NodeCount);
        var isPlaced = new bool[network.NodeCount];
        for (var node = 0; node < network.NodeCount; node++)
        {
            if (!isPlaced[node])
            {
                Place(network.Neighbors, Rim(network.Neighbors, node), isPlaced, order);
            }
        }

        order.Reverse();
        return new NodeOrder(order);
    }

    /// <summary>The furthest that two joined nodes lie apart in an order.</summary>
    public static int Bandwidth(GeneNetwork network, NodeOrder order) => Spans(network, order).DefaultIfEmpty(0).Max();

    /// <summary>How far two joined nodes lie apart in an order, on average; 0 without edges.</summary>
    public static double MeanSpan(GeneNetwork network, NodeOrder order) => Spans(network, order).DefaultIfEmpty(0).Average();

    private static IEnumerable<int> Spans(GeneNetwork network, NodeOrder order)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(order);
        if (order.Count != network.NodeCount)
        {
            throw new ArgumentException($"The order has {order.Count} nodes and the network {network.NodeCount}.", nameof(order));
        }

        return network.Edges.Select(e => Math.Abs(order.PlaceOf[e.Source] - order.PlaceOf[e.Target]));
    }

    private static void Place(NeighborLists neighbors, int start, bool[] isPlaced, List<int> order)
    {
        var next = order.Count;
        order.Add(start);
        isPlaced[start] = true;
        for (; next < order.Count; next++)
        {
            var free = new List<int>();
            foreach (var other in neighbors.Of(order[next]))
            {
                if (!isPlaced[other])
                {
                    isPlaced[other] = true;
                    free.Add(other);
                }
            }

            order.AddRange(free.OrderBy(neighbors.CountOf));
        }
    }

    // A node from which the component is as deep as can be had by starting again from the far end.
    private static int Rim(NeighborLists neighbors, int start)
    {
        var (depth, far) = Deepest(neighbors, start);
        while (true)
        {
            var (nextDepth, nextFar) = Deepest(neighbors, far);
            if (nextDepth <= depth)
            {
                return far;
            }

            (depth, far) = (nextDepth, nextFar);
        }
    }

    private static (int Depth, int Far) Deepest(NeighborLists neighbors, int start)
    {
        var depths = new Dictionary<int, int> { [start] = 0 };
        var order = new List<int> { start };
        for (var k = 0; k < order.Count; k++)
        {
            foreach (var other in neighbors.Of(order[k]))
            {
                if (depths.TryAdd(other, depths[order[k]] + 1))
                {
                    order.Add(other);
                }
            }
        }

        var depth = depths[order[^1]];
        return (depth, order.Where(n => depths[n] == depth).OrderBy(neighbors.CountOf).ThenBy(n => n).First());
    }
}
