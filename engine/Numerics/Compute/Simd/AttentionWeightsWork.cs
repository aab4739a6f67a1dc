using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DigitalTwin.Numerics.Compute.Functions;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>Softmax weights of graph attention for some nodes of one patient, all heads at once: the scores of an edge lie side by side in a register.</summary>
internal unsafe struct AttentionWeightsWork : IParallelWork
{
    private const int NodesOfItem = 256;

    public SimdEdges Edges;
    public int EdgeCount;
    public long FirstRow;

    /// <summary>First of the heads, at most 16, and how many lanes they take: a power of 2.</summary>
    public int FirstHead;
    public int HeadCount;
    public int HeadLanes;
    public Rows RowScores;

    /// <summary>Scores of the patient's senders, shape [nodes, head lanes].</summary>
    public float* ColumnScores;
    public Rows EdgeScores;
    public bool HasEdgeScores;
    public Rows LogNormalizer;
    public float NegativeSlope;

    /// <summary>Weights, shape [heads, edges].</summary>
    public float* Weights;
    public ScratchParts Scratch;

    public readonly int ItemCount => (Edges.NodeCount + NodesOfItem - 1) / NodesOfItem;

    /// <summary>Numbers of scratch for each worker.</summary>
    public static long ScratchLength(int largestDegree) => (largestDegree + 2L) * Lanes.Count;

    /// <summary>Smallest power of 2 that is not below the count of heads.</summary>
    public static int LanesOf(int heads) => (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)heads);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Execute(int item, int worker)
    {
        var scores = Scratch[worker];
        var end = Math.Min(Edges.NodeCount, (item + 1) * NodesOfItem);
        for (var node = item * NodesOfItem; node < end; node++)
        {
            var first = Edges.Offsets[node];
            var count = Edges.Offsets[node + 1] - first;
            Gather(first, count, scores);
            var ofRow = RowScores[FirstRow + node] + FirstHead;
            var normalizer = LogNormalizer[FirstRow + node] + FirstHead;
            var total = Normalise(ofRow, count, scores, out var factor);
            for (var h = 0; h < HeadCount; h++)
            {
                normalizer[h] = total[h];
                var (to, scale) = ((FirstHead + h) * (long)EdgeCount, factor[h]);
                for (var k = 0; k < count; k++)
                {
                    Weights[to + first + k] = scores[(k * HeadLanes) + h] * scale;
                }
            }
        }
    }

    /// <summary>Column and edge scores of each edge of a node, minus infinity behind the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Gather(int first, int count, float* scores)
    {
        var neighbours = Edges.Neighbours + first;
        if (HeadLanes == Vector128<float>.Count)
        {
            for (var k = 0; k < count; k++)
            {
                Vector128.Load(ColumnScores + (neighbours[k] * 4L)).Store(scores + (k * 4));
            }
        }
        else
        {
            for (var k = 0; k < count; k++)
            {
                for (var h = 0; h < HeadLanes; h++)
                {
                    scores[(k * HeadLanes) + h] = ColumnScores[((long)neighbours[k] * HeadLanes) + h];
                }
            }
        }

        for (var k = 0; HasEdgeScores && k < count; k++)
        {
            var ofEdge = EdgeScores[Edges.Numbers[first + k]] + FirstHead;
            for (var h = 0; h < HeadCount; h++)
            {
                scores[(k * HeadLanes) + h] += ofEdge[h];
            }
        }

        Vector512.Create(float.NegativeInfinity).Store(scores + (count * HeadLanes));
    }

    /// <summary>Turns scores into exp(score - greatest); gives log sum exp and 1 / sum for each head's lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly Vector512<float> Normalise(float* ofRow, int count, float* scores, out Vector512<float> factor)
    {
        var shift = Repeat(Lanes.Load(ofRow, HeadCount), HeadLanes);
        var slope = Vector512.Create(NegativeSlope);
        var greatest = Vector512.Create(float.NegativeInfinity);
        var length = count * HeadLanes;
        for (var k = 0; k < length; k += Lanes.Count)
        {
            var raw = Vector512.Load(scores + k) + shift;
            var score = Vector512.ConditionalSelect(Vector512.GreaterThan(raw, Vector512<float>.Zero), raw, raw * slope);
            score.Store(scores + k);
            greatest = Vector512.Max(greatest, score);
        }

        for (var step = HeadLanes; step < Lanes.Count; step *= 2)
        {
            greatest = Vector512.Max(greatest, Turn(greatest, step));
        }

        var sum = Vector512<float>.Zero;
        for (var k = 0; k < length; k += Lanes.Count)
        {
            var power = Lanes.Exp(Vector512.Load(scores + k) - greatest);
            power.Store(scores + k);
            sum += power;
        }

        for (var step = HeadLanes; step < Lanes.Count; step *= 2)
        {
            sum += Turn(sum, step);
        }

        factor = Vector512<float>.One / sum;
        return greatest + ElementaryFunctions.Log(new VectorLanes(sum)).Value;
    }

    /// <summary>The first lanes again and again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Repeat(Vector512<float> numbers, int period) => Vector512.Shuffle(numbers, Vector512<int>.Indices & Vector512.Create(period - 1));

    /// <summary>Each lane gets the number of the lane whose place differs in one bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Turn(Vector512<float> numbers, int bit) => Vector512.Shuffle(numbers, Vector512<int>.Indices ^ Vector512.Create(bit));
}

/// <summary>Sums of one patient weighted by attention, a panel of up to 16 features of one head for some nodes.</summary>
internal unsafe struct AttentionSumWork : IParallelWork
{
    public SimdEdges Edges;
    public MultiplyPlan Plan;
    public Rows Values;
    public Rows Output;
    public long FirstRow;
    public long FirstColumn;
    public float* Weights;
    public int EdgeCount;
    public ScratchParts Scratch;

    public readonly void Execute(int item, int worker)
    {
        var (_, head, column, width, firstNode, endNode) = Plan[item];
        var panel = Values[FirstColumn] + column;
        long panelStride = Values.Stride;
        if (Values.Stride > Lanes.Count)
        {
            panel = Scratch[worker];
            panelStride = Lanes.Count;
            NeighborSum.Pack(Values[FirstColumn] + column, Values.Stride, Edges.NeighbourCount, width, Lanes.Count, panel);
        }

        NeighborSum.Run<GraphWeights, Identity>(
            Edges,
            new GraphWeights(Weights + ((long)head * EdgeCount)),
            panel,
            panelStride,
            Output[FirstRow] + column,
            Output.Stride,
            width,
            Vector512<float>.Zero,
            StoreMode.Write,
            firstNode,
            endNode);
    }
}
