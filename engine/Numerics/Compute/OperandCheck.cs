using System.Runtime.CompilerServices;

namespace DigitalTwin.Numerics.Compute;

/// <summary>Shape checks that every backend makes first, so that one mistake gives one message everywhere. Each throws <see cref="ShapeMismatchException"/>
/// naming both operands and their shapes.</summary>
public static class OperandCheck
{
    /// <summary>Whole numbers below this are float32 numbers.</summary>
    private const int MostEdgesOfMaximum = 1 << 24;

    /// <summary>Two operands must have the same shape.</summary>
    public static void Same(MatrixView first, MatrixView second, [CallerArgumentExpression(nameof(first))] string firstName = "", [CallerArgumentExpression(nameof(second))] string secondName = "")
    {
        if (first.Rows != second.Rows || first.Columns != second.Columns)
        {
            throw new ShapeMismatchException($"{firstName} is {first.ShapeText} and {secondName} is {second.ShapeText}: they must be the same.");
        }
    }

    /// <summary>An operand must have a shape that follows from another's.</summary>
    public static void Shape(MatrixView operand, int rows, int columns, string because, [CallerArgumentExpression(nameof(operand))] string name = "")
    {
        if (operand.Rows != rows || operand.Columns != columns)
        {
            throw new ShapeMismatchException($"{name} is {operand.ShapeText} and must be [{rows}, {columns}]: {because}.");
        }
    }

    /// <summary>The same, with a reason that is put into words only when the shape is wrong: a check in a training step allocates nothing.</summary>
    public static void Shape(
        MatrixView operand,
        int rows,
        int columns,
        [InterpolatedStringHandlerArgument(nameof(operand), nameof(rows), nameof(columns))] ref ShapeReason because,
        [CallerArgumentExpression(nameof(operand))] string name = "")
    {
        if (operand.Rows != rows || operand.Columns != columns)
        {
            Shape(operand, rows, columns, because.ToStringAndClear(), name);
        }
    }

    /// <summary>An operand can be repeated to a shape: its rows divide the rows, its columns are the same or 1.</summary>
    public static void Repeats(MatrixView operand, MatrixView full, [CallerArgumentExpression(nameof(operand))] string name = "", [CallerArgumentExpression(nameof(full))] string fullName = "")
    {
        var rowsFit = operand.Rows == full.Rows || (operand.Rows > 0 && full.Rows % operand.Rows == 0);
        if (!rowsFit || (operand.Columns != full.Columns && operand.Columns != 1))
        {
            throw new ShapeMismatchException($"{name} is {operand.ShapeText} and cannot be repeated to {fullName} {full.ShapeText}: its rows must divide {full.Rows}, its columns be {full.Columns} or 1.");
        }
    }

    /// <summary>The sizes of a product, for one matrix of the batch.</summary>
    public static (int Rows, int Columns, int Inner) Gemm(in GemmArguments g)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(g.BatchCount);
        var a = One(g.A, g.ShareA ? 1 : g.BatchCount, "A");
        var b = One(g.B, g.ShareB ? 1 : g.BatchCount, "B");
        var c = One(g.C, g.BatchCount, "C");
        var (rows, inner) = g.TransposeA ? (a.Columns, a.Rows) : (a.Rows, a.Columns);
        var (innerOfB, columns) = g.TransposeB ? (b.Columns, b.Rows) : (b.Rows, b.Columns);
        if (inner != innerOfB || c.Rows != rows || c.Columns != columns)
        {
            throw new ShapeMismatchException(
                $"{(g.TransposeA ? "the transpose of " : "")}A [{a.Rows}, {a.Columns}] times {(g.TransposeB ? "the transpose of " : "")}B [{b.Rows}, {b.Columns}] does not give C [{c.Rows}, {c.Columns}]: inner sizes are {inner} and {innerOfB}, the product would be [{rows}, {columns}].");
        }

        if (g.Bias is { } bias)
        {
            Shape(bias, 1, columns, $"one number for each column of C [{c.Rows}, {c.Columns}]", "bias");
        }

        return (rows, columns, inner);
    }

    /// <summary>Count of patients in a node or edge matrix.</summary>
    public static int Patients(MatrixView operand, int rowsOfOne, string what, [CallerArgumentExpression(nameof(operand))] string name = "")
    {
        if (rowsOfOne == 0 ? operand.Rows != 0 : operand.Rows % rowsOfOne != 0)
        {
            throw new ShapeMismatchException($"{name} is {operand.ShapeText}, and the graph has {rowsOfOne} {what}: rows must be patients times {rowsOfOne}.");
        }

        return rowsOfOne == 0 ? 0 : operand.Rows / rowsOfOne;
    }

    /// <summary>The batch of a wide sparse product: patients, heads of the edge weights (0 without), and whether all patients share them.</summary>
    public static (int Patients, int Heads, bool SharedWeights) Multiply(
        SparseOperand graph, bool transpose, MatrixView input, MatrixView output, MatrixView? edgeWeights, MatrixView? bias, Activation activation, bool accumulate)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var (from, to) = transpose ? (graph.RowCount, graph.ColumnCount) : (graph.ColumnCount, graph.RowCount);
        var patients = Batch(input, from, output, to, graph);
        if (input.Columns != output.Columns)
        {
            throw new ShapeMismatchException($"input is {input.ShapeText} and output is {output.ShapeText}: a sparse product keeps the features.");
        }

        if (bias is { } b)
        {
            Shape(b, 1, output.Columns, $"one number for each feature of output {output.ShapeText}", nameof(bias));
        }

        if (accumulate && (activation != Activation.None || bias is not null))
        {
            throw new ArgumentException("A product that adds to its output takes no bias and no activation.", nameof(accumulate));
        }

        if (edgeWeights is not { } weights)
        {
            return (patients, 0, false);
        }

        var shared = weights.Rows == graph.EdgeCount;
        if ((!shared && weights.Rows != (long)patients * graph.EdgeCount) || weights.Columns == 0 || input.Columns % weights.Columns != 0)
        {
            throw new ShapeMismatchException(
                $"edgeWeights is {weights.ShapeText} and input is {input.ShapeText}: with {graph.EdgeCount} edges and {patients} patients there must be {graph.EdgeCount} or {(long)patients * graph.EdgeCount} rows, and heads must divide {input.Columns} features.");
        }

        return (patients, weights.Columns, shared);
    }

    /// <summary>Patients of a pair of node matrices, one on each side of the graph.</summary>
    public static int Batch(MatrixView from, int fromNodes, MatrixView to, int toNodes, SparseOperand graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var patients = toNodes > 0 ? to.Rows / toNodes : fromNodes > 0 ? from.Rows / fromNodes : 0;
        if (from.Rows != (long)patients * fromNodes || to.Rows != (long)patients * toNodes)
        {
            throw new ShapeMismatchException(
                $"input is {from.ShapeText} and output is {to.ShapeText}: over a graph [{graph.RowCount}, {graph.ColumnCount}] their rows must be patients times {fromNodes} and patients times {toNodes}.");
        }

        return patients;
    }

    /// <summary>Patients of edge inner products.</summary>
    public static int EdgeInnerProducts(SparseOperand graph, MatrixView rowSide, MatrixView columnSide, MatrixView edges)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var patients = Batch(columnSide, graph.ColumnCount, rowSide, graph.RowCount, graph);
        if (rowSide.Columns != columnSide.Columns || edges.Columns == 0 || rowSide.Columns % edges.Columns != 0 || edges.Rows != (long)patients * graph.EdgeCount)
        {
            throw new ShapeMismatchException(
                $"rowSide is {rowSide.ShapeText}, columnSide is {columnSide.ShapeText} and edges is {edges.ShapeText}: features must agree, heads divide them, and edges have {patients} x {graph.EdgeCount} rows.");
        }

        return patients;
    }

    /// <summary>Patients of a neighbourhood maximum.</summary>
    public static int NeighborMaximum(SparseOperand graph, MatrixView input, MatrixView output, MatrixView edgeOfMaximum)
    {
        var patients = Multiply(graph, false, input, output, null, null, Activation.None, false).Patients;
        Same(output, edgeOfMaximum);
        if (graph.EdgeCount >= MostEdgesOfMaximum)
        {
            throw new ArgumentException($"The graph has {graph.EdgeCount} edges; a neighbourhood maximum, which keeps edges as float32, numbers fewer than {MostEdgesOfMaximum}.", nameof(graph));
        }

        return patients;
    }

    /// <summary>Patients of a matrix of edges.</summary>
    public static int Edges(SparseOperand graph, MatrixView edges, [CallerArgumentExpression(nameof(edges))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(graph);
        return Patients(edges, graph.EdgeCount, "edges", name);
    }

    /// <summary>Patients of nodes at one side of a graph and its edges.</summary>
    public static int NodesAndEdges(SparseOperand graph, EdgeSide side, MatrixView nodes, MatrixView edges)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var nodeCount = side == EdgeSide.Row ? graph.RowCount : graph.ColumnCount;
        var patients = Patients(nodes, nodeCount, side == EdgeSide.Row ? "rows" : "columns");
        if (edges.Rows != (long)patients * graph.EdgeCount || nodes.Columns != edges.Columns)
        {
            throw new ShapeMismatchException($"nodes is {nodes.ShapeText} and edges is {edges.ShapeText}: edges must be [{patients} x {graph.EdgeCount}, {nodes.Columns}].");
        }

        return patients;
    }

    /// <summary>Patients and heads of graph attention.</summary>
    public static (int Patients, int Heads) Attention(in GraphAttentionArguments a)
    {
        ArgumentNullException.ThrowIfNull(a.Graph);
        var patients = Batch(a.Values, a.Graph.ColumnCount, a.Output, a.Graph.RowCount, a.Graph);
        var heads = Heads(a.RowScores, a.Values);
        Shape(a.RowScores, a.Output.Rows, heads, $"one score for each row of Output {a.Output.ShapeText} and head", nameof(a.RowScores));
        Shape(a.ColumnScores, a.Values.Rows, heads, $"one score for each row of Values {a.Values.ShapeText} and head", nameof(a.ColumnScores));
        Shape(a.LogNormalizer, a.Output.Rows, heads, "as RowScores", nameof(a.LogNormalizer));
        Shape(a.Output, a.Output.Rows, a.Values.Columns, $"features of Values {a.Values.ShapeText}", nameof(a.Output));
        if (a.EdgeScores is { } edgeScores)
        {
            Shape(edgeScores, a.Graph.EdgeCount, heads, "one score for each edge and head", nameof(a.EdgeScores));
        }

        return (patients, heads);
    }

    /// <summary>Patients and heads of the gradient of graph attention.</summary>
    public static (int Patients, int Heads) Attention(in GraphAttentionArguments a, in GraphAttentionGradients g)
    {
        var (patients, heads) = Attention(a);
        Same(g.Output, a.Output);
        Same(g.RowScores, a.RowScores);
        Same(g.ColumnScores, a.ColumnScores);
        Same(g.Values, a.Values);
        Shape(g.EdgeScratch, checked(patients * a.Graph.EdgeCount), heads, "one number for each patient, edge and head", nameof(g.EdgeScratch));
        if (g.EdgeScores is { } edgeScores)
        {
            Shape(edgeScores, a.Graph.EdgeCount, heads, "one score for each edge and head", nameof(g.EdgeScores));
        }

        return (patients, heads);
    }

    /// <summary>Patients and heads of dynamic graph attention.</summary>
    public static (int Patients, int Heads) Attention(in DynamicGraphAttentionArguments a)
    {
        ArgumentNullException.ThrowIfNull(a.Graph);
        var patients = Batch(a.ColumnSide, a.Graph.ColumnCount, a.RowSide, a.Graph.RowCount, a.Graph);
        var heads = Heads(a.Weights, a.ColumnSide);
        Same(a.Output, a.RowSide);
        Shape(a.RowSide, a.RowSide.Rows, a.ColumnSide.Columns, $"features of ColumnSide {a.ColumnSide.ShapeText}", nameof(a.RowSide));
        Shape(a.Attention, 1, a.ColumnSide.Columns, "one weight for each feature", nameof(a.Attention));
        Shape(a.Weights, checked(patients * a.Graph.EdgeCount), heads, "one number for each patient, edge and head", nameof(a.Weights));
        if (a.EdgeSide is { } edgeSide)
        {
            Shape(edgeSide, a.Graph.EdgeCount, a.ColumnSide.Columns, $"one row for each edge, with the features of ColumnSide {a.ColumnSide.ShapeText}", nameof(a.EdgeSide));
        }

        return (patients, heads);
    }

    /// <summary>Patients and heads of the gradient of dynamic graph attention.</summary>
    public static (int Patients, int Heads) Attention(in DynamicGraphAttentionArguments a, in DynamicGraphAttentionGradients g)
    {
        var sizes = Attention(a);
        Same(g.Output, a.Output);
        Same(g.RowSide, a.RowSide);
        Same(g.ColumnSide, a.ColumnSide);
        Same(g.Attention, a.Attention);
        Same(g.EdgeScratch, a.Weights);
        if (g.EdgeSide is { } edgeSide)
        {
            Same(edgeSide, a.EdgeSide ?? throw new ShapeMismatchException($"The gradient of EdgeSide is {edgeSide.ShapeText}, and the arguments have no EdgeSide. Give both or neither."));
        }

        return sizes;
    }

    /// <summary>Operands of layer normalisation.</summary>
    public static void LayerNorm(MatrixView input, MatrixView scale, MatrixView shift, MatrixView output, MatrixView statistics)
    {
        Same(input, output);
        Shape(scale, 1, input.Columns, $"one number for each column of input {input.ShapeText}");
        Shape(shift, 1, input.Columns, $"one number for each column of input {input.ShapeText}");
        Shape(statistics, input.Rows, 2, $"mean and inverse deviation of each row of input {input.ShapeText}");
    }

    /// <summary>Operands of batch normalisation.</summary>
    public static void BatchNorm(MatrixView input, MatrixView scale, MatrixView shift, MatrixView output, MatrixView statistics)
    {
        Same(input, output);
        Shape(scale, 1, input.Columns, $"one number for each column of input {input.ShapeText}");
        Shape(shift, 1, input.Columns, $"one number for each column of input {input.ShapeText}");
        Shape(statistics, 2, input.Columns, $"mean and inverse deviation of each column of input {input.ShapeText}");
    }

    private static int Heads(MatrixView headed, MatrixView values)
    {
        if (headed.Columns == 0 || values.Columns % headed.Columns != 0)
        {
            throw new ShapeMismatchException($"{headed.Columns} heads do not divide the {values.Columns} features of {values.ShapeText}.");
        }

        return headed.Columns;
    }

    private static (int Rows, int Columns) One(MatrixView operand, int count, string name)
    {
        if (operand.Rows % count != 0)
        {
            throw new ShapeMismatchException($"{name} is {operand.ShapeText}: its rows do not divide into {count} matrices.");
        }

        return (operand.Rows / count, operand.Columns);
    }
}
