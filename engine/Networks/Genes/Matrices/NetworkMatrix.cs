using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Genes.Matrices;

/// <summary>What the cell of an edge holds. Where several edges share a cell, see each value.</summary>
public enum CellValue
{
    /// <summary>1.</summary>
    One,

    /// <summary>The weight; the largest of several.</summary>
    Weight,

    /// <summary>1, -1, or 0 where the sign is not known; the sign of the sum of several.</summary>
    Sign,

    /// <summary>The weight with the sign, 0 where the sign is not known; the sum of several.</summary>
    SignedWeight,
}

/// <summary>Which way a matrix carries values along edges that have a direction; one without carries both ways.</summary>
public enum EdgeFlow
{
    /// <summary>From source to target: row of the target, column of the source.</summary>
    AsStated,

    /// <summary>From target to source.</summary>
    Reversed,

    /// <summary>Both ways.</summary>
    Both,
}

/// <summary>A network, or one relation of it, as a sparse matrix [nodes, nodes].</summary>
/// <param name="Matrix">Row i holds the edges that carry into row i of <paramref name="Order"/>.</param>
/// <param name="Order">Which row a node has, and back.</param>
/// <param name="EdgeOf">Edge of the network behind each cell, shape [cells]; of several the first. Stated as they are, no two edges of one relation share a cell.</param>
/// <param name="Relation">The relation whose edges it holds; null where it holds all.</param>
public sealed record NetworkMatrix(CsrMatrix Matrix, NodeOrder Order, IReadOnlyList<int> EdgeOf, NetworkRelation? Relation)
{
    /// <summary>All edges in one matrix.</summary>
    /// <param name="network">A network with edges.</param>
    /// <param name="order">Order of rows and columns; null for that of the network.</param>
    /// <param name="value">What cells hold.</param>
    /// <param name="flow">Which way edges with a direction carry.</param>
    /// <exception cref="NoEdgesException">The network has no edges.</exception>
    /// <exception cref="ArgumentException">The order is of another number of nodes.</exception>
    public static NetworkMatrix Whole(GeneNetwork network, NodeOrder? order = null, CellValue value = CellValue.One, EdgeFlow flow = EdgeFlow.Both)
    {
        ArgumentNullException.ThrowIfNull(network);
        network.RequireEdges("The matrix of a network");
        return Make(network, Checked(network, order), value, flow, null);
    }

    /// <summary>One matrix for each relation that occurs, all in one order of nodes; relations in the order of type, sign and direction.</summary>
    /// <inheritdoc cref="Whole"/>
    public static IReadOnlyList<NetworkMatrix> PerRelation(
        GeneNetwork network, NodeOrder? order = null, CellValue value = CellValue.One, EdgeFlow flow = EdgeFlow.AsStated)
    {
        ArgumentNullException.ThrowIfNull(network);
        network.RequireEdges("The matrices of a network");
        var rows = Checked(network, order);
        return [.. network.Edges.Select(NetworkRelation.Of).Distinct().Order().Select(r => Make(network, rows, value, flow, r))];
    }

    private static NodeOrder Checked(GeneNetwork network, NodeOrder? order) =>
        order is null ? NodeOrder.Identity(network.NodeCount)
        : order.Count == network.NodeCount ? order
        : throw new ArgumentException($"The order has {order.Count} nodes and the network {network.NodeCount}.", nameof(order));

    private static NetworkMatrix Make(GeneNetwork network, NodeOrder order, CellValue value, EdgeFlow flow, NetworkRelation? relation)
    {
        var cells = new List<(int Row, int Column, int Edge)>();
        for (var e = 0; e < network.EdgeCount; e++)
        {
            var edge = network.Edges[e];
            if (relation is not null && NetworkRelation.Of(edge) != relation)
            {
                continue;
            }

            var (source, target) = (order.PlaceOf[edge.Source], order.PlaceOf[edge.Target]);
            if (flow != EdgeFlow.Reversed || !edge.IsDirected)
            {
                cells.Add((target, source, e));
            }

            if (flow != EdgeFlow.AsStated || !edge.IsDirected)
            {
                cells.Add((source, target, e));
            }
        }

        cells.Sort();
        var (offsets, columns, edges, values) = (new int[network.NodeCount + 1], new List<int>(), new List<int>(), new List<float>());
        for (int start = 0, end; start < cells.Count; start = end)
        {
            for (end = start + 1; end < cells.Count && cells[end].Row == cells[start].Row && cells[end].Column == cells[start].Column; end++)
            {
            }

            columns.Add(cells[start].Column);
            edges.Add(cells[start].Edge);
            values.Add(ValueOf(cells[start..end].ConvertAll(c => network.Edges[c.Edge]), value));
            offsets[cells[start].Row + 1] = columns.Count;
        }

        for (var i = 1; i < offsets.Length; i++)
        {
            offsets[i] = Math.Max(offsets[i], offsets[i - 1]);
        }

        var matrix = new CsrMatrix(network.NodeCount, network.NodeCount, offsets, [.. columns], value == CellValue.One ? null : [.. values]);
        return new NetworkMatrix(matrix, order, edges, relation);
    }

    private static float ValueOf(List<GeneEdge> edges, CellValue value) => value switch
    {
        CellValue.Weight => (float)edges.Max(e => e.Weight),
        CellValue.Sign => Math.Sign(edges.Sum(e => (int)e.Sign)),
        CellValue.SignedWeight => (float)edges.Sum(e => (int)e.Sign * e.Weight),
        _ => 1,
    };
}
