using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>Greatest number among the neighbours and which edge brought it, for some nodes of one patient.</summary>
internal unsafe struct NeighborMaximumWork : IParallelWork
{
    public SimdEdges Edges;
    public Rows Input;
    public Rows Output;
    public Rows EdgeOfMaximum;
    public NodeBlocks Blocks;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Execute(int item, int worker)
    {
        var (patient, firstNode, endNode) = Blocks[item];
        for (var node = firstNode; node < endNode; node++)
        {
            var row = ((long)patient * Edges.NodeCount) + node;
            for (var c = 0; c < Input.Columns; c += Lanes.Count)
            {
                var rest = Input.Columns - c;
                var (greatest, which) = (Vector512<float>.Zero, Vector512.Create(-1f));
                for (var at = Edges.Offsets[node]; at < Edges.Offsets[node + 1]; at++)
                {
                    var value = Lanes.Load(Input[((long)patient * Edges.NeighbourCount) + Edges.Neighbours[at]] + c, rest);
                    var isGreater = at == Edges.Offsets[node] ? Vector512<float>.AllBitsSet : Vector512.GreaterThan(value, greatest);
                    greatest = Vector512.ConditionalSelect(isGreater, value, greatest);
                    which = Vector512.ConditionalSelect(isGreater, Vector512.Create((float)at), which);
                }

                Lanes.Store(greatest, Output[row] + c, rest);
                Lanes.Store(which, EdgeOfMaximum[row] + c, rest);
            }
        }
    }
}

/// <summary>Each sender gets the gradients of those receivers whose maximum it was.</summary>
internal unsafe struct NeighborMaximumBackwardWork : IParallelWork
{
    public SimdEdges Edges;
    public Rows EdgeOfMaximum;
    public Rows OutputGradient;
    public Rows InputGradient;
    public NodeBlocks Blocks;
    public bool Accumulate;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Execute(int item, int worker)
    {
        var (patient, firstNode, endNode) = Blocks[item];
        for (var node = firstNode; node < endNode; node++)
        {
            var dx = InputGradient[((long)patient * Edges.NodeCount) + node];
            for (var c = 0; c < InputGradient.Columns; c += Lanes.Count)
            {
                var rest = InputGradient.Columns - c;
                var sum = Accumulate ? Lanes.Load(dx + c, rest) : Vector512<float>.Zero;
                for (var at = Edges.Offsets[node]; at < Edges.Offsets[node + 1]; at++)
                {
                    var row = ((long)patient * Edges.NeighbourCount) + Edges.Neighbours[at];
                    var isSource = Vector512.Equals(Lanes.Load(EdgeOfMaximum[row] + c, rest), Vector512.Create((float)Edges.Numbers[at]));
                    sum += Vector512.ConditionalSelect(isSource, Lanes.Load(OutputGradient[row] + c, rest), Vector512<float>.Zero);
                }

                Lanes.Store(sum, dx + c, rest);
            }
        }
    }
}
