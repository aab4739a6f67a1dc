using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Numerics.Autodiff;

/// <summary>Graph attention, fused.</summary>
public sealed partial class Tape
{
    /// <summary>Attention over the neighbours of each node: see <see cref="IGraphOperations.GraphAttention"/>.</summary>
    /// <param name="values">[patients * M, H * D].</param>
    /// <param name="rowScores">[patients * N, H].</param>
    /// <param name="columnScores">[patients * M, H].</param>
    /// <param name="graph">[N, M].</param>
    /// <param name="edgeScores">[E, H], shared by all patients; or none.</param>
    /// <param name="negativeSlope">Slope of the leaky rectifier below 0.</param>
    public Tensor GraphAttention(Tensor values, Tensor rowScores, Tensor columnScores, SparseOperand graph, Tensor? edgeScores = null, float negativeSlope = 0.2f)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(rowScores);
        ArgumentNullException.ThrowIfNull(columnScores);
        ArgumentNullException.ThrowIfNull(graph);
        var output = Next("graph attention", RowsAfter(values, graph, false), values.Columns);
        Save(output, output.Rows, rowScores.Columns);
        output.Graph = graph;
        Record(output, GraphAttentionBackward, values, rowScores, columnScores, edgeScores, new OperationSettings(Number: negativeSlope));
        Backend.GraphAttention(ArgumentsOf(output));
        return output;
    }

    /// <summary>Dynamic attention (GATv2): see <see cref="IGraphOperations.DynamicGraphAttention"/>.</summary>
    /// <param name="rowSide">[patients * N, H * D].</param>
    /// <param name="columnSide">[patients * M, H * D].</param>
    /// <param name="attention">[1, H * D].</param>
    /// <param name="graph">[N, M].</param>
    /// <param name="heads">H.</param>
    /// <param name="edgeSide">[E, H * D], shared by all patients; or none.</param>
    /// <param name="negativeSlope">Slope of the leaky rectifier below 0.</param>
    public Tensor DynamicGraphAttention(
        Tensor rowSide, Tensor columnSide, Tensor attention, SparseOperand graph, int heads, Tensor? edgeSide = null, float negativeSlope = 0.2f)
    {
        ArgumentNullException.ThrowIfNull(rowSide);
        ArgumentNullException.ThrowIfNull(columnSide);
        ArgumentNullException.ThrowIfNull(attention);
        ArgumentNullException.ThrowIfNull(graph);
        var output = Next("dynamic graph attention", rowSide.Rows, rowSide.Columns);
        Save(output, EdgeRows(rowSide, graph.RowCount, graph), heads);
        output.Graph = graph;
        Record(output, DynamicGraphAttentionBackward, rowSide, columnSide, attention, edgeSide, new OperationSettings(Number: negativeSlope));
        Backend.DynamicGraphAttention(DynamicArgumentsOf(output));
        return output;
    }

    private static readonly Action<Tape, Tensor> GraphAttentionBackward = static (tape, y) =>
    {
        var (values, rowScores, columnScores, edgeScores) = (y.First!, y.Second!, y.Third!, y.Fourth);
        var patients = y.Graph!.RowCount == 0 ? 0 : y.Rows / y.Graph.RowCount;
        using var scratch = tape.Backend.Rent((long)patients * y.Graph.EdgeCount * rowScores.Columns, cleared: false);
        using var unwanted = new UnwantedGradients(tape);
        var (rowIsShared, columnIsShared) = (rowScores == columnScores || rowScores == values, columnScores == values);
        var (dRow, addRow) = unwanted.Or(rowScores, rowIsShared);
        var (dColumn, addColumn) = unwanted.Or(columnScores, columnIsShared);
        var (dValues, addValues) = unwanted.Or(values);
        tape.Backend.GraphAttentionBackward(
            ArgumentsOf(y),
            new GraphAttentionGradients(
                y.GradientView,
                dRow,
                dColumn,
                dValues,
                scratch.AsMatrix(patients * y.Graph.EdgeCount, rowScores.Columns),
                edgeScores is { NeedsGradient: true } ? tape.WholeGradientOf(edgeScores) : null,
                addRow,
                addColumn,
                addValues));
        tape.ReturnShared(rowScores, rowIsShared, dRow);
        tape.ReturnShared(columnScores, columnIsShared, dColumn);
    };

    private static readonly Action<Tape, Tensor> DynamicGraphAttentionBackward = static (tape, y) =>
    {
        var (rowSide, columnSide, attention, edgeSide) = (y.First!, y.Second!, y.Third!, y.Fourth);
        using var scratch = tape.Backend.Rent(y.Saved.Length, cleared: false);
        using var unwanted = new UnwantedGradients(tape);
        var isShared = rowSide == columnSide;
        var (dRow, addRow) = unwanted.Or(rowSide, isShared);
        var (dColumn, addColumn) = unwanted.Or(columnSide);
        var dAttention = attention.NeedsGradient ? tape.WholeGradientOf(attention) : unwanted.Cleared(attention);
        tape.Backend.DynamicGraphAttentionBackward(
            DynamicArgumentsOf(y),
            new DynamicGraphAttentionGradients(
                y.GradientView,
                dRow,
                dColumn,
                dAttention,
                scratch.AsMatrix(y.Saved.Rows, y.Saved.Columns),
                addRow,
                addColumn,
                edgeSide is { NeedsGradient: true } ? tape.WholeGradientOf(edgeSide) : null));
        tape.ReturnShared(rowSide, isShared, dRow);
    };

    /// <summary>An operand that stands in two places of one operation: what the first place gave is added to what the second wrote.</summary>
    private void ReturnShared(Tensor operand, bool isShared, MatrixView gradient)
    {
        if (isShared)
        {
            ReturnTo(operand, gradient, 1f);
        }
    }

    private static GraphAttentionArguments ArgumentsOf(Tensor y) =>
        new(y.Graph!, y.Second!.Value, y.Third!.Value, y.First!.Value, y.Value, y.Saved, y.Settings.Number, y.Fourth?.Value);

    private static DynamicGraphAttentionArguments DynamicArgumentsOf(Tensor y) =>
        new(y.Graph!, y.First!.Value, y.Second!.Value, y.Third!.Value, y.Value, y.Saved, y.Settings.Number, y.Fourth?.Value);

    /// <summary>Room for gradients that a fused operation writes and nobody reads, or that must not meet those of another operand before the operation is over;
    /// given back at the end.</summary>
    private ref struct UnwantedGradients(Tape tape)
    {
        private ComputeBuffer? _first;
        private ComputeBuffer? _second;
        private ComputeBuffer? _third;

        public (MatrixView View, bool Accumulate) Or(Tensor tensor, bool isShared = false) =>
            tensor.NeedsGradient && !isShared ? tape.GradientOf(tensor) : (Rent(tensor, cleared: false), false);

        public MatrixView Cleared(Tensor tensor) => Rent(tensor, cleared: true);

        public readonly void Dispose()
        {
            _first?.Dispose();
            _second?.Dispose();
            _third?.Dispose();
        }

        private MatrixView Rent(Tensor tensor, bool cleared)
        {
            var buffer = tape.Backend.Rent(tensor.Value.Length, cleared);
            if (_first is null)
            {
                _first = buffer;
            }
            else if (_second is null)
            {
                _second = buffer;
            }
            else
            {
                _third = buffer;
            }

            return buffer.AsMatrix(tensor.Rows, tensor.Columns);
        }
    }
}
