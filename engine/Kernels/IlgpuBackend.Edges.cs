using DigitalTwin.Kernels.Graphs;
using DigitalTwin.Numerics.Compute;
using ILGPU.Runtime;

namespace DigitalTwin.Kernels;

/// <summary>Operations whose result is of the edges.</summary>
public sealed partial class IlgpuBackend
{
    public void EdgeInnerProducts(SparseOperand graph, MatrixView rowSide, MatrixView columnSide, MatrixView edges, bool accumulate = false)
    {
        var patients = OperandCheck.EdgeInnerProducts(graph, rowSide, columnSide, edges);
        EdgeDots(GraphCatalog.InnerProducts, GraphCatalog.InnerProductsByWarp, Own(graph), patients, rowSide, columnSide, null, edges, 0f, accumulate);
    }

    public void EdgeSoftmax(SparseOperand graph, MatrixView edges, MatrixView output)
    {
        OperandCheck.Same(edges, output);
        var patients = OperandCheck.Edges(graph, edges);
        LaunchEdgeRows(GraphCatalog.Softmax, EdgeRows(Own(graph), edges, edges, output, false), patients);
    }

    public void EdgeSoftmaxBackward(SparseOperand graph, MatrixView output, MatrixView outputGradient, MatrixView inputGradient, bool accumulate)
    {
        OperandCheck.Same(output, outputGradient);
        OperandCheck.Same(output, inputGradient);
        var patients = OperandCheck.Edges(graph, output);
        LaunchEdgeRows(GraphCatalog.SoftmaxGradient, EdgeRows(Own(graph), outputGradient, output, inputGradient, accumulate), patients);
    }

    private EdgeRowArguments EdgeRows(DeviceGraph graph, MatrixView input, MatrixView other, MatrixView output, bool accumulate)
    {
        var matrix = MatrixOf(output);
        return new EdgeRowArguments
        {
            Rows = graph.Rows,
            Input = MatrixOf(input),
            Other = MatrixOf(other),
            Output = matrix,
            RowOutput = matrix,
            Edges = EdgesOf(matrix),
            Heads = input.Columns,
            Accumulate = accumulate ? 1 : 0,
        };
    }

    private void LaunchEdgeRows(EdgeRowPair kernels, EdgeRowArguments arguments, int patients)
    {
        var longRows = (long)patients * arguments.Rows.LongCount * arguments.Heads;
        Launch(kernels.Long, longRows, _options.GroupSize, arguments);
        arguments.GroupsPerPatient = GroupsPerPatient(kernels.Short, (long)(arguments.Rows.TargetCount - arguments.Rows.LongCount) * arguments.Heads);
        Launch(kernels.Short, (long)patients * arguments.GroupsPerPatient, _options.GroupSize, arguments);
    }

    /// <summary>A sum over features of both ends of each edge; lanes share an edge where warps can exchange registers.</summary>
    private void EdgeDots(
        CellPair<EdgeDotArguments> alone,
        CellPair<EdgeDotArguments> byWarp,
        DeviceGraph graph,
        int patients,
        MatrixView rowSide,
        MatrixView columnSide,
        MatrixView? attention,
        MatrixView edges,
        float negativeSlope,
        bool accumulate)
    {
        if (edges.Length == 0)
        {
            return;
        }

        var headWidth = rowSide.Columns / edges.Columns;
        var matrix = MatrixOf(edges);
        var arguments = new EdgeDotArguments
        {
            RowOfEdge = graph.RowOfEdge,
            ColumnOfEdge = graph.ColumnOfEdge,
            RowSide = MatrixOf(rowSide),
            ColumnSide = MatrixOf(columnSide),
            Attention = MatrixOf(attention, matrix),
            Edges = matrix,
            NegativeSlope = negativeSlope,
            RowCount = graph.RowCount,
            ColumnCount = graph.ColumnCount,
            EdgeCount = graph.EdgeCount,
            HeadWidth = headWidth,
            Accumulate = accumulate ? 1 : 0,
        };
        var quads = headWidth % 4 == 0 && IsAligned(rowSide) && IsAligned(columnSide) && (attention is not { } a || IsAligned(a));
        var cells = headWidth / (quads ? 4 : 1);
        var hasWarps = _accelerator.AcceleratorType != AcceleratorType.OpenCL && _accelerator.WarpSize == 32;
        arguments.LanesLog2 = hasWarps && cells > 1 ? Math.Min(5, System.Numerics.BitOperations.Log2((uint)cells)) : 0;
        var kernels = arguments.LanesLog2 > 0 ? byWarp : alone;
        var kernel = quads ? kernels.Quads : kernels.Ones;
        arguments.GroupsPerPatient = GroupsPerPatient(kernel, ((long)graph.EdgeCount * edges.Columns) << arguments.LanesLog2);
        Launch(kernel, (long)patients * arguments.GroupsPerPatient, _options.GroupSize, arguments);
    }
}
