using DigitalTwin.Kernels.Graphs;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Kernels;

/// <summary>Graph attention. Weights are made again from scores where they are needed, so that nothing of the size edges x features is stored (but see
/// IlgpuBackend.EdgeFeatures.cs for dynamic attention with an edge side).</summary>
public sealed partial class IlgpuBackend
{
    // Of the shape alone, so that sums have the same order everywhere.
    private const int AttentionRuns = 1024;
    private const int LeastEdgesPerRun = 256;

    public void GraphAttention(in GraphAttentionArguments arguments)
    {
        var (patients, heads) = OperandCheck.Attention(arguments);
        if (arguments.Output.Rows == 0)
        {
            return;
        }

        var graph = Own(arguments.Graph);
        var rows = EdgeRows(graph, arguments.LogNormalizer, arguments.LogNormalizer, arguments.LogNormalizer, false);
        rows.Edges = EdgesOf(arguments);
        LaunchEdgeRows(GraphCatalog.Normalizer, rows, patients);
        var gather = new GatherArguments { Side = graph.Rows, Edges = rows.Edges };
        Gather(GraphCatalog.Attention, gather, patients, heads, arguments.Values, arguments.Output, null);
    }

    public void GraphAttentionBackward(in GraphAttentionArguments arguments, in GraphAttentionGradients gradients)
    {
        var (patients, heads) = OperandCheck.Attention(arguments, gradients);
        var graph = Own(arguments.Graph);
        if (gradients.EdgeScratch.Length == 0)
        {
            ClearUnless(gradients.AccumulateRowScores, gradients.RowScores);
            ClearUnless(gradients.AccumulateColumnScores, gradients.ColumnScores);
            ClearUnless(gradients.AccumulateValues, gradients.Values);
            return;
        }

        var scratch = gradients.EdgeScratch;
        EdgeInnerProducts(arguments.Graph, gradients.Output, arguments.Values, scratch);
        var rows = EdgeRows(graph, scratch, scratch, scratch, gradients.AccumulateRowScores);
        (rows.RowOutput, rows.Edges) = (MatrixOf(gradients.RowScores), EdgesOf(arguments));
        LaunchEdgeRows(GraphCatalog.ScoreGradient, rows, patients);
        EdgesToNodes(arguments.Graph, EdgeSide.Column, scratch, gradients.ColumnScores, gradients.AccumulateColumnScores);
        var gather = new GatherArguments { Side = graph.Columns, Edges = rows.Edges, Accumulate = gradients.AccumulateValues ? 1 : 0 };
        Gather(GraphCatalog.AttentionOfColumns, gather, patients, heads, gradients.Output, gradients.Values, null);
        if (gradients.EdgeScores is { } edgeScores)
        {
            Reduce(Reduction.Sum, scratch, edgeScores, accumulate: true);
        }
    }

    public void DynamicGraphAttention(in DynamicGraphAttentionArguments arguments)
    {
        var (patients, heads) = OperandCheck.Attention(arguments);
        if (arguments.EdgeSide is { } edgeSide)
        {
            ScoresWithEdgeSide(arguments, edgeSide, patients, heads);
        }
        else
        {
            EdgeDots(
                GraphCatalog.DynamicScores,
                GraphCatalog.DynamicScoresByWarp,
                Own(arguments.Graph),
                patients,
                arguments.RowSide,
                arguments.ColumnSide,
                arguments.Attention,
                arguments.Weights,
                arguments.NegativeSlope,
                false);
        }

        EdgeSoftmax(arguments.Graph, arguments.Weights, arguments.Weights);
        Multiply(arguments.Graph, false, arguments.ColumnSide, arguments.Output, arguments.Weights);
    }

    public void DynamicGraphAttentionBackward(in DynamicGraphAttentionArguments arguments, in DynamicGraphAttentionGradients gradients)
    {
        var (patients, heads) = OperandCheck.Attention(arguments, gradients);
        if (gradients.EdgeScratch.Length == 0)
        {
            ClearUnless(gradients.AccumulateRowSide, gradients.RowSide);
            ClearUnless(gradients.AccumulateColumnSide, gradients.ColumnSide);
            return;
        }

        var (graph, scratch) = (Own(arguments.Graph), gradients.EdgeScratch);
        EdgeInnerProducts(arguments.Graph, gradients.Output, arguments.ColumnSide, scratch);
        EdgeSoftmaxBackward(arguments.Graph, arguments.Weights, scratch, scratch, accumulate: false);
        Multiply(arguments.Graph, true, gradients.Output, gradients.ColumnSide, arguments.Weights, accumulate: gradients.AccumulateColumnSide);
        if (arguments.EdgeSide is { } edgeSide)
        {
            ScoreGradientsWithEdgeSide(arguments, gradients, edgeSide, patients, heads);
            return;
        }

        AddAttentionGradient(arguments, gradients, patients, heads);
        var edges = EdgesOf(MatrixOf(scratch));
        (edges.Attention, edges.NegativeSlope) = (MatrixOf(arguments.Attention), arguments.NegativeSlope);
        var areAligned = IsAligned(arguments.RowSide) && IsAligned(arguments.ColumnSide) && IsAligned(arguments.Attention);
        edges.Targets = MatrixOf(arguments.RowSide);
        var toRows = new GatherArguments { Side = graph.Rows, Edges = edges, Accumulate = gradients.AccumulateRowSide ? 1 : 0 };
        Gather(GraphCatalog.DynamicScoreGradients, toRows, patients, heads, arguments.ColumnSide, gradients.RowSide, null, areAligned);
        edges.Targets = MatrixOf(arguments.ColumnSide);
        var toColumns = new GatherArguments { Side = graph.Columns, Edges = edges, Accumulate = 1 };
        Gather(GraphCatalog.DynamicScoreGradients, toColumns, patients, heads, arguments.RowSide, gradients.ColumnSide, null, areAligned);
    }

    private void AddAttentionGradient(in DynamicGraphAttentionArguments arguments, in DynamicGraphAttentionGradients gradients, int patients, int heads)
    {
        var (graph, features) = (Own(arguments.Graph), arguments.RowSide.Columns);
        var count = (long)patients * graph.EdgeCount;
        var groups = (int)Math.Clamp(count / LeastEdgesPerRun, 1, AttentionRuns);
        var headWidth = features / heads;
        var quads = headWidth % 4 == 0 && IsAligned(arguments.RowSide) && IsAligned(arguments.ColumnSide);
        var cells = features / (quads ? 4 : 1);
        var lanes = Math.Min(32, PowerOfTwoAbove(cells));
        using var partial = _scratch.Rent((long)groups * features);
        var sums = partial.AsMatrix(groups, features);
        var kernel = new DynamicAttentionArguments
        {
            RowOfEdge = graph.RowOfEdge,
            ColumnOfEdge = graph.ColumnOfEdge,
            RowSide = MatrixOf(arguments.RowSide),
            ColumnSide = MatrixOf(arguments.ColumnSide),
            ScoreGradients = MatrixOf(gradients.EdgeScratch),
            Output = MatrixOf(sums),
            NegativeSlope = arguments.NegativeSlope,
            RowCount = graph.RowCount,
            ColumnCount = graph.ColumnCount,
            EdgeCount = graph.EdgeCount,
            HeadWidth = headWidth,
            Lanes = lanes,
            LanesLog2 = System.Numerics.BitOperations.Log2((uint)lanes),
            PanelCount = (cells + lanes - 1) / lanes,
            EdgesPerGroup = (count + groups - 1) / groups,
            Count = count,
        };
        Launch(quads ? GraphCatalog.AttentionGradient.Quads : GraphCatalog.AttentionGradient.Ones, (long)groups * kernel.PanelCount, _options.GroupSize, kernel);
        Reduce(Reduction.Sum, sums, gradients.Attention, accumulate: true);
    }

    private EdgeOperands EdgesOf(in GraphAttentionArguments arguments)
    {
        var scores = MatrixOf(arguments.RowScores);
        var edges = EdgesOf(scores);
        edges.ColumnScores = MatrixOf(arguments.ColumnScores);
        edges.EdgeScores = MatrixOf(arguments.EdgeScores, scores);
        edges.LogNormalizer = MatrixOf(arguments.LogNormalizer);
        edges.NegativeSlope = arguments.NegativeSlope;
        edges.HasEdgeScores = arguments.EdgeScores is null ? 0 : 1;
        return edges;
    }

    private void ClearUnless(bool keep, MatrixView view)
    {
        if (!keep)
        {
            Fill(view, 0f);
        }
    }
}
