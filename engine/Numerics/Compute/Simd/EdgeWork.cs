using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>Inner products of the two ends of every edge, for some nodes of one patient.</summary>
internal unsafe struct EdgeInnerProductWork : IParallelWork
{
    public SimdEdges Edges;
    public Rows RowSide;
    public Rows ColumnSide;
    public Rows Output;
    public NodeBlocks Blocks;
    public int EdgeCount;
    public bool Accumulate;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Execute(int item, int worker)
    {
        var (patient, firstNode, endNode) = Blocks[item];
        var heads = Output.Columns;
        var width = RowSide.Columns / heads;
        for (var node = firstNode; node < endNode; node++)
        {
            var a = RowSide[((long)patient * Edges.NodeCount) + node];
            for (var at = Edges.Offsets[node]; at < Edges.Offsets[node + 1]; at++)
            {
                var b = ColumnSide[((long)patient * Edges.NeighbourCount) + Edges.Neighbours[at]];
                var y = Output[((long)patient * EdgeCount) + at];
                for (var h = 0; h < heads; h++)
                {
                    var sum = Vector512<float>.Zero;
                    for (var c = 0; c < width; c += Lanes.Count)
                    {
                        var from = (h * width) + c;
                        sum = Vector512.FusedMultiplyAdd(Lanes.Load(a + from, width - c), Lanes.Load(b + from, width - c), sum);
                    }

                    y[h] = Accumulate ? y[h] + Lanes.Sum(sum) : Lanes.Sum(sum);
                }
            }
        }
    }
}

/// <summary>Softmax over the edges of each of some nodes of one patient, or its gradient where gradients are set.</summary>
internal unsafe struct EdgeSoftmaxWork : IParallelWork
{
    public SimdEdges Edges;
    public Rows Input;
    public Rows Output;
    public Rows OutputGradient;
    public bool IsGradient;
    public bool Accumulate;
    public NodeBlocks Blocks;
    public int EdgeCount;
    public ScratchParts Scratch;

    public readonly void Execute(int item, int worker)
    {
        var (patient, firstNode, endNode) = Blocks[item];
        for (var node = firstNode; node < endNode; node++)
        {
            var count = Edges.Offsets[node + 1] - Edges.Offsets[node];
            if (count == 0)
            {
                continue;
            }

            var first = ((long)patient * EdgeCount) + Edges.Offsets[node];
            for (var h = 0; h < Output.Columns; h++)
            {
                if (IsGradient)
                {
                    Gradient(first, count, h);
                }
                else
                {
                    Softmax(first, count, h, Scratch[worker]);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Softmax(long first, int count, int head, float* scores)
    {
        for (var k = 0; k < count; k++)
        {
            scores[k] = Input[first + k][head];
        }

        Vector512.Create(float.NegativeInfinity).Store(scores + count);
        SoftmaxWork.Normalise(scores, count);
        for (var k = 0; k < count; k++)
        {
            Output[first + k][head] = scores[k];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Gradient(long first, int count, int head)
    {
        var sum = 0f;
        for (var k = 0; k < count; k++)
        {
            sum += Output[first + k][head] * OutputGradient[first + k][head];
        }

        for (var k = 0; k < count; k++)
        {
            var value = Output[first + k][head] * (OutputGradient[first + k][head] - sum);
            var dx = Input[first + k] + head;
            *dx = Accumulate ? *dx + value : value;
        }
    }
}

/// <summary>Numbers of nodes to their edges, or sums of edges to their nodes, for some nodes of one patient.</summary>
internal unsafe struct NodeEdgeWork : IParallelWork
{
    public SimdEdges Edges;
    public Rows Nodes;
    public Rows EdgeMatrix;
    public bool ToNodes;
    public bool Accumulate;
    public NodeBlocks Blocks;
    public int EdgeCount;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Execute(int item, int worker)
    {
        var (patient, firstNode, endNode) = Blocks[item];
        for (var node = firstNode; node < endNode; node++)
        {
            var n = Nodes[((long)patient * Edges.NodeCount) + node];
            for (var c = 0; c < Nodes.Columns; c += Lanes.Count)
            {
                var rest = Nodes.Columns - c;
                var sum = Vector512<float>.Zero;
                var value = ToNodes ? default : Lanes.Load(n + c, rest);
                for (var at = Edges.Offsets[node]; at < Edges.Offsets[node + 1]; at++)
                {
                    var e = EdgeMatrix[((long)patient * EdgeCount) + Edges.Numbers[at]] + c;
                    if (ToNodes)
                    {
                        sum += Lanes.Load(e, rest);
                    }
                    else
                    {
                        Lanes.Store(Accumulate ? Lanes.Load(e, rest) + value : value, e, rest);
                    }
                }

                if (ToNodes)
                {
                    Lanes.Store(Accumulate ? Lanes.Load(n + c, rest) + sum : sum, n + c, rest);
                }
            }
        }
    }
}

/// <summary>Patients cut into blocks of nodes.</summary>
internal readonly struct NodeBlocks(int patients, int nodeCount)
{
    private const int NodesOfBlock = 1024;

    private readonly int _blocksOfPatient = (nodeCount + NodesOfBlock - 1) / NodesOfBlock;

    public int ItemCount => checked(patients * _blocksOfPatient);

    public (int Patient, int FirstNode, int EndNode) this[int item]
    {
        get
        {
            var first = item % _blocksOfPatient * NodesOfBlock;
            return (item / _blocksOfPatient, first, Math.Min(first + NodesOfBlock, nodeCount));
        }
    }
}
