using System.Runtime.CompilerServices;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>Fused graph attention.</summary>
public sealed unsafe partial class SimdBackend
{
    private const int EdgesOfItem = 4096;

    /// <summary>Patient by patient: weights of all edges, which stay in the caches, then sums by panels.</summary>
    public void GraphAttention(in GraphAttentionArguments arguments)
    {
        var (patients, heads) = OperandCheck.Attention(arguments);
        var (a, graph) = (arguments, Of(arguments.Graph));
        var edges = graph.ByRow;
        var lanes = AttentionWeightsWork.LanesOf(Math.Min(heads, Lanes.Count));
        var columnScores = _shared.Parts(((long)heads * graph.EdgeCount) + ((long)edges.NeighbourCount * lanes) + Lanes.Count)[0];
        var weights = columnScores + ((long)edges.NeighbourCount * lanes);
        var scratch = _scratch.Parts(Math.Max(AttentionWeightsWork.ScratchLength(graph.LargestDegree), (long)edges.NeighbourCount * Lanes.Count));
        var plan = new MultiplyPlan(1, heads, a.Values.Columns, edges, graph.EdgeCount, _team.ThreadCount);
        for (var patient = 0; patient < patients; patient++)
        {
            var (firstRow, firstColumn) = ((long)patient * edges.NodeCount, (long)patient * edges.NeighbourCount);
            for (var firstHead = 0; firstHead < heads; firstHead += Lanes.Count)
            {
                var count = Math.Min(Lanes.Count, heads - firstHead);
                CopyScores(Of(a.ColumnScores), firstColumn, edges.NeighbourCount, firstHead, count, lanes, columnScores);
                var work = new AttentionWeightsWork
                {
                    Edges = edges,
                    EdgeCount = graph.EdgeCount,
                    FirstRow = firstRow,
                    FirstHead = firstHead,
                    HeadCount = count,
                    HeadLanes = lanes,
                    RowScores = Of(a.RowScores),
                    ColumnScores = columnScores,
                    EdgeScores = a.EdgeScores is { } edgeScores ? Of(edgeScores) : default,
                    HasEdgeScores = a.EdgeScores is not null,
                    LogNormalizer = Of(a.LogNormalizer),
                    NegativeSlope = a.NegativeSlope,
                    Weights = weights,
                    Scratch = scratch,
                };
                _team.Run(work, work.ItemCount);
            }

            _team.Run(
                new AttentionSumWork
                {
                    Edges = edges,
                    Plan = plan,
                    Values = Of(a.Values),
                    Output = Of(a.Output),
                    FirstRow = firstRow,
                    FirstColumn = firstColumn,
                    Weights = weights,
                    EdgeCount = graph.EdgeCount,
                    Scratch = scratch,
                },
                plan.ItemCount);
        }
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

    /// <summary>Scores of some heads of one patient side by side, zeros in the lanes that no head uses.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyScores(Rows scores, long firstColumn, int count, int firstHead, int heads, int lanes, float* to)
    {
        for (var j = 0; j < count; j++)
        {
            var from = scores[firstColumn + j] + firstHead;
            for (var h = 0; h < lanes; h++)
            {
                to[((long)j * lanes) + h] = h < heads ? from[h] : 0f;
            }
        }
    }

    /// <summary>For work items of this backend.</summary>
    internal Rows RowsOf(MatrixView view) => Of(view);
}
