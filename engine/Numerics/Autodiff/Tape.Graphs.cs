using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Numerics.Autodiff;

/// <summary>Operations of a patient batch over one shared graph; shapes as in <see cref="IGraphOperations"/>.</summary>
public sealed partial class Tape
{
    /// <summary>activation(graph * input + bias): neighbours summed by the weights of the graph, for all patients at once.</summary>
    /// <param name="input">[patients * columns of the graph, features], rows of the graph when transposed.</param>
    /// <param name="graph">Shared by all patients.</param>
    /// <param name="transpose">Whether messages run against the edges.</param>
    /// <param name="bias">[1, features], or none.</param>
    /// <param name="activation">Fused where its derivative follows from the output.</param>
    public Tensor Propagate(Tensor input, SparseOperand graph, bool transpose = false, Tensor? bias = null, Activation activation = Activation.None)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(graph);
        var fused = activation.HasDerivativeFromOutput() ? activation : Activation.None;
        var output = Next("propagate", RowsAfter(input, graph, transpose), input.Columns);
        Backend.Multiply(graph, transpose, input.Value, output.Value, bias: bias?.Value, activation: fused);
        output.Graph = graph;
        Record(output, PropagateBackward, input, bias, settings: new OperationSettings(Choice: (int)fused, Flag: transpose));
        return fused == activation ? output : Activate(output, activation);
    }

    /// <summary>Rows picked by a <see cref="CsrMatrix.Selection"/>: gather, and embedding lookup. The gradient scatters in a fixed order.</summary>
    public Tensor Gather(Tensor input, SparseOperand selection) => Propagate(input, selection);

    /// <summary>Rows added to where a <see cref="CsrMatrix.Selection"/> took them from.</summary>
    public Tensor Scatter(Tensor input, SparseOperand selection) => Propagate(input, selection, transpose: true);

    /// <summary>Neighbours summed by weights of each edge that carry a gradient themselves.</summary>
    /// <param name="input">[patients * columns of the graph, features].</param>
    /// <param name="graph">Its own weights play no part.</param>
    /// <param name="edgeWeights">[patients * edges, heads], or [edges, heads] shared by all patients; heads divide the features.</param>
    public Tensor PropagateWeighted(Tensor input, SparseOperand graph, Tensor edgeWeights)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(edgeWeights);
        var output = Next("propagate weighted", RowsAfter(input, graph, false), input.Columns);
        var patients = graph.ColumnCount == 0 ? 0 : input.Rows / graph.ColumnCount;
        if (edgeWeights.Rows != (long)patients * graph.EdgeCount && edgeWeights.Rows != graph.EdgeCount)
        {
            throw new ShapeMismatchException($"'{edgeWeights.Name}' is {edgeWeights.Value.ShapeText} and '{input.Name}' {input.Value.ShapeText}: {patients} patients over {graph.EdgeCount} edges need {graph.EdgeCount} or {(long)patients * graph.EdgeCount} rows of edge weights.");
        }

        Backend.Multiply(graph, false, input.Value, output.Value, edgeWeights.Value);
        output.Graph = graph;
        return Record(output, PropagateWeightedBackward, input, edgeWeights);
    }

    /// <summary>The greatest number among the neighbours, feature by feature; 0 for a node without edges.</summary>
    public Tensor NeighborMaximum(Tensor input, SparseOperand graph)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(graph);
        var output = Next("neighbor maximum", RowsAfter(input, graph, false), input.Columns);
        Backend.NeighborMaximum(graph, input.Value, output.Value, Save(output, output.Rows, output.Columns));
        output.Graph = graph;
        return Record(output, NeighborMaximumBackward, input);
    }

    /// <summary>Inner products of the two ends of each edge, shape [patients * edges, heads].</summary>
    public Tensor EdgeInnerProducts(Tensor rowSide, Tensor columnSide, SparseOperand graph, int heads = 1)
    {
        ArgumentNullException.ThrowIfNull(rowSide);
        ArgumentNullException.ThrowIfNull(columnSide);
        ArgumentNullException.ThrowIfNull(graph);
        var output = Next("edge inner products", EdgeRows(rowSide, graph.RowCount, graph), heads);
        Backend.EdgeInnerProducts(graph, rowSide.Value, columnSide.Value, output.Value);
        output.Graph = graph;
        return Record(output, EdgeInnerProductsBackward, rowSide, columnSide);
    }

    /// <summary>Softmax over the edges that end in a node, shape [patients * edges, heads].</summary>
    public Tensor EdgeSoftmax(Tensor edges, SparseOperand graph)
    {
        ArgumentNullException.ThrowIfNull(edges);
        ArgumentNullException.ThrowIfNull(graph);
        var output = Next("edge softmax", edges.Rows, edges.Columns);
        Backend.EdgeSoftmax(graph, edges.Value, output.Value);
        output.Graph = graph;
        return Record(output, EdgeSoftmaxBackward, edges);
    }

    /// <summary>Each edge gets the numbers of the node at one of its ends.</summary>
    public Tensor NodesToEdges(Tensor nodes, SparseOperand graph, EdgeSide side)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentNullException.ThrowIfNull(graph);
        var output = Next("nodes to edges", EdgeRows(nodes, NodesAt(graph, side), graph), nodes.Columns);
        Backend.NodesToEdges(graph, side, nodes.Value, output.Value);
        output.Graph = graph;
        return Record(output, NodesToEdgesBackward, nodes, settings: new OperationSettings(Choice: (int)side));
    }

    /// <summary>Each node gets the sum of the edges it has at one side.</summary>
    public Tensor EdgesToNodes(Tensor edges, SparseOperand graph, EdgeSide side)
    {
        ArgumentNullException.ThrowIfNull(edges);
        ArgumentNullException.ThrowIfNull(graph);
        var patients = graph.EdgeCount == 0 ? 0 : edges.Rows / graph.EdgeCount;
        var output = Next("edges to nodes", patients * NodesAt(graph, side), edges.Columns);
        Backend.EdgesToNodes(graph, side, edges.Value, output.Value);
        output.Graph = graph;
        return Record(output, EdgesToNodesBackward, edges, settings: new OperationSettings(Choice: (int)side));
    }

    private static readonly Action<Tape, Tensor> PropagateBackward = static (tape, y) =>
    {
        var (x, bias) = (y.First!, y.Second);
        tape.BackThroughActivation((Activation)y.Settings.Choice, y);
        if (bias is { NeedsGradient: true })
        {
            var (db, add) = tape.GradientOf(bias);
            tape.Backend.Reduce(Reduction.Sum, y.GradientView, db, add);
        }

        if (x.NeedsGradient)
        {
            var (dx, add) = tape.GradientOf(x);
            tape.Backend.Multiply(y.Graph!, !y.Settings.Flag, y.GradientView, dx, accumulate: add);
        }
    };

    private static readonly Action<Tape, Tensor> PropagateWeightedBackward = static (tape, y) =>
    {
        var (x, weights) = (y.First!, y.Second!);
        if (x.NeedsGradient)
        {
            var (dx, add) = tape.GradientOf(x);
            tape.Backend.Multiply(y.Graph!, true, y.GradientView, dx, weights.Value, accumulate: add);
        }

        if (!weights.NeedsGradient)
        {
            return;
        }

        var (dw, accumulate) = tape.GradientOf(weights);
        var patients = y.Graph!.ColumnCount == 0 ? 0 : x.Rows / y.Graph.ColumnCount;
        var rows = patients * y.Graph.EdgeCount;
        if (rows == weights.Rows)
        {
            tape.Backend.EdgeInnerProducts(y.Graph, y.GradientView, x.Value, dw, accumulate);
            return;
        }

        // Weights that all patients share: what each patient gives, summed in their order.
        using var scratch = tape.Backend.Rent((long)rows * weights.Columns, cleared: false);
        var view = scratch.AsMatrix(rows, weights.Columns);
        tape.Backend.EdgeInnerProducts(y.Graph, y.GradientView, x.Value, view);
        tape.Backend.Reduce(Reduction.Sum, view, dw, accumulate);
    };

    private static readonly Action<Tape, Tensor> NeighborMaximumBackward = static (tape, y) =>
    {
        var (dx, add) = tape.GradientOf(y.First!);
        tape.Backend.NeighborMaximumBackward(y.Graph!, y.Saved, y.GradientView, dx, add);
    };

    private static readonly Action<Tape, Tensor> EdgeInnerProductsBackward = static (tape, y) =>
    {
        var (rowSide, columnSide) = (y.First!, y.Second!);
        if (rowSide.NeedsGradient)
        {
            var (d, add) = tape.GradientOf(rowSide);
            tape.Backend.Multiply(y.Graph!, false, columnSide.Value, d, y.GradientView, accumulate: add);
        }

        if (columnSide.NeedsGradient)
        {
            var (d, add) = tape.GradientOf(columnSide);
            tape.Backend.Multiply(y.Graph!, true, rowSide.Value, d, y.GradientView, accumulate: add);
        }
    };

    private static readonly Action<Tape, Tensor> EdgeSoftmaxBackward = static (tape, y) =>
    {
        var (dx, add) = tape.GradientOf(y.First!);
        tape.Backend.EdgeSoftmaxBackward(y.Graph!, y.Value, y.GradientView, dx, add);
    };

    private static readonly Action<Tape, Tensor> NodesToEdgesBackward = static (tape, y) =>
    {
        var (dx, add) = tape.GradientOf(y.First!);
        tape.Backend.EdgesToNodes(y.Graph!, (EdgeSide)y.Settings.Choice, y.GradientView, dx, add);
    };

    private static readonly Action<Tape, Tensor> EdgesToNodesBackward = static (tape, y) =>
    {
        var (dx, add) = tape.GradientOf(y.First!);
        tape.Backend.NodesToEdges(y.Graph!, (EdgeSide)y.Settings.Choice, y.GradientView, dx, add);
    };

    private static int NodesAt(SparseOperand graph, EdgeSide side) => side == EdgeSide.Row ? graph.RowCount : graph.ColumnCount;

    private static int RowsAfter(Tensor input, SparseOperand graph, bool transpose)
    {
        var (from, to) = transpose ? (graph.RowCount, graph.ColumnCount) : (graph.ColumnCount, graph.RowCount);
        return checked(OperandCheck.Patients(input.Value, from, "nodes on the side of the input", input.Name) * to);
    }

    private static int EdgeRows(Tensor nodes, int nodeCount, SparseOperand graph) =>
        checked(OperandCheck.Patients(nodes.Value, nodeCount, "nodes on that side", nodes.Name) * graph.EdgeCount);
}
