using DigitalTwin.Kernels.Arithmetic;
using DigitalTwin.Kernels.Catalog;
using DigitalTwin.Kernels.Graphs;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Kernels;

/// <summary>Sparse products, sums and maxima over a graph.</summary>
public sealed partial class IlgpuBackend
{
    public void Multiply(
        SparseOperand graph,
        bool transpose,
        MatrixView input,
        MatrixView output,
        MatrixView? edgeWeights = null,
        MatrixView? bias = null,
        Activation activation = Activation.None,
        bool accumulate = false)
    {
        var (patients, heads, shared) = OperandCheck.Multiply(graph, transpose, input, output, edgeWeights, bias, activation, accumulate);
        var own = Own(graph);
        var kernels = (edgeWeights is null ? GraphCatalog.GraphWeights : GraphCatalog.GivenWeights)[(int)activation];
        var arguments = new GatherArguments { Side = transpose ? own.Columns : own.Rows, Accumulate = accumulate ? 1 : 0 };
        if (output.Length == 0)
        {
            return;
        }

        var target = MatrixOf(output);
        arguments.Edges = EdgesOf(target);
        if (edgeWeights is { } weights && weights.Length > 0)
        {
            (arguments.Edges.Weights, arguments.Edges.AreShared) = (MatrixOf(weights), shared ? 1 : 0);
        }

        Gather(kernels, arguments, patients, Math.Max(1, heads), input, output, bias);
    }

    public void EdgesToNodes(SparseOperand graph, EdgeSide side, MatrixView edges, MatrixView nodes, bool accumulate = false)
    {
        var patients = OperandCheck.NodesAndEdges(graph, side, nodes, edges);
        if (nodes.Length == 0)
        {
            return;
        }

        var own = Own(graph);
        var arguments = new GatherArguments
        {
            Side = side == EdgeSide.Row ? own.RowsOverEdges : own.ColumnsOverEdges,
            Edges = EdgesOf(MatrixOf(nodes)),
            Accumulate = accumulate ? 1 : 0,
        };
        Gather(GraphCatalog.GraphWeights[(int)Activation.None], arguments, patients, 1, edges, nodes, null);
    }

    public void NodesToEdges(SparseOperand graph, EdgeSide side, MatrixView nodes, MatrixView edges, bool accumulate = false)
    {
        var patients = OperandCheck.NodesAndEdges(graph, side, nodes, edges);
        var own = Own(graph);
        var arguments = Neighbors(own.Rows, nodes, edges, edges, accumulate);
        (arguments.NodeOfEdge, arguments.NodeCount) = side == EdgeSide.Row ? (own.RowOfEdge, own.RowCount) : (own.ColumnOfEdge, own.ColumnCount);
        LaunchByPatient(NeighborKernels.NodesToEdgesKernel, arguments, patients, (long)graph.EdgeCount * edges.Columns);
    }

    public void NeighborMaximum(SparseOperand graph, MatrixView input, MatrixView output, MatrixView edgeOfMaximum)
    {
        var patients = OperandCheck.NeighborMaximum(graph, input, output, edgeOfMaximum);
        var arguments = Neighbors(Own(graph).Rows, input, output, edgeOfMaximum, false);
        LaunchByPatient(NeighborKernels.MaximumKernel, arguments, patients, (long)graph.RowCount * output.Columns);
    }

    public void NeighborMaximumBackward(SparseOperand graph, MatrixView edgeOfMaximum, MatrixView outputGradient, MatrixView inputGradient, bool accumulate)
    {
        var patients = OperandCheck.NeighborMaximum(graph, inputGradient, outputGradient, edgeOfMaximum);
        var arguments = Neighbors(Own(graph).Columns, outputGradient, inputGradient, edgeOfMaximum, accumulate);
        LaunchByPatient(NeighborKernels.MaximumBackwardKernel, arguments, patients, (long)graph.ColumnCount * inputGradient.Columns);
    }

    private DeviceGraph Own(SparseOperand graph) => graph is DeviceGraph own && own.Accelerator == _accelerator
        ? own
        : throw new ArgumentException("The graph was loaded by another backend.", nameof(graph));

    private NeighborArguments Neighbors(GraphSide side, MatrixView input, MatrixView output, MatrixView edgeOfMaximum, bool accumulate) => new()
    {
        Side = side,
        Input = MatrixOf(input),
        Output = MatrixOf(output),
        EdgeOfMaximum = MatrixOf(edgeOfMaximum),
        NodeOfEdge = side.Sources,
        Accumulate = accumulate ? 1 : 0,
    };

    private void LaunchByPatient(CatalogKernel<NeighborArguments> kernel, NeighborArguments arguments, int patients, long itemsPerPatient)
    {
        arguments.GroupsPerPatient = GroupsPerPatient(kernel, itemsPerPatient);
        Launch(kernel, (long)patients * arguments.GroupsPerPatient, _options.GroupSize, arguments);
    }

    private int GroupsPerPatient(CatalogKernel kernel, long threads) => threads < int.MaxValue
        ? (int)GroupsFor(threads, _options.GroupSize)
        : throw new ArgumentException($"{kernel} would need {threads} threads for one patient, and {int.MaxValue} is the most.");

    /// <summary>Operands of edge terms, all of them some memory that is there.</summary>
    private static EdgeOperands EdgesOf(DeviceMatrix any) => new()
    {
        Weights = any,
        RowScores = any,
        ColumnScores = any,
        EdgeScores = any,
        LogNormalizer = any,
        Targets = any,
        Attention = any,
    };

    /// <summary>Sizes of the launch of a gather: cells of four where every operand allows it.</summary>
    private void Gather(CellPair<GatherArguments> kernels, GatherArguments arguments, int patients, int heads, MatrixView input, MatrixView output, MatrixView? bias, bool areOthersAligned = true)
    {
        var target = MatrixOf(output);
        (arguments.Input, arguments.Output, arguments.Bias) = (MatrixOf(input), target, MatrixOf(bias, target));
        (arguments.HasBias, arguments.HeadWidth) = (bias is null ? 0 : 1, output.Columns / heads);
        var quads = areOthersAligned && IsAligned(input) && IsAligned(output) && (bias is not { } b || IsAligned(b)) && arguments.HeadWidth % 4 == 0;
        var width = quads ? 4 : 1;
        arguments.PanelColumns = Math.Min(output.Columns, quads ? _options.PanelColumns : 32);
        arguments.Lanes = Math.Min(32, PowerOfTwoAbove((arguments.PanelColumns + width - 1) / width));
        arguments.PanelColumns = Math.Min(arguments.PanelColumns, arguments.Lanes * width);
        arguments.LanesLog2 = System.Numerics.BitOperations.Log2((uint)arguments.Lanes);
        arguments.PanelCount = (output.Columns + arguments.PanelColumns - 1) / arguments.PanelColumns;
        var targetsPerGroup = _options.GroupSize >> arguments.LanesLog2;
        arguments.GroupsPerPanel = arguments.Side.LongCount + ((arguments.Side.TargetCount - arguments.Side.LongCount + targetsPerGroup - 1) / targetsPerGroup);
        Launch(quads ? kernels.Quads : kernels.Ones, (long)patients * arguments.PanelCount * arguments.GroupsPerPanel, _options.GroupSize, arguments);
    }
}
