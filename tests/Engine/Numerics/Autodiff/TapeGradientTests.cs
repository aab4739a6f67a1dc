using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Compute.Parity;

namespace DigitalTwin.Tests.Engine.Numerics.Autodiff;

/// <summary>Every operation of the tape against central differences in float64.</summary>
public sealed class TapeGradientTests
{
    private static readonly CsrMatrix Graph = Weighted(ParityGraphs.HeavyTail(7, 3));
    private static readonly CsrMatrix Bipartite = Weighted(CsrMatrix.Selection([4, 0, 4, 2, 1], 6));

    private static readonly Dictionary<string, Action<FiniteDifferences>> Dense = new(StringComparer.Ordinal)
    {
        ["linear"] = f => f.With(5, 3).With(3, 4).With(1, 4).Check((t, x) => t.Linear(x[0], x[1], x[2], Activation.Tanh)),
        ["linear without bias, gelu"] = f => f.With(5, 3).With(3, 4).Check((t, x) => t.Linear(x[0], x[1], null, Activation.Gelu)),
        ["the same input twice"] = f => f.With(4, 4).Check((t, x) => t.Product(t.Add(x[0], x[0]), x[0])),
        ["product"] = f => f.With(5, 3).With(3, 4).Check((t, x) => t.Product(x[0], x[1])),
        ["product, left transposed"] = f => f.With(3, 5).With(3, 4).Check((t, x) => t.Product(x[0], x[1], transposeLeft: true)),
        ["product, right transposed"] = f => f.With(5, 3).With(4, 3).Check((t, x) => t.Product(x[0], x[1], transposeRight: true)),
        ["product, both transposed"] = f => f.With(3, 5).With(4, 3).Check((t, x) => t.Product(x[0], x[1], true, true)),
        ["batched product"] = f => f.With(6, 4).With(10, 4).Check((t, x) => t.Product(x[0], x[1], transposeRight: true, batchCount: 2)),
        ["add, row repeated"] = f => f.With(5, 3).With(1, 3).Check((t, x) => t.Add(x[0], x[1])),
        ["add, row repeated, elu"] = f => f.With(5, 3).With(1, 3).Check((t, x) => t.Add(x[0], x[1], Activation.Elu)),
        ["add, silu"] = f => f.With(5, 3).With(5, 3).Check((t, x) => t.Add(x[0], x[1], Activation.Silu)),
        ["subtract, column repeated"] = f => f.With(5, 3).With(5, 1).Check((t, x) => t.Subtract(x[0], x[1])),
        ["subtract, left repeated"] = f => f.With(1, 1).With(4, 3).Check((t, x) => t.Subtract(x[0], x[1])),
        ["multiply, nodes repeated over patients"] = f => f.With(6, 3).With(2, 3).Check((t, x) => t.Multiply(x[0], x[1])),
        ["multiply"] = f => f.With(4, 3).With(4, 3).Check((t, x) => t.Multiply(x[0], x[1])),
        ["multiply and add, nodes and a row repeated"] = f => f.With(6, 1).With(2, 3).With(1, 3).Check((t, x) => t.MultiplyAdd(x[0], x[1], x[2])),
        ["multiply and add, one tensor thrice"] = f => f.With(4, 3).Check((t, x) => t.MultiplyAdd(x[0], x[0], x[0])),
        ["divide"] = f => f.With(4, 3).With(1, 3, 0.5, 2).Check((t, x) => t.Divide(x[0], x[1])),
        ["scale"] = f => f.With(4, 3).Check((t, x) => t.Scale(x[0], -2.5f)),
        ["shift"] = f => f.With(4, 3).Check((t, x) => t.Apply(t.Shift(x[0], 1.5f), UnaryFunction.Log)),
        ["maximum"] = f => f.With(4, 3).With(4, 3).Check((t, x) => t.Maximum(x[0], x[1])),
        ["dropout"] = f => f.With(6, 5).Check((t, x) => t.Dropout(x[0], 0.5f)),
        ["concatenate columns"] = f => f.With(4, 3).With(4, 2).Check((t, x) => t.ConcatenateColumns(x[0], t.Multiply(x[1], x[1]))),
        ["concatenate rows"] = f => f.With(4, 3).With(2, 3).Check((t, x) => t.ConcatenateRows(x[0], x[1])),
        ["slices and reshape"] = f => f.With(4, 6).Check((t, x) => t.Multiply(t.Reshape(t.SliceRows(x[0], 1, 2), 4, 3), t.SliceColumns(x[0], 2, 3))),
        ["sum over patients"] = f => f.With(6, 3).Check((t, x) => t.Reduce(x[0], Reduction.Sum, 2, 3)),
        ["mean of rows"] = f => f.With(6, 3).Check((t, x) => t.Multiply(t.Reduce(x[0], Reduction.Mean, 6, 1), x[0])),
        ["softmax"] = f => f.With(4, 5).Check((t, x) => t.Softmax(x[0])),
        ["log softmax"] = f => f.With(4, 5).Check((t, x) => t.LogSoftmax(x[0])),
        ["log sum exp"] = f => f.With(4, 5).Check((t, x) => t.LogSumExp(x[0])),
        ["cumulative sum"] = f => f.With(4, 5).Check((t, x) => t.Multiply(t.CumulativeSum(x[0], reverse: true), x[0])),
        ["layer norm"] = f => f.With(4, 5).With(1, 5).With(1, 5).Check((t, x) => t.LayerNorm(x[0], x[1], x[2])),
        ["batch norm"] = f => f.With(6, 3).With(1, 3).With(1, 3).Check((t, x) => t.BatchNorm(x[0], x[1], x[2], Running(f))),
        ["batch norm, fixed"] = f => f.With(6, 3).With(1, 3).With(1, 3).Check((t, x) => t.BatchNorm(x[0], x[1], x[2], Running(f)), isTraining: false),
        ["checkpoint"] = f => f.With(5, 4).Check((t, x) => t.Checkpoint(t.Multiply(x[0], x[0]), new DroppingSegment())),
    };

    private static readonly Dictionary<string, Action<FiniteDifferences>> OverGraphs = new(StringComparer.Ordinal)
    {
        ["propagate"] = f => f.With(14, 3).With(1, 3).Check((t, x) => t.Propagate(x[0], Load(f, Graph), bias: x[1], activation: Activation.Sigmoid)),
        ["propagate backwards"] = f => f.With(10, 3).Check((t, x) => t.Propagate(x[0], Load(f, Bipartite), transpose: true)),
        ["gather and scatter"] = f => f.With(12, 3).Check((t, x) => t.Scatter(t.Gather(t.Multiply(x[0], x[0]), Load(f, Bipartite)), Load(f, Bipartite))),
        ["propagate with edge weights"] = f => f.With(14, 6).With(2 * Graph.EdgeCount, 2).Check((t, x) => t.PropagateWeighted(x[0], Load(f, Graph), x[1])),
        ["propagate with edge weights of all patients"] = f => f.With(14, 6).With(Graph.EdgeCount, 2).Check((t, x) => t.PropagateWeighted(x[0], Load(f, Graph), x[1])),
        ["propagate with edge weights of one patient"] = f => f.With(7, 6).With(Graph.EdgeCount, 3).Check((t, x) => t.PropagateWeighted(x[0], Load(f, Graph), x[1])),
        ["neighbor maximum"] = f => f.With(14, 3).Check((t, x) => t.NeighborMaximum(x[0], Load(f, Graph))),
        ["edge inner products"] = f => f.With(10, 4).With(12, 4).Check((t, x) => t.EdgeInnerProducts(x[0], x[1], Load(f, Bipartite), 2)),
        ["edge softmax"] = f => f.With(2 * Graph.EdgeCount, 2).Check((t, x) => t.EdgeSoftmax(x[0], Load(f, Graph))),
        ["nodes to edges and back"] = f => f.With(14, 3).Check((t, x) =>
        {
            var edges = t.Multiply(t.NodesToEdges(x[0], Load(f, Graph), EdgeSide.Row), t.NodesToEdges(x[0], Load(f, Graph), EdgeSide.Column));
            return t.EdgesToNodes(edges, Load(f, Graph), EdgeSide.Column);
        }),
        ["graph attention"] = f => f.With(14, 6).With(14, 2).With(14, 2).With(Graph.EdgeCount, 2)
            .Check((t, x) => t.GraphAttention(x[0], x[1], x[2], Load(f, Graph), x[3])),
        ["graph attention without edge scores"] = f => f.With(12, 4).With(10, 1).With(12, 1)
            .Check((t, x) => t.GraphAttention(x[0], x[1], x[2], Load(f, Bipartite))),
        ["graph attention, one tensor thrice"] = f => f.With(14, 2).Check((t, x) => t.GraphAttention(x[0], x[0], x[0], Load(f, Graph))),
        ["dynamic graph attention"] = f => f.With(14, 6).With(14, 6).With(1, 6).Check((t, x) => t.DynamicGraphAttention(x[0], x[1], x[2], Load(f, Graph), 3)),
        ["dynamic graph attention with an edge side"] = f => f.With(6, 6).With(14, 6).With(1, 6).With(7, 6)
            .Check((t, x) => t.DynamicGraphAttention(x[0], x[1], x[2], Load(f, CsrMatrix.Segments([0, 3, 3, 7])), 2, x[3])),
        ["dynamic attention to itself"] = f => f.With(14, 6).With(1, 6).Check((t, x) => t.DynamicGraphAttention(x[0], x[0], x[1], Load(f, Graph), 2)),
    };

    public static TheoryData<string> DenseNames() => [.. Dense.Keys];

    public static TheoryData<string> GraphNames() => [.. OverGraphs.Keys];

    public static TheoryData<UnaryFunction> Functions() => [.. Enum.GetValues<UnaryFunction>()];

    [Theory]
    [MemberData(nameof(DenseNames))]
    public void Property_DenseGradient_MatchesCentralDifferences(string name) => Run(Dense[name]);

    [Theory]
    [MemberData(nameof(GraphNames))]
    public void Property_GraphGradient_MatchesCentralDifferences(string name) => Run(OverGraphs[name]);

    [Theory]
    [MemberData(nameof(Functions))]
    public void Property_FunctionGradient_MatchesCentralDifferences(UnaryFunction function) =>
        Run(f => f.With(3, 5, 0.2, 3).Check((t, x) => t.Apply(x[0], function)));

    [Theory]
    [InlineData(UnaryFunction.Relu)]
    [InlineData(UnaryFunction.LeakyRelu)]
    [InlineData(UnaryFunction.Elu)]
    [InlineData(UnaryFunction.Abs)]
    [InlineData(UnaryFunction.Gelu)]
    [InlineData(UnaryFunction.Softplus)]
    public void Property_GradientBelowZero_MatchesCentralDifferences(UnaryFunction function) =>
        Run(f => f.With(3, 5, -3, -0.2).Check((t, x) => t.Apply(x[0], function)));

    private static void Run(Action<FiniteDifferences> check)
    {
        using var differences = new FiniteDifferences();
        check(differences);
    }

    private static SparseOperand Load(FiniteDifferences f, CsrMatrix matrix) => f.Backend.Load(matrix);

    private static MatrixView Running(FiniteDifferences f)
    {
        var view = f.Backend.Rent(6).AsMatrix(2, 3);
        f.Backend.Upload([0.1f, 0.2f, 0.3f, 1.5f, 0.7f, 1f], view);
        return view;
    }

    private static CsrMatrix Weighted(CsrMatrix m) =>
        new(m.RowCount, m.ColumnCount, m.RowOffsets, m.ColumnIndices, [.. Enumerable.Range(1, m.EdgeCount).Select(e => (float)Math.Cos(e))]);

    private sealed class DroppingSegment : ISegment
    {
        public Tensor Forward(Tape tape, Tensor input) => tape.Apply(tape.Dropout(tape.Multiply(input, input), 0.3f), UnaryFunction.Tanh);
    }
}
