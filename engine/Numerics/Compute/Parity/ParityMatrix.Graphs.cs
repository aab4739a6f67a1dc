namespace DigitalTwin.Numerics.Compute.Parity;

/// <summary>Operations over a shared graph.</summary>
public static partial class ParityMatrix
{
    private static readonly (int Patients, int Heads, int Width, int Gap)[] Batches = [(1, 1, 1, 0), (2, 2, 8, 0), (3, 1, 33, 3), (2, 4, 16, 0), (1, 3, 5, 2)];

    /// <summary>So few features that patients share a register, and a last register that is not full.</summary>
    private static readonly (int Patients, int Width, int Gap)[] NarrowBatches = [(51, 1, 0), (25, 2, 1), (13, 4, 0), (13, 4, 3), (7, 8, 0)];

    private static IEnumerable<ParityCase> Graphs(int hubDegree)
    {
        // What is new in them is how patients lie in registers: a small hub says as much of that.
        foreach (var (name, graph) in ParityGraphs.All(Math.Min(hubDegree, 40)))
        {
            foreach (var (patients, width, gap) in NarrowBatches)
            {
                yield return new ParityCase($"sparse product, {name}, {patients} patients x {width} features with gaps of {gap}", 2e-4, w => SparseProducts(w, graph, patients, 1, width, gap));
            }
        }

        foreach (var (name, graph) in ParityGraphs.All(hubDegree))
        {
            foreach (var (patients, heads, width, gap) in Batches)
            {
                var shape = $"{name}, {patients} patients x {heads * width} features";
                yield return new ParityCase($"sparse product, {shape}", 2e-4, w => SparseProducts(w, graph, patients, heads, width, gap));
                yield return new ParityCase($"weighted sparse product, {shape}", 2e-4, w => WeightedProducts(w, graph, patients, heads, width, gap));
                yield return new ParityCase($"neighbour maximum, {shape}", 2e-4, w => NeighborMaxima(w, graph, patients, heads * width, gap));
                yield return new ParityCase($"edges, {shape}", 2e-4, w => Edges(w, graph, patients, heads, width, gap));
            }
        }
    }

    private static IEnumerable<ParityCase> Attention(int hubDegree)
    {
        foreach (var (name, graph) in ParityGraphs.All(hubDegree))
        {
            foreach (var (patients, heads, width, gap) in Batches)
            {
                var shape = $"{name}, {patients} patients x {heads} heads of {width}";
                yield return new ParityCase($"graph attention, {shape}", 2e-4, w => GraphAttention(w, graph, patients, heads, width, gap));
                yield return new ParityCase($"dynamic graph attention, {shape}", 2e-4, w => DynamicGraphAttention(w, graph, patients, heads, width, gap));
            }
        }
    }

    private static void SparseProducts(ParityWorkspace w, CsrMatrix matrix, int patients, int heads, int width, int gap)
    {
        var (graph, features) = (w.Graph(matrix), heads * width);
        var (x, y, bias) = (w.Random(patients * matrix.ColumnCount, features, gap), w.Random(patients * matrix.RowCount, features, gap), w.Random(1, features));
        w.Backend.Multiply(graph, false, x, y);
        w.Collect(y);
        w.Backend.Multiply(graph, true, y, x, accumulate: true);
        w.Collect(x);
        w.Backend.Multiply(graph, false, x, y, bias: bias, activation: Activation.Elu);
        w.Collect(y);
        w.Backend.Multiply(graph, true, y, x, bias: bias, activation: Activation.Relu);
        w.Collect(x);
    }

    private static void WeightedProducts(ParityWorkspace w, CsrMatrix matrix, int patients, int heads, int width, int gap)
    {
        var (graph, features) = (w.Graph(matrix), heads * width);
        var (x, y) = (w.Random(patients * matrix.ColumnCount, features, gap), w.Random(patients * matrix.RowCount, features, gap));
        var (own, shared) = (w.Random(patients * matrix.EdgeCount, heads, gap), w.Random(matrix.EdgeCount, heads));
        w.Backend.Multiply(graph, false, x, y, own);
        w.Collect(y);
        w.Backend.Multiply(graph, false, x, y, shared, accumulate: true);
        w.Collect(y);
        w.Backend.Multiply(graph, true, y, x, own);
        w.Collect(x);
    }

    private static void NeighborMaxima(ParityWorkspace w, CsrMatrix matrix, int patients, int features, int gap)
    {
        var graph = w.Graph(matrix);
        var (x, y) = (w.Random(patients * matrix.ColumnCount, features, gap), w.Random(patients * matrix.RowCount, features, gap));
        var (which, dy) = (w.Random(patients * matrix.RowCount, features), w.Random(patients * matrix.RowCount, features, gap));
        w.Backend.NeighborMaximum(graph, x, y, which);
        w.Backend.NeighborMaximumBackward(graph, which, dy, x, accumulate: true);
        CollectAll(w, y, which, x);
        w.Backend.NeighborMaximumBackward(graph, which, dy, x, accumulate: false);
        w.Collect(x);
    }

    private static void Edges(ParityWorkspace w, CsrMatrix matrix, int patients, int heads, int width, int gap)
    {
        var (graph, features) = (w.Graph(matrix), heads * width);
        var (rowSide, columnSide) = (w.Random(patients * matrix.RowCount, features, gap), w.Random(patients * matrix.ColumnCount, features, gap));
        var (e, softmax, dE) = (w.Random(patients * matrix.EdgeCount, heads, gap), w.Random(patients * matrix.EdgeCount, heads, gap), w.Random(patients * matrix.EdgeCount, heads, gap));
        w.Backend.EdgeInnerProducts(graph, rowSide, columnSide, e);
        w.Collect(e);
        w.Backend.EdgeSoftmax(graph, e, softmax);
        w.Collect(softmax);
        w.Backend.EdgeSoftmaxBackward(graph, softmax, e, dE, accumulate: true);
        w.Collect(dE);
        foreach (var side in new[] { EdgeSide.Row, EdgeSide.Column })
        {
            var wide = w.Random(patients * matrix.EdgeCount, features, gap);
            var nodes = side == EdgeSide.Row ? rowSide : columnSide;
            w.Backend.NodesToEdges(graph, side, nodes, wide, accumulate: true);
            w.Collect(wide);
            w.Backend.EdgesToNodes(graph, side, wide, nodes);
            w.Collect(nodes);
        }
    }

    private static void GraphAttention(ParityWorkspace w, CsrMatrix matrix, int patients, int heads, int width, int gap)
    {
        var (graph, features) = (w.Graph(matrix), heads * width);
        var (rows, columns, edges) = (patients * matrix.RowCount, patients * matrix.ColumnCount, patients * matrix.EdgeCount);
        var arguments = new GraphAttentionArguments(
            graph, w.Random(rows, heads, gap), w.Random(columns, heads, gap), w.Random(columns, features, gap), w.Random(rows, features, gap), w.Random(rows, heads), 0.2f);
        if (heads > 1)
        {
            arguments = arguments with { EdgeScores = w.Random(matrix.EdgeCount, heads) };
        }

        var gradients = new GraphAttentionGradients(
            w.Random(rows, features, gap), w.Random(rows, heads, gap), w.Random(columns, heads, gap), w.Random(columns, features, gap), w.Random(edges, heads))
        {
            EdgeScores = heads > 1 ? w.Random(matrix.EdgeCount, heads) : null,
            AccumulateColumnScores = gap > 0,
            AccumulateRowScores = gap > 0,
            AccumulateValues = gap > 0,
        };
        w.Backend.GraphAttention(arguments);
        w.Backend.GraphAttentionBackward(arguments, gradients);
        CollectAll(w, arguments.Output, gradients.RowScores, gradients.ColumnScores, gradients.Values);
        if (gradients.EdgeScores is { } edgeScores)
        {
            w.Collect(edgeScores);
        }
    }

    private static void DynamicGraphAttention(ParityWorkspace w, CsrMatrix matrix, int patients, int heads, int width, int gap)
    {
        var (graph, features) = (w.Graph(matrix), heads * width);
        var (rows, columns, edges) = (patients * matrix.RowCount, patients * matrix.ColumnCount, patients * matrix.EdgeCount);
        var arguments = new DynamicGraphAttentionArguments(
            graph, w.Random(rows, features, gap), w.Random(columns, features, gap), w.Random(1, features), w.Random(rows, features, gap), w.Random(edges, heads), 0.2f);
        if (heads > 1)
        {
            arguments = arguments with { EdgeSide = w.Random(matrix.EdgeCount, features, gap) };
        }

        var gradients = new DynamicGraphAttentionGradients(
            w.Random(rows, features, gap), w.Random(rows, features, gap), w.Random(columns, features, gap), w.Random(1, features), w.Random(edges, heads), gap > 0, gap > 0)
        {
            EdgeSide = heads > 1 ? w.Random(matrix.EdgeCount, features, gap) : null,
        };
        w.Backend.DynamicGraphAttention(arguments);
        w.Backend.DynamicGraphAttentionBackward(arguments, gradients);
        CollectAll(w, arguments.Output, arguments.Weights, gradients.RowSide, gradients.ColumnSide, gradients.Attention);
        if (gradients.EdgeSide is { } edgeSide)
        {
            w.Collect(edgeSide);
        }
    }
}
