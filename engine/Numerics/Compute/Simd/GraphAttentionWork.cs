using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DigitalTwin.Numerics.Compute.Functions;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>Graph attention of one patient and head: scores, softmax and weighted sum of a node while its neighbours' features stay in the second cache.</summary>
internal unsafe struct GraphAttentionWork : IParallelWork
{
    public SimdEdges Edges;
    public int HeadCount;
    public Rows RowScores;
    public Rows ColumnScores;
    public Rows EdgeScores;
    public bool HasEdgeScores;
    public Rows Values;
    public Rows Output;
    public Rows LogNormalizer;
    public float NegativeSlope;
    public int LargestDegree;
    public ScratchParts Scratch;

    /// <summary>Numbers of scratch for each worker.</summary>
    public static long ScratchLength(SimdEdges edges, int largestDegree, int headWidth) =>
        ((long)edges.NeighbourCount * (Padded(headWidth) + 1)) + (2L * (edges.NodeCount + Lanes.Count)) + largestDegree + (4 * Lanes.Count);

    public static int Padded(int width) => (width + Lanes.Count - 1) / Lanes.Count * Lanes.Count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Execute(int item, int worker)
    {
        var (patient, head) = (item / HeadCount, item % HeadCount);
        var width = Values.Columns / HeadCount;
        var padded = Padded(width);
        var panel = Scratch[worker];
        var columnScores = panel + ((long)Edges.NeighbourCount * padded);
        var scores = columnScores + Edges.NeighbourCount;
        var firstColumn = (long)patient * Edges.NeighbourCount;
        NeighborSum.Pack(Values[firstColumn] + (head * width), Values.Stride, Edges.NeighbourCount, width, padded, panel);
        for (var j = 0; j < Edges.NeighbourCount; j++)
        {
            columnScores[j] = ColumnScores[firstColumn + j][head];
        }

        var maxima = scores + LargestDegree + (4 * Lanes.Count);
        var sums = maxima + Edges.NodeCount + Lanes.Count;
        for (var node = 0; node < Edges.NodeCount; node++)
        {
            var row = ((long)patient * Edges.NodeCount) + node;
            var first = Edges.Offsets[node];
            var count = Edges.Offsets[node + 1] - first;
            maxima[node] = Score(first, count, head, RowScores[row][head], columnScores, scores);
            sums[node] = Powers(scores, count, maxima[node]);
            var factor = Vector512.Create(count == 0 ? 0f : 1 / sums[node]);
            var output = Output[row] + (head * width);
            for (var c = 0; c < width; c += Lanes.Count)
            {
                Lanes.Store(Sum(first, count, scores, panel + c, padded) * factor, output + c, width - c);
            }
        }

        WriteNormalizers((long)patient * Edges.NodeCount, head, maxima, sums);
    }

    /// <summary>leaky(row score + column score + edge score) of each edge of a node, and the greatest of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly float Score(int first, int count, int head, float rowScore, float* columnScores, float* scores)
    {
        var neighbours = Edges.Neighbours + first;
        for (var k = 0; k < count; k++)
        {
            scores[k] = columnScores[neighbours[k]];
        }

        if (HasEdgeScores)
        {
            for (var k = 0; k < count; k++)
            {
                scores[k] += EdgeScores[Edges.Numbers[first + k]][head];
            }
        }

        // Minus infinity behind the last edge: a weight of 0.
        Vector512.Create(float.NegativeInfinity).Store(scores + count);
        var (shift, slope) = (Vector512.Create(rowScore), Vector512.Create(NegativeSlope));
        var greatest = Vector512.Create(float.NegativeInfinity);
        for (var k = 0; k < count; k += Lanes.Count)
        {
            var raw = Vector512.Load(scores + k) + shift;
            var score = Vector512.ConditionalSelect(Vector512.GreaterThan(raw, Vector512<float>.Zero), raw, raw * slope);
            score.Store(scores + k);
            greatest = Vector512.Max(greatest, score);
        }

        return Lanes.Maximum(greatest);
    }

    /// <summary>Turns scores into exp(score - greatest); the result is their sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Powers(float* scores, int count, float greatest)
    {
        var shift = Vector512.Create(greatest);
        var sum = Vector512<float>.Zero;
        for (var k = 0; k < count; k += Lanes.Count)
        {
            var power = Lanes.Exp(Vector512.Load(scores + k) - shift);
            power.Store(scores + k);
            sum += power;
        }

        return Lanes.Sum(sum);
    }

    /// <summary>greatest + log(sum) of all nodes, sixteen at a time; minus infinity for a node without edges.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void WriteNormalizers(long firstRow, int head, float* maxima, float* sums)
    {
        for (var node = 0; node < Edges.NodeCount; node += Lanes.Count)
        {
            var total = Vector512.Load(maxima + node) + ElementaryFunctions.Log(new VectorLanes(Vector512.Load(sums + node))).Value;
            total.Store(maxima + node);
        }

        for (var node = 0; node < Edges.NodeCount; node++)
        {
            LogNormalizer[firstRow + node][head] = maxima[node];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly Vector512<float> Sum(int first, int count, float* weights, float* panel, int stride)
    {
        var neighbours = Edges.Neighbours + first;
        var (even, odd) = (Vector512<float>.Zero, Vector512<float>.Zero);
        var k = 0;
        for (; k + 1 < count; k += 2)
        {
            even = Vector512.FusedMultiplyAdd(Vector512.Create(weights[k]), Vector512.Load(panel + ((long)neighbours[k] * stride)), even);
            odd = Vector512.FusedMultiplyAdd(Vector512.Create(weights[k + 1]), Vector512.Load(panel + ((long)neighbours[k + 1] * stride)), odd);
        }

        return k < count ? Vector512.FusedMultiplyAdd(Vector512.Create(weights[k]), Vector512.Load(panel + ((long)neighbours[k] * stride)), even) + odd : even + odd;
    }
}
