using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>Gradient of graph attention of one patient and head, in one pass over the edges by the node they come from.</summary>
/// <remarks>
/// Softmax weights are computed again from the stored normaliser. The mean over a node's edges of weight times gradient of the weight equals the inner
/// product of its output and the output's gradient, so that no pass over the edges by receiver is needed. Source: [Dao2022] appendix B.2.
/// A receiver's own gradient is added up as the pass goes by: one worker does all edges of a patient and head, in a fixed order.
/// </remarks>
internal unsafe struct GraphAttentionBackwardWork : IParallelWork
{
    /// <summary>What is kept of each receiver: score, normaliser, mean, gradient of the score.</summary>
    private const int Kept = 4;

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
    public Rows OutputGradient;
    public Rows RowScoresGradient;
    public Rows ColumnScoresGradient;
    public Rows ValuesGradient;
    public Rows EdgeGradient;
    public bool KeepsEdgeGradient;
    public bool AccumulateRowScores;
    public bool AccumulateColumnScores;
    public bool AccumulateValues;
    public int EdgeCount;
    public ScratchParts Scratch;

    /// <summary>Numbers of scratch for each worker.</summary>
    public static long ScratchLength(SimdEdges edges, int headWidth) =>
        ((long)edges.NeighbourCount * (GraphAttentionWork.Padded(headWidth) + Kept)) + (2 * GraphAttentionWork.Padded(headWidth)) + Lanes.Count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Execute(int item, int worker)
    {
        var (patient, head) = (item / HeadCount, item % HeadCount);
        var width = Values.Columns / HeadCount;
        var padded = GraphAttentionWork.Padded(width);
        var panel = Scratch[worker];
        var kept = panel + ((long)Edges.NeighbourCount * padded);
        var value = kept + ((long)Edges.NeighbourCount * Kept);
        var firstRow = (long)patient * Edges.NeighbourCount;
        NeighborSum.Pack(OutputGradient[firstRow] + (head * width), OutputGradient.Stride, Edges.NeighbourCount, width, padded, panel);
        KeepRows(firstRow, head, width, panel, padded, kept);
        for (var node = 0; node < Edges.NodeCount; node++)
        {
            var column = ((long)patient * Edges.NodeCount) + node;
            NeighborSum.Pack(Values[column] + (head * width), 0, 1, width, padded, value);
            new Span<float>(value + padded, padded).Clear();
            var score = ColumnScores[column][head];
            var sum = Vector512<float>.Zero;
            for (var at = Edges.Offsets[node]; at < Edges.Offsets[node + 1]; at += Lanes.Count)
            {
                var count = Math.Min(Lanes.Count, Edges.Offsets[node + 1] - at);
                sum += Edge16(at, count, patient, head, score, panel, padded, kept, value);
            }

            Put(ColumnScoresGradient[column] + head, Lanes.Sum(sum), AccumulateColumnScores);
            var dValues = ValuesGradient[column] + (head * width);
            for (var c = 0; c < width; c += Lanes.Count)
            {
                var gradient = Vector512.Load(value + padded + c);
                Lanes.Store(AccumulateValues ? Lanes.Load(dValues + c, width - c) + gradient : gradient, dValues + c, width - c);
            }
        }

        for (var i = 0; i < Edges.NeighbourCount; i++)
        {
            Put(RowScoresGradient[firstRow + i] + head, kept[(Kept * i) + 3], AccumulateRowScores);
        }
    }

    private static void Put(float* to, float number, bool accumulate) => *to = accumulate ? *to + number : number;

    private readonly void KeepRows(long firstRow, int head, int width, float* panel, int padded, float* kept)
    {
        for (var i = 0; i < Edges.NeighbourCount; i++)
        {
            var output = Output[firstRow + i] + (head * width);
            var product = Vector512<float>.Zero;
            for (var c = 0; c < width; c += Lanes.Count)
            {
                product = Vector512.FusedMultiplyAdd(Vector512.Load(panel + ((long)i * padded) + c), Lanes.Load(output + c, width - c), product);
            }

            var k = kept + (Kept * i);
            (k[0], k[1], k[2], k[3]) = (RowScores[firstRow + i][head], LogNormalizer[firstRow + i][head], Lanes.Sum(product), 0f);
        }
    }

    /// <summary>Up to sixteen edges that leave one node; the result is the gradient of each score.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly Vector512<float> Edge16(int at, int count, int patient, int head, float score, float* panel, int padded, float* kept, float* value)
    {
        var neighbours = Edges.Neighbours + at;
        float* raws = stackalloc float[5 * Lanes.Count];
        var normalizers = raws + Lanes.Count;
        var means = raws + (2 * Lanes.Count);
        var products = raws + (3 * Lanes.Count);
        var results = raws + (4 * Lanes.Count);
        Vector512.Create(float.PositiveInfinity).Store(normalizers);
        for (var k = 0; k < count; k++)
        {
            var row = kept + (Kept * neighbours[k]);
            (raws[k], normalizers[k], means[k]) = (row[0], row[1], row[2]);
            var gradient = panel + ((long)neighbours[k] * padded);
            var product = Vector512<float>.Zero;
            for (var c = 0; c < padded; c += Lanes.Count)
            {
                product = Vector512.FusedMultiplyAdd(Vector512.Load(gradient + c), Vector512.Load(value + c), product);
            }

            products[k] = Lanes.Sum(product);
        }

        if (HasEdgeScores)
        {
            for (var k = 0; k < count; k++)
            {
                raws[k] += EdgeScores[Edges.Numbers[at + k]][head];
            }
        }

        var raw = Vector512.Load(raws) + Vector512.Create(score);
        var slope = Vector512.ConditionalSelect(Vector512.GreaterThan(raw, Vector512<float>.Zero), Vector512<float>.One, Vector512.Create(NegativeSlope));
        var weight = Lanes.Exp((raw * slope) - Vector512.Load(normalizers));
        var result = weight * (Vector512.Load(products) - Vector512.Load(means)) * slope;
        result.Store(results);
        weight.Store(raws);
        for (var k = 0; k < count; k++)
        {
            kept[(Kept * neighbours[k]) + 3] += results[k];
        }

        if (KeepsEdgeGradient)
        {
            for (var k = 0; k < count; k++)
            {
                EdgeGradient[((long)patient * EdgeCount) + Edges.Numbers[at + k]][head] = results[k];
            }
        }

        for (var c = 0; c < padded; c += Lanes.Count)
        {
            var sum = Vector512.Load(value + padded + c);
            for (var k = 0; k < count; k++)
            {
                sum = Vector512.FusedMultiplyAdd(Vector512.Create(raws[k]), Vector512.Load(panel + ((long)neighbours[k] * padded) + c), sum);
            }

            sum.Store(value + padded + c);
        }

        return result;
    }
}

/// <summary>Adds the gradients of the edge scores of all patients, in their order, to what is shared by them.</summary>
internal unsafe struct EdgeGradientSumWork : IParallelWork
{
    public Rows EdgeGradient;
    public Rows Output;
    public int PatientCount;
    public int EdgesOfItem;

    public readonly void Execute(int item, int worker)
    {
        var end = Math.Min(Output.Count, (item + 1) * EdgesOfItem);
        for (var e = item * EdgesOfItem; e < end; e++)
        {
            for (var h = 0; h < Output.Columns; h++)
            {
                var sum = 0f;
                for (var p = 0; p < PatientCount; p++)
                {
                    sum += EdgeGradient[((long)p * Output.Count) + e][h];
                }

                Output[e][h] += sum;
            }
        }
    }
}
