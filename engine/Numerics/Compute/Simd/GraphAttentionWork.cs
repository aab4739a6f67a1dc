using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
    public ScratchParts Scratch;

    /// <summary>Numbers of scratch for each worker.</summary>
    public static long ScratchLength(SimdEdges edges, int largestDegree, int headWidth) =>
        ((long)edges.NeighbourCount * (Padded(headWidth) + 1)) + largestDegree + (4 * Lanes.Count);

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

        for (var node = 0; node < Edges.NodeCount; node++)
        {
            var row = ((long)patient * Edges.NodeCount) + node;
            var (first, count) = (Edges.Offsets[node], Edges.Offsets[node + 1] - Edges.Offsets[node]);
            Score(first, count, head, RowScores[row][head], columnScores, scores);
            LogNormalizer[row][head] = SoftmaxWork.Normalise(scores, count);
            var output = Output[row] + (head * width);
            for (var c = 0; c < width; c += Lanes.Count)
            {
                Lanes.Store(Sum(first, count, scores, panel + c, padded), output + c, width - c);
            }
        }
    }

    /// <summary>leaky(row score + column score + edge score) of each edge of a node.</summary>
    private readonly void Score(int first, int count, int head, float rowScore, float* columnScores, float* scores)
    {
        for (var k = 0; k < count; k++)
        {
            scores[k] = columnScores[Edges.Neighbours[first + k]];
        }

        if (HasEdgeScores)
        {
            for (var k = 0; k < count; k++)
            {
                scores[k] += EdgeScores[Edges.Numbers[first + k]][head];
            }
        }

        var (shift, slope) = (Vector512.Create(rowScore), Vector512.Create(NegativeSlope));
        for (var k = 0; k < count; k += Lanes.Count)
        {
            var raw = Vector512.Load(scores + k) + shift;
            Vector512.ConditionalSelect(Vector512.GreaterThan(raw, Vector512<float>.Zero), raw, raw * slope).Store(scores + k);
        }
    }

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
