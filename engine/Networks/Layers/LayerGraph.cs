using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Layers;

/// <summary>The form of a shared graph that a layer multiplies by: as it is, or through the gates on its edges while they have factors.</summary>
/// <param name="graph">The graph, which may have gates.</param>
/// <param name="form">One of its forms.</param>
internal sealed class LayerGraph(SharedGraph graph, SparseOperand form)
{
    private EdgeGates? Gates => graph.Gates is { Factors: not null } gates ? gates : null;

    /// <summary>See <see cref="Tape.Propagate"/>.</summary>
    public Tensor Propagate(Tape tape, Tensor input, Tensor? bias = null, Activation activation = Activation.None)
    {
        if (Gates is not { } gates)
        {
            return tape.Propagate(input, form, bias: bias, activation: activation);
        }

        var sum = tape.PropagateWeighted(input, form, gates.At(tape, form, asWeights: true));
        return bias is null ? tape.Activate(sum, activation) : tape.Add(sum, bias, activation);
    }

    /// <summary>See <see cref="Tape.NeighborMaximum"/>. A gate stands on the numbers that an edge carries, which must not be negative: an edge that is gone
    /// carries 0, as a node without edges receives.</summary>
    public Tensor Maximum(Tape tape, Tensor input)
    {
        if (Gates is not { } gates)
        {
            return tape.NeighborMaximum(input, form);
        }

        var messages = tape.NodesToEdges(input, form, EdgeSide.Column);
        return tape.NeighborMaximum(tape.Multiply(messages, gates.At(tape, form, asWeights: false)), gates.Messages);
    }

    /// <summary>See <see cref="Tape.GraphAttention"/>. A gate stands on the share that an edge has after the softmax.</summary>
    public Tensor Attend(Tape tape, Tensor values, Tensor rowScores, Tensor columnScores, Tensor? edgeScores, float negativeSlope)
    {
        if (Gates is not { } gates)
        {
            return tape.GraphAttention(values, rowScores, columnScores, form, edgeScores, negativeSlope);
        }

        var scores = Leaky(tape, Ends(tape, rowScores, columnScores, edgeScores), negativeSlope);
        return Weighted(tape, values, scores, gates);
    }

    /// <summary>See <see cref="Tape.DynamicGraphAttention"/>. A gate stands on the share that an edge has after the softmax.</summary>
    /// <remarks>Through gates it is not fused: it holds [patients * edges, heads * width].</remarks>
    public Tensor AttendDynamically(Tape tape, Tensor rowSide, Tensor columnSide, Tensor attention, int heads, Tensor? edgeSide, float negativeSlope)
    {
        if (Gates is not { } gates)
        {
            return tape.DynamicGraphAttention(rowSide, columnSide, attention, form, heads, edgeSide, negativeSlope);
        }

        var products = tape.Multiply(Leaky(tape, Ends(tape, rowSide, columnSide, edgeSide), negativeSlope), attention);
        var rows = checked(products.Rows * heads);
        var sums = tape.Reduce(tape.Reshape(products, rows, products.Columns / heads), Reduction.Sum, rows, 1);
        return Weighted(tape, columnSide, tape.Reshape(sums, products.Rows, heads), gates);
    }

    private Tensor Weighted(Tape tape, Tensor values, Tensor scores, EdgeGates gates) =>
        tape.PropagateWeighted(values, form, tape.Multiply(tape.EdgeSoftmax(scores, form), gates.At(tape, form, asWeights: false)));

    private Tensor Ends(Tape tape, Tensor rowSide, Tensor columnSide, Tensor? edgeSide)
    {
        var sum = tape.Add(tape.NodesToEdges(rowSide, form, EdgeSide.Row), tape.NodesToEdges(columnSide, form, EdgeSide.Column));
        return edgeSide is null ? sum : tape.Add(sum, edgeSide);
    }

    // relu(x) - slope relu(-x).
    private static Tensor Leaky(Tape tape, Tensor x, float slope) =>
        tape.Subtract(tape.Apply(x, UnaryFunction.Relu), tape.Scale(tape.Apply(tape.Scale(x, -1f), UnaryFunction.Relu), slope));
}
