using DigitalTwin.Kernels.Arithmetic;
using ILGPU;

namespace DigitalTwin.Kernels.Graphs;

/// <summary>Output = softmax of Input over the row.</summary>
internal readonly struct EdgeSoftmaxOperation : IEdgeRowOperation
{
    static void IEdgeRowOperation.Run<TSharing>(EdgeRowArguments a, EdgeRun run, ArrayView<float> shared)
    {
        var firstEdge = run.Patient * a.Rows.EdgeCount;
        var greatest = float.NegativeInfinity;
        for (var e = run.First; e < run.End; e += run.Step)
        {
            greatest = Greatest.Combine(greatest, a.Input.Get(firstEdge + e, run.Head));
        }

        greatest = TSharing.Join<Greatest>(shared, greatest);
        var sum = 0f;
        for (var e = run.First; e < run.End; e += run.Step)
        {
            sum += DeviceFunctions.Exp(a.Input.Get(firstEdge + e, run.Head) - greatest);
        }

        var inverse = 1f / TSharing.Join<Summation>(shared, sum);
        for (var e = run.First; e < run.End; e += run.Step)
        {
            a.Output.Set(firstEdge + e, run.Head, inverse * DeviceFunctions.Exp(a.Input.Get(firstEdge + e, run.Head) - greatest));
        }
    }
}

/// <summary>Output (+)= Other (Input - sum of Other Input): Other is a softmax, Input the gradient of it. Output may be Input.</summary>
internal readonly struct EdgeSoftmaxGradient : IEdgeRowOperation
{
    static void IEdgeRowOperation.Run<TSharing>(EdgeRowArguments a, EdgeRun run, ArrayView<float> shared)
    {
        var firstEdge = run.Patient * a.Rows.EdgeCount;
        var sum = 0f;
        for (var e = run.First; e < run.End; e += run.Step)
        {
            sum += a.Other.Get(firstEdge + e, run.Head) * a.Input.Get(firstEdge + e, run.Head);
        }

        sum = TSharing.Join<Summation>(shared, sum);
        for (var e = run.First; e < run.End; e += run.Step)
        {
            var gradient = a.Other.Get(firstEdge + e, run.Head) * (a.Input.Get(firstEdge + e, run.Head) - sum);
            a.Output.Put(firstEdge + e, run.Head, gradient, a.Accumulate);
        }
    }
}

/// <summary>RowOutput = log of the sum of the exponentials of the attention scores of the row; minus infinity without edges.</summary>
internal readonly struct AttentionNormalizer : IEdgeRowOperation
{
    static void IEdgeRowOperation.Run<TSharing>(EdgeRowArguments a, EdgeRun run, ArrayView<float> shared)
    {
        var greatest = float.NegativeInfinity;
        for (var e = run.First; e < run.End; e += run.Step)
        {
            greatest = Greatest.Combine(greatest, Score(a, run, e));
        }

        greatest = TSharing.Join<Greatest>(shared, greatest);
        var sum = 0f;
        for (var e = run.First; e < run.End; e += run.Step)
        {
            sum += DeviceFunctions.Exp(Score(a, run, e) - greatest);
        }

        sum = TSharing.Join<Summation>(shared, sum);
        if (run.First - a.Rows.Offsets[run.Row] == 0)
        {
            var total = greatest == float.NegativeInfinity ? greatest : greatest + DeviceFunctions.Log(sum);
            a.RowOutput.Set((run.Patient * a.Rows.TargetCount) + run.Row, run.Head, total);
        }
    }

    private static float Score(EdgeRowArguments a, EdgeRun run, int edge) =>
        DeviceFunctions.Leaky(AttentionScore.Raw(a, run, edge), a.Edges.NegativeSlope);
}

/// <summary>Input holds the inner products of output gradients and values; Output becomes the gradient of each score, RowOutput (+)= their sum.</summary>
internal readonly struct AttentionScoreGradient : IEdgeRowOperation
{
    static void IEdgeRowOperation.Run<TSharing>(EdgeRowArguments a, EdgeRun run, ArrayView<float> shared)
    {
        var firstEdge = run.Patient * a.Rows.EdgeCount;
        var row = (run.Patient * a.Rows.TargetCount) + run.Row;
        var normalizer = a.Edges.LogNormalizer.Get(row, run.Head);
        var mean = 0f;
        for (var e = run.First; e < run.End; e += run.Step)
        {
            var score = DeviceFunctions.Leaky(AttentionScore.Raw(a, run, e), a.Edges.NegativeSlope);
            mean += DeviceFunctions.Exp(score - normalizer) * a.Input.Get(firstEdge + e, run.Head);
        }

        mean = TSharing.Join<Summation>(shared, mean);
        var sum = 0f;
        for (var e = run.First; e < run.End; e += run.Step)
        {
            var raw = AttentionScore.Raw(a, run, e);
            var weight = DeviceFunctions.Exp(DeviceFunctions.Leaky(raw, a.Edges.NegativeSlope) - normalizer);
            var gradient = weight * (a.Input.Get(firstEdge + e, run.Head) - mean) * (raw > 0f ? 1f : a.Edges.NegativeSlope);
            a.Output.Set(firstEdge + e, run.Head, gradient);
            sum += gradient;
        }

        sum = TSharing.Join<Summation>(shared, sum);
        if (run.First - a.Rows.Offsets[run.Row] == 0)
        {
            a.RowOutput.Put(row, run.Head, sum, a.Accumulate);
        }
    }
}

/// <summary>The score of an edge of graph attention before the rectifier.</summary>
internal static class AttentionScore
{
    public static float Raw(EdgeRowArguments a, EdgeRun run, int edge)
    {
        var row = (run.Patient * a.Rows.TargetCount) + run.Row;
        var column = (run.Patient * a.Rows.SourceCount) + a.Rows.Sources[edge];
        var score = a.Edges.RowScores.Get(row, run.Head) + a.Edges.ColumnScores.Get(column, run.Head);
        return a.Edges.HasEdgeScores != 0 ? score + a.Edges.EdgeScores.Get(edge, run.Head) : score;
    }
}
