namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>Operations on edges, and maxima over neighbours.</summary>
public sealed unsafe partial class SimdBackend
{
    public void EdgeInnerProducts(SparseOperand graph, MatrixView rowSide, MatrixView columnSide, MatrixView edges, bool accumulate = false)
    {
        var patients = OperandCheck.EdgeInnerProducts(graph, rowSide, columnSide, edges);
        var blocks = new NodeBlocks(patients, graph.RowCount);
        _team.Run(
            new EdgeInnerProductWork
            {
                Edges = Of(graph).ByRow,
                RowSide = Of(rowSide),
                ColumnSide = Of(columnSide),
                Output = Of(edges),
                Blocks = blocks,
                EdgeCount = graph.EdgeCount,
                Accumulate = accumulate,
            },
            blocks.ItemCount);
    }

    public void NeighborMaximum(SparseOperand graph, MatrixView input, MatrixView output, MatrixView edgeOfMaximum)
    {
        var blocks = new NodeBlocks(OperandCheck.NeighborMaximum(graph, input, output, edgeOfMaximum), graph.RowCount);
        _team.Run(
            new NeighborMaximumWork { Edges = Of(graph).ByRow, Input = Of(input), Output = Of(output), EdgeOfMaximum = Of(edgeOfMaximum), Blocks = blocks }, blocks.ItemCount);
    }

    public void NeighborMaximumBackward(SparseOperand graph, MatrixView edgeOfMaximum, MatrixView outputGradient, MatrixView inputGradient, bool accumulate)
    {
        var blocks = new NodeBlocks(OperandCheck.NeighborMaximum(graph, inputGradient, outputGradient, edgeOfMaximum), graph.ColumnCount);
        _team.Run(
            new NeighborMaximumBackwardWork
            {
                Edges = Of(graph).ByColumn,
                EdgeOfMaximum = Of(edgeOfMaximum),
                OutputGradient = Of(outputGradient),
                InputGradient = Of(inputGradient),
                Blocks = blocks,
                Accumulate = accumulate,
            },
            blocks.ItemCount);
    }

    public void EdgeSoftmax(SparseOperand graph, MatrixView edges, MatrixView output)
    {
        OperandCheck.Same(edges, output);
        var (blocks, operand) = (new NodeBlocks(OperandCheck.Edges(graph, edges), graph.RowCount), Of(graph));
        _team.Run(
            new EdgeSoftmaxWork
            {
                Edges = operand.ByRow,
                Input = Of(edges),
                Output = Of(output),
                Blocks = blocks,
                EdgeCount = graph.EdgeCount,
                Scratch = _scratch.Parts(operand.LargestDegree + Lanes.Count),
            },
            blocks.ItemCount);
    }

    public void EdgeSoftmaxBackward(SparseOperand graph, MatrixView output, MatrixView outputGradient, MatrixView inputGradient, bool accumulate)
    {
        OperandCheck.Same(output, outputGradient);
        OperandCheck.Same(output, inputGradient);
        var blocks = new NodeBlocks(OperandCheck.Edges(graph, output), graph.RowCount);
        _team.Run(
            new EdgeSoftmaxWork
            {
                Edges = Of(graph).ByRow,
                Input = Of(inputGradient),
                Output = Of(output),
                OutputGradient = Of(outputGradient),
                IsGradient = true,
                Accumulate = accumulate,
                Blocks = blocks,
                EdgeCount = graph.EdgeCount,
            },
            blocks.ItemCount);
    }

    public void NodesToEdges(SparseOperand graph, EdgeSide side, MatrixView nodes, MatrixView edges, bool accumulate = false) =>
        BetweenNodesAndEdges(graph, side, nodes, edges, toNodes: false, accumulate);

    public void EdgesToNodes(SparseOperand graph, EdgeSide side, MatrixView edges, MatrixView nodes, bool accumulate = false) =>
        BetweenNodesAndEdges(graph, side, nodes, edges, toNodes: true, accumulate);

    private void BetweenNodesAndEdges(SparseOperand graph, EdgeSide side, MatrixView nodes, MatrixView edges, bool toNodes, bool accumulate)
    {
        var patients = OperandCheck.NodesAndEdges(graph, side, nodes, edges);
        var ofSide = Of(graph).Edges(side == EdgeSide.Column);
        var blocks = new NodeBlocks(patients, ofSide.NodeCount);
        _team.Run(
            new NodeEdgeWork
            {
                Edges = ofSide,
                Nodes = Of(nodes),
                EdgeMatrix = Of(edges),
                ToNodes = toNodes,
                Accumulate = accumulate,
                Blocks = blocks,
                EdgeCount = graph.EdgeCount,
            },
            blocks.ItemCount);
    }
}
