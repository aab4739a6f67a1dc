namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>Fused graph attention; an item of work is a patient and a head.</summary>
public sealed unsafe partial class SimdBackend
{
    private const int EdgesOfItem = 4096;

    public void GraphAttention(in GraphAttentionArguments arguments)
    {
        var (patients, heads) = OperandCheck.Attention(arguments);
        var (a, graph) = (arguments, Of(arguments.Graph));
        _team.Run(
            new GraphAttentionWork
            {
                Edges = graph.ByRow,
                HeadCount = heads,
                RowScores = Of(a.RowScores),
                ColumnScores = Of(a.ColumnScores),
                EdgeScores = a.EdgeScores is { } edgeScores ? Of(edgeScores) : default,
                HasEdgeScores = a.EdgeScores is not null,
                Values = Of(a.Values),
                Output = Of(a.Output),
                LogNormalizer = Of(a.LogNormalizer),
                NegativeSlope = a.NegativeSlope,
                LargestDegree = graph.LargestDegree,
                Scratch = _scratch.Parts(GraphAttentionWork.ScratchLength(graph.ByRow, graph.LargestDegree, a.Values.Columns / heads)),
            },
            checked(patients * heads));
    }

    public void GraphAttentionBackward(in GraphAttentionArguments arguments, in GraphAttentionGradients gradients)
    {
        var (patients, heads) = OperandCheck.Attention(arguments, gradients);
        var (a, g, graph) = (arguments, gradients, Of(arguments.Graph));
        var edgeGradient = Of(g.EdgeScratch);
        _team.Run(
            new GraphAttentionBackwardWork
            {
                Edges = graph.ByColumn,
                HeadCount = heads,
                RowScores = Of(a.RowScores),
                ColumnScores = Of(a.ColumnScores),
                EdgeScores = a.EdgeScores is { } edgeScores ? Of(edgeScores) : default,
                HasEdgeScores = a.EdgeScores is not null,
                Values = Of(a.Values),
                Output = Of(a.Output),
                LogNormalizer = Of(a.LogNormalizer),
                NegativeSlope = a.NegativeSlope,
                OutputGradient = Of(g.Output),
                RowScoresGradient = Of(g.RowScores),
                ColumnScoresGradient = Of(g.ColumnScores),
                ValuesGradient = Of(g.Values),
                EdgeGradient = edgeGradient,
                KeepsEdgeGradient = g.EdgeScores is not null,
                AccumulateRowScores = g.AccumulateRowScores,
                AccumulateColumnScores = g.AccumulateColumnScores,
                AccumulateValues = g.AccumulateValues,
                EdgeCount = graph.EdgeCount,
                Scratch = _scratch.Parts(GraphAttentionBackwardWork.ScratchLength(graph.ByColumn, graph.EdgeCount, a.Values.Columns / heads)),
            },
            checked(patients * heads));
        if (g.EdgeScores is { } output)
        {
            var work = new EdgeGradientSumWork { EdgeGradient = edgeGradient, Output = Of(output), PatientCount = patients, EdgesOfItem = EdgesOfItem };
            _team.Run(work, (graph.EdgeCount + EdgesOfItem - 1) / EdgesOfItem);
        }
    }

    public void DynamicGraphAttention(in DynamicGraphAttentionArguments arguments)
    {
        var (patients, heads) = OperandCheck.Attention(arguments);
        var graph = Of(arguments.Graph);
        _team.Run(
            new DynamicAttentionWork(this, arguments, graph.ByRow, heads)
            {
                Scratch = _scratch.Parts(DynamicAttentionWork.ScratchLength(graph.ByRow, graph.LargestDegree, arguments.ColumnSide.Columns / heads)),
            },
            checked(patients * heads));
    }

    public void DynamicGraphAttentionBackward(in DynamicGraphAttentionArguments arguments, in DynamicGraphAttentionGradients gradients)
    {
        var (patients, heads) = OperandCheck.Attention(arguments, gradients);
        var graph = Of(arguments.Graph);
        var items = checked(patients * heads);
        var padded = GraphAttentionWork.Padded(arguments.ColumnSide.Columns / heads);
        var sums = _shared.Parts((long)items * padded)[0];
        var scratch = _scratch.Parts(DynamicAttentionBackwardWork.ScratchLength(graph.ByRow, graph.ByColumn, padded));
        _team.Run(new DynamicAttentionBackwardWork(this, arguments, gradients, graph.ByRow, heads, byRow: true) { Sums = sums, Scratch = scratch }, items);
        _team.Run(new DynamicAttentionBackwardWork(this, arguments, gradients, graph.ByColumn, heads, byRow: false) { Sums = sums, Scratch = scratch }, items);
        var dAttention = Of(gradients.Attention).Start;
        var width = arguments.ColumnSide.Columns / heads;
        for (var item = 0; item < items; item++)
        {
            for (var c = 0; c < width; c++)
            {
                dAttention[(item % heads * width) + c] += sums[((long)item * padded) + c];
            }
        }
    }

    /// <summary>For work items of this backend.</summary>
    internal Rows RowsOf(MatrixView view) => Of(view);
}
