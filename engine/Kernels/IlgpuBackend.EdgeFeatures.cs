using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Kernels;

/// <summary>Dynamic graph attention with an edge side, put together from other operations: fused kernels exist for the case without. Patients go one after
/// another, so that temporaries are [edges, heads * features] of one patient: two forward, three backward.</summary>
public sealed partial class IlgpuBackend
{
    /// <summary>Scores of all edges, written where their softmax weights will stand.</summary>
    private void ScoresWithEdgeSide(in DynamicGraphAttentionArguments a, MatrixView edgeSide, int patients, int heads)
    {
        var (edges, features) = (a.Graph.EdgeCount, a.ColumnSide.Columns);
        if (edges == 0 || patients == 0)
        {
            return;
        }

        using var rawBuffer = Rent(edgeSide.Length, cleared: false);
        using var leakyBuffer = Rent(edgeSide.Length, cleared: false);
        using var scoreBuffer = Rent((long)edges * heads, cleared: false);
        var (raw, leaky, scores) = (rawBuffer.AsMatrix(edges, features), leakyBuffer.AsMatrix(edges, features), scoreBuffer.AsMatrix(edges, heads));
        for (var patient = 0; patient < patients; patient++)
        {
            Rectify(a, edgeSide, patient, raw, leaky);
            Binary(BinaryFunction.Multiply, leaky, a.Attention, leaky);
            Reduce(Reduction.Sum, ByHead(leaky, heads), ByHead(scores, heads));
            Copy(scores, OfPatient(a.Weights, patient, edges));
        }
    }

    /// <summary>Adds to the gradients of row side, column side and attention, and of the edge side where wanted, what flows through the scores, whose
    /// gradients stand in the edge scratch.</summary>
    private void ScoreGradientsWithEdgeSide(in DynamicGraphAttentionArguments a, in DynamicGraphAttentionGradients g, MatrixView edgeSide, int patients, int heads)
    {
        var (edges, features) = (a.Graph.EdgeCount, a.ColumnSide.Columns);
        using var rawBuffer = Rent(edgeSide.Length, cleared: false);
        using var leakyBuffer = Rent(edgeSide.Length, cleared: false);
        using var gradientBuffer = Rent(edgeSide.Length, cleared: false);
        using var scoreBuffer = Rent((long)edges * heads, cleared: false);
        var (raw, leaky, gradient) = (rawBuffer.AsMatrix(edges, features), leakyBuffer.AsMatrix(edges, features), gradientBuffer.AsMatrix(edges, features));
        var scores = scoreBuffer.AsMatrix(edges, heads);
        var (ofAttention, ofLeaky, ofScore) = (a.Attention.Reshape(heads, features / heads), ByHead(leaky, heads), ByHead(scores, heads));
        for (var patient = 0; patient < patients; patient++)
        {
            Rectify(a, edgeSide, patient, raw, leaky);
            Copy(OfPatient(g.EdgeScratch, patient, edges), scores);
            Binary(BinaryFunction.Multiply, ofLeaky, ofScore, ofLeaky);
            Reduce(Reduction.Sum, leaky, g.Attention, accumulate: true);

            // The slope is s everywhere and 1 - s more where the sum is positive.
            Binary(BinaryFunction.Multiply, ofAttention, ofScore, ofLeaky);
            Copy(leaky, gradient, a.NegativeSlope);
            UnaryBackward(UnaryFunction.Relu, raw, raw, leaky, leaky, accumulate: false);
            Copy(leaky, gradient, 1f - a.NegativeSlope, accumulate: true);
            EdgesToNodes(a.Graph, EdgeSide.Row, gradient, OfPatient(g.RowSide, patient, a.Graph.RowCount), g.AccumulateRowSide);
            EdgesToNodes(a.Graph, EdgeSide.Column, gradient, OfPatient(g.ColumnSide, patient, a.Graph.ColumnCount), accumulate: true);
            if (g.EdgeSide is { } ofEdges)
            {
                Copy(gradient, ofEdges, accumulate: true);
            }
        }
    }

    /// <summary>leaky(x) = s x + (1 - s) relu(x) of the sum x of both ends and the edge side; raw is left with relu(x), which is all that its slope needs.</summary>
    private void Rectify(in DynamicGraphAttentionArguments a, MatrixView edgeSide, int patient, MatrixView raw, MatrixView leaky)
    {
        NodesToEdges(a.Graph, EdgeSide.Row, OfPatient(a.RowSide, patient, a.Graph.RowCount), raw);
        NodesToEdges(a.Graph, EdgeSide.Column, OfPatient(a.ColumnSide, patient, a.Graph.ColumnCount), raw, accumulate: true);
        Copy(edgeSide, raw, accumulate: true);
        Copy(raw, leaky, a.NegativeSlope);
        Unary(UnaryFunction.Relu, raw, raw);
        Copy(raw, leaky, 1f - a.NegativeSlope, accumulate: true);
    }

    private static MatrixView OfPatient(MatrixView view, int patient, int rows) => view.SliceRows(patient * rows, rows);

    /// <summary>[edges, heads * n] as [edges * heads, n].</summary>
    private static MatrixView ByHead(MatrixView view, int heads) => view.Reshape(checked(view.Rows * heads), view.Columns / heads);
}
