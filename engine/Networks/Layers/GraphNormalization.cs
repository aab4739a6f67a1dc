using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Layers;

/// <summary>Forms of a graph that layers multiply by. Degrees are sums of absolute weights, so that an inhibition (a negative weight) keeps its sign and does
/// not cancel an activation in the degree.</summary>
public static class GraphNormalization
{
    /// <summary>D^-1/2 (A + I) D^-1/2, where an edge from a node to itself that is there already gains 1. In a directed graph the factor of an edge is
    /// 1 / sqrt(in-degree of its row, out-degree of its column).</summary>
    /// <remarks>Source: [Kipf2017] equation 2.</remarks>
    public static CsrMatrix Symmetric(CsrMatrix graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var (looped, edgeOf) = WithSelfLoops(graph);
        var weights = new float[looped.EdgeCount];
        var (rows, columns) = (new double[looped.RowCount], new double[looped.ColumnCount]);
        ForEachEdge(looped, (i, j, e) =>
        {
            weights[e] = (edgeOf[e] < 0 ? 0f : WeightOf(graph, edgeOf[e])) + (i == j ? 1f : 0f);
            rows[i] += Math.Abs(weights[e]);
            columns[j] += Math.Abs(weights[e]);
        });
        ForEachEdge(looped, (i, j, e) =>
        {
            var degrees = rows[i] * columns[j];
            weights[e] = degrees > 0 ? (float)(weights[e] / Math.Sqrt(degrees)) : 0f;
        });
        return new CsrMatrix(looped.RowCount, looped.ColumnCount, looped.RowOffsets, looped.ColumnIndices, weights);
    }

    /// <summary>Each row divided by its sum of absolute weights: the mean over neighbours, a step of a random walk.</summary>
    public static CsrMatrix RowMean(CsrMatrix graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var weights = new float[graph.EdgeCount];
        var rows = new double[graph.RowCount];
        ForEachEdge(graph, (i, _, e) => rows[i] += Math.Abs(WeightOf(graph, e)));
        ForEachEdge(graph, (i, _, e) => weights[e] = rows[i] > 0 ? (float)(WeightOf(graph, e) / rows[i]) : 0f);
        return new CsrMatrix(graph.RowCount, graph.ColumnCount, graph.RowOffsets, graph.ColumnIndices, weights);
    }

    /// <summary>The graph with an edge of weight 1 from each node to itself where there is none, and for each edge its number in <paramref name="graph"/>, or -1.</summary>
    /// <exception cref="UnusableGraphException">The graph is bipartite.</exception>
    public static (CsrMatrix Graph, int[] EdgeOf) WithSelfLoops(CsrMatrix graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        if (graph.RowCount != graph.ColumnCount)
        {
            throw new UnusableGraphException($"A graph [{graph.RowCount}, {graph.ColumnCount}] has two kinds of nodes: no node can have an edge to itself. Use a layer for bipartite graphs, such as PathwayPooling.");
        }

        var (columns, edgeOf, weights) = (new List<int>(), new List<int>(), new List<float>());
        var offsets = new int[graph.RowCount + 1];
        for (var i = 0; i < graph.RowCount; i++)
        {
            var isIn = false;
            for (var e = graph.RowOffsets[i]; e < graph.RowOffsets[i + 1]; e++)
            {
                var column = graph.ColumnIndices[e];
                if (!isIn && column >= i)
                {
                    isIn = true;
                    if (column > i)
                    {
                        Put(i, -1, 1f);
                    }
                }

                Put(column, e, WeightOf(graph, e));
            }

            if (!isIn)
            {
                Put(i, -1, 1f);
            }

            offsets[i + 1] = columns.Count;
        }

        return (new CsrMatrix(graph.RowCount, graph.ColumnCount, offsets, [.. columns], [.. weights]), [.. edgeOf]);

        void Put(int column, int edge, float weight)
        {
            columns.Add(column);
            edgeOf.Add(edge);
            weights.Add(weight);
        }
    }

    private static float WeightOf(CsrMatrix graph, int edge) => graph.Values is { } values ? values[edge] : 1f;

    private static void ForEachEdge(CsrMatrix graph, Action<int, int, int> action)
    {
        for (var i = 0; i < graph.RowCount; i++)
        {
            for (var e = graph.RowOffsets[i]; e < graph.RowOffsets[i + 1]; e++)
            {
                action(i, graph.ColumnIndices[e], e);
            }
        }
    }
}
