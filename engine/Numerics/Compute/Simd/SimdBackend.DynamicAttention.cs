namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>Dynamic graph attention, fused, with or without an edge side.</summary>
public sealed unsafe partial class SimdBackend
{
    public void DynamicGraphAttention(in DynamicGraphAttentionArguments arguments)
    {
        var (patients, heads) = OperandCheck.Attention(arguments);
        var (edges, items) = (Of(arguments.Graph).ByRow, checked(patients * heads));
        if (arguments.EdgeSide is { } edgeSide)
        {
            Attend(arguments, new EdgeSideTerms(Of(edgeSide), edges.Numbers), heads, items);
        }
        else
        {
            Attend(arguments, default(NoEdgeTerms), heads, items);
        }
    }

    public void DynamicGraphAttentionBackward(in DynamicGraphAttentionArguments arguments, in DynamicGraphAttentionGradients gradients)
    {
        var (patients, heads) = OperandCheck.Attention(arguments, gradients);
        var (graph, items) = (Of(arguments.Graph), checked(patients * heads));
        if (arguments.EdgeSide is { } edgeSide)
        {
            var (byRow, byColumn) = (new EdgeSideTerms(Of(edgeSide), graph.ByRow.Numbers), new EdgeSideTerms(Of(edgeSide), graph.ByColumn.Numbers));
            AttendBackward(arguments, gradients, byRow, byColumn, heads, items);
        }
        else
        {
            AttendBackward(arguments, gradients, default(NoEdgeTerms), default(NoEdgeTerms), heads, items);
        }

        if (gradients.EdgeSide is not null)
        {
            var work = new EdgeSideGradientWork(this, arguments, gradients, graph.ByRow, patients, heads);
            _team.Run(work, work.ItemCount);
        }
    }

    private void Attend<TTerms>(in DynamicGraphAttentionArguments arguments, TTerms terms, int heads, int items)
        where TTerms : unmanaged, IEdgeTerms
    {
        var graph = Of(arguments.Graph);
        _team.Run(
            new DynamicAttentionWork<TTerms>(this, arguments, graph.ByRow, terms, heads)
            {
                Scratch = _scratch.Parts(DynamicAttentionWork<TTerms>.ScratchLength(graph.ByRow, graph.LargestDegree, arguments.ColumnSide.Columns / heads)),
            },
            items);
    }

    private void AttendBackward<TTerms>(
        in DynamicGraphAttentionArguments arguments, in DynamicGraphAttentionGradients gradients, TTerms byRow, TTerms byColumn, int heads, int items)
        where TTerms : unmanaged, IEdgeTerms
    {
        var graph = Of(arguments.Graph);
        var width = arguments.ColumnSide.Columns / heads;
        var padded = Lanes.Padded(width);
        var sums = _shared.Parts((long)items * padded)[0];
        var scratch = _scratch.Parts(DynamicAttentionBackwardWork<TTerms>.ScratchLength(graph.ByRow, graph.ByColumn, padded));
        _team.Run(
            new DynamicAttentionBackwardWork<TTerms>(this, arguments, gradients, graph.ByRow, byRow, heads, byRow: true) { Sums = sums, Scratch = scratch }, items);
        _team.Run(
            new DynamicAttentionBackwardWork<TTerms>(this, arguments, gradients, graph.ByColumn, byColumn, heads, byRow: false) { Sums = sums, Scratch = scratch }, items);
        var dAttention = Of(gradients.Attention).Start;
        for (var item = 0; item < items; item++)
        {
            for (var c = 0; c < width; c++)
            {
                dAttention[(item % heads * width) + c] += sums[((long)item * padded) + c];
            }
        }
    }
}
