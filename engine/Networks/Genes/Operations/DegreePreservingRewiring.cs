using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Networks.Genes.Operations;

/// <summary>A network whose edges were exchanged at random.</summary>
/// <param name="Network">The same nodes, and as many edges of each relation at each node.</param>
/// <param name="AttemptCount">Exchanges that were tried.</param>
/// <param name="SwapCount">Exchanges that were made.</param>
/// <param name="UnchangedEdgeCount">Edges of the first network that the second has too, with the same ends and relation.</param>
/// <param name="FrozenRelations">Relations in which no exchange was made, because they have one edge or no other arrangement.</param>
public sealed record RewiredNetwork(
    GeneNetwork Network, int AttemptCount, int SwapCount, int UnchangedEdgeCount, IReadOnlyList<NetworkRelation> FrozenRelations);

/// <summary>Random rewiring that keeps degrees: the honest control for the question whether a network helps. What a model gains from the true network beyond
/// the rewired one, it gains from who is joined to whom, and not from how many neighbours a gene has.</summary>
public static class DegreePreservingRewiring
{
    /// <summary>Exchanges the targets of two edges of one relation, again and again. Each node keeps its number of edges in and out by type, sign and direction. An exchange
    /// that would join a node to itself, or two nodes that are joined already in the same direction, is not made. A weight stays with its source.</summary>
    /// <param name="network">The true network.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="replicate">Number of the rewired network: each number another.</param>
    /// <param name="attemptsPerEdge">Exchanges tried for each edge; 10 or more leave nothing of the true arrangement but its degrees.</param>
    /// <exception cref="NoEdgesException">The network has no edges.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="attemptsPerEdge"/> is not positive.</exception>
    /// <remarks>Source: [Maslov2002] for networks of proteins; [Milo2003] for the number of exchanges.</remarks>
    public static RewiredNetwork Rewire(GeneNetwork network, ulong seed, uint replicate = 0, int attemptsPerEdge = 20)
    {
        ArgumentNullException.ThrowIfNull(network);
        network.RequireEdges("Rewiring");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(attemptsPerEdge);
        var stream = new RandomStream(new StreamKey(seed, StreamKey.HashOf("network rewiring"), 0, replicate, RandomPurpose.Permutation));
        var exchange = new EdgeExchange(network);
        var attempts = checked(attemptsPerEdge * network.EdgeCount);
        var swaps = 0;
        for (var k = 0; k < attempts; k++)
        {
            swaps += exchange.TrySwap(stream) ? 1 : 0;
        }

        var rewired = new List<GeneEdge>(network.EdgeCount);
        for (var e = 0; e < network.EdgeCount; e++)
        {
            var edge = network.Edges[e];
            rewired.Add(new GeneEdge(exchange.Sources[e], exchange.Targets[e], edge.Type, edge.Sign, edge.Weight, edge.SourceName, edge.IsDirected));
        }

        rewired.Sort((a, b) => (a.Source, a.Target, a.IsDirected, a.Type, a.Sign).CompareTo((b.Source, b.Target, b.IsDirected, b.Type, b.Sign)));
        var before = network.Edges.Select(e => (e.Source, e.Target, NetworkRelation.Of(e))).ToHashSet();
        var unchanged = rewired.Count(e => before.Contains((e.Source, e.Target, NetworkRelation.Of(e))));
        return new RewiredNetwork(new GeneNetwork(network.Nodes, rewired), attempts, swaps, unchanged, exchange.Frozen);
    }
}
