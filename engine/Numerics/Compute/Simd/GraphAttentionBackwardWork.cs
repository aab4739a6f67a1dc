using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>Gradient of graph attention of one patient and head: a pass over the edges for weights and gradients of scores, then a weighted sum.</summary>
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
    public static long ScratchLength(SimdEdges edges, int edgeCount, int headWidth) =>
        ((long)edges.NeighbourCount * (Lanes.Padded(headWidth) + Kept))
        + ((long)edges.NodeCount * (Lanes.Padded(headWidth) + 1))
        + (2L * (edgeCount + Lanes.Count));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Execute(int item, int worker)
    {
        var (patient, head) = (item / HeadCount, item % HeadCount);
        var width = Values.Columns / HeadCount;
        var padded = Lanes.Padded(width);
        var panel = Scratch[worker];
        var weights = panel + ((long)Edges.NeighbourCount * padded);
        var gradients = weights + EdgeCount + Lanes.Count;
        var values = gradients + EdgeCount + Lanes.Count;
        var scores = values + ((long)Edges.NodeCount * padded);
        var kept = scores + Edges.NodeCount;
        var firstRow = (long)patient * Edges.NeighbourCount;
        var firstColumn = (long)patient * Edges.NodeCount;
        NeighborSum.Pack(OutputGradient[firstRow] + (head * width), OutputGradient.Stride, Edges.NeighbourCount, width, padded, panel);
        NeighborSum.Pack(Values[firstColumn] + (head * width), Values.Stride, Edges.NodeCount, width, padded, values);
        KeepRows(firstRow, head, width, panel, padded, kept);
        for (var j = 0; j < Edges.NodeCount; j++)
        {
            scores[j] = ColumnScores[firstColumn + j][head];
        }

        for (var at = 0; at < EdgeCount; at += Lanes.Count)
        {
            Edge16(at, Math.Min(Lanes.Count, EdgeCount - at), head, panel, values, padded, kept, scores, weights, gradients);
        }

        for (var c = 0; c < width; c += Lanes.Count)
        {
            NeighborSum.Run<GraphWeights, Functions.Identity>(
                Edges,
                new GraphWeights(weights),
                panel + c,
                padded,
                ValuesGradient[firstColumn] + (head * width) + c,
                ValuesGradient.Stride,
                Math.Min(Lanes.Count, width - c),
                Vector512<float>.Zero,
                AccumulateValues ? StoreMode.Add : StoreMode.Write,
                0,
                Edges.NodeCount);
        }

        WriteScores(patient, head, gradients, kept);
    }

    /// <summary>Gradients of the scores of senders, receivers and, where wanted, edges.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void WriteScores(int patient, int head, float* gradients, float* kept)
    {
        var firstColumn = (long)patient * Edges.NodeCount;
        for (var node = 0; node < Edges.NodeCount; node++)
        {
            var sum = Vector512<float>.Zero;
            var end = Edges.Offsets[node + 1];
            for (var at = Edges.Offsets[node]; at < end; at += Lanes.Count)
            {
                sum += Lanes.Load(gradients + at, end - at);
            }

            Put(ColumnScoresGradient[firstColumn + node] + head, Lanes.Sum(sum), AccumulateColumnScores);
        }

        var firstRow = (long)patient * Edges.NeighbourCount;
        for (var i = 0; i < Edges.NeighbourCount; i++)
        {
            Put(RowScoresGradient[firstRow + i] + head, kept[(Kept * i) + 3], AccumulateRowScores);
        }

        for (var at = 0; KeepsEdgeGradient && at < EdgeCount; at++)
        {
            EdgeGradient[((long)patient * EdgeCount) + Edges.Numbers[at]][head] = gradients[at];
        }
    }

    private static void Put(float* to, float number, bool accumulate) => *to = accumulate ? *to + number : number;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    /// <summary>Weights of up to sixteen edges, and gradients of their scores. Edges go by in blocks of one size whatever node they leave: loops whose
    /// length the processor can foresee.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Edge16(int at, int count, int head, float* panel, float* values, int padded, float* kept, float* scores, float* weights, float* gradients)
    {
        var neighbours = Edges.Neighbours + at;
        var owners = Edges.Owners + at;
        float* raws = stackalloc float[4 * Lanes.Count];
        var normalizers = raws + Lanes.Count;
        var means = raws + (2 * Lanes.Count);
        var products = raws + (3 * Lanes.Count);
        for (var k = 0; k < Lanes.Count; k += 4)
        {
            Product(panel + ((long)neighbours[k] * padded), values + ((long)owners[k] * padded), padded, out var p0);
            Product(panel + ((long)neighbours[k + 1] * padded), values + ((long)owners[k + 1] * padded), padded, out var p1);
            Product(panel + ((long)neighbours[k + 2] * padded), values + ((long)owners[k + 2] * padded), padded, out var p2);
            Product(panel + ((long)neighbours[k + 3] * padded), values + ((long)owners[k + 3] * padded), padded, out var p3);
            Lanes.Sums(p0, p1, p2, p3).Store(products + k);
            Keep(kept + (Kept * (long)neighbours[k]), scores[owners[k]], raws + k);
            Keep(kept + (Kept * (long)neighbours[k + 1]), scores[owners[k + 1]], raws + k + 1);
            Keep(kept + (Kept * (long)neighbours[k + 2]), scores[owners[k + 2]], raws + k + 2);
            Keep(kept + (Kept * (long)neighbours[k + 3]), scores[owners[k + 3]], raws + k + 3);
        }

        if (HasEdgeScores)
        {
            for (var k = 0; k < count; k++)
            {
                raws[k] += EdgeScores[Edges.Numbers[at + k]][head];
            }
        }

        var raw = Vector512.Load(raws);
        var slope = Vector512.ConditionalSelect(Vector512.GreaterThan(raw, Vector512<float>.Zero), Vector512<float>.One, Vector512.Create(NegativeSlope));
        var weight = Lanes.Exp((raw * slope) - Vector512.Load(normalizers));
        weight.Store(weights + at);
        (weight * (Vector512.Load(products) - Vector512.Load(means)) * slope).Store(gradients + at);
        for (var k = 0; k < count; k++)
        {
            kept[(Kept * (long)neighbours[k]) + 3] += gradients[at + k];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Product(float* gradient, float* value, int padded, out Vector512<float> product)
    {
        product = Vector512.Load(gradient) * Vector512.Load(value);
        for (var c = Lanes.Count; c < padded; c += Lanes.Count)
        {
            product = Vector512.FusedMultiplyAdd(Vector512.Load(gradient + c), Vector512.Load(value + c), product);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep(float* row, float score, float* raw)
    {
        raw[0] = row[0] + score;
        raw[Lanes.Count] = row[1];
        raw[2 * Lanes.Count] = row[2];
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
