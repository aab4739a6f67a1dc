using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DigitalTwin.Numerics.Compute.Functions;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>Weighted sums over neighbours for a panel of up to 16 features of one patient: the inner loop of every sparse product.</summary>
/// <remarks>
/// A panel holds the 16 features of all nodes without gaps, 64 bytes a node, so that a graph of 10,000 genes stays in the second cache while its edges
/// read it in any order. Sums of a row stay in registers: two, for even and odd edges, joined at the end.
/// </remarks>
internal static unsafe class NeighborSum
{
    /// <summary>Copies some columns of a matrix to a panel with rows of <paramref name="paddedWidth"/> numbers, zeros behind the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack(float* from, long stride, int rows, int width, int paddedWidth, float* panel)
    {
        for (var row = 0; row < rows; row++)
        {
            for (var c = 0; c < paddedWidth; c += Lanes.Count)
            {
                Lanes.Load(from + c, Math.Max(0, width - c)).Store(panel + c);
            }

            from += stride;
            panel += paddedWidth;
        }
    }

    /// <summary>output[i] (+)= f(bias + sum over edges e of node i of w_e panel[neighbour of e]) for some nodes.</summary>
    /// <param name="edges">Edges in the direction of the sum.</param>
    /// <param name="weights">Their weights.</param>
    /// <param name="panel">Features of the neighbours, 16 readable numbers from each row's start.</param>
    /// <param name="panelStride">From one neighbour to the next.</param>
    /// <param name="output">First feature of the first node.</param>
    /// <param name="outputStride">From one node to the next.</param>
    /// <param name="width">Features, 1 to 16.</param>
    /// <param name="bias">16 numbers.</param>
    /// <param name="accumulate">Whether to add to the output.</param>
    /// <param name="firstNode">First node.</param>
    /// <param name="endNode">Node after the last.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TWeights, TActivation>(
        SimdEdges edges, TWeights weights, float* panel, long panelStride, float* output, long outputStride, int width, Vector512<float> bias, bool accumulate, int firstNode, int endNode)
        where TWeights : struct, IEdgeWeights
        where TActivation : struct, ILaneFunction
    {
        var offsets = edges.Offsets;
        var neighbours = edges.Neighbours;
        var at = offsets[firstNode];
        for (var node = firstNode; node < endNode; node++)
        {
            var end = offsets[node + 1];
            var (even, odd) = (bias, Vector512<float>.Zero);
            for (; at + 1 < end; at += 2)
            {
                even = Vector512.FusedMultiplyAdd(Vector512.Create(weights[at]), Vector512.Load(panel + (neighbours[at] * panelStride)), even);
                odd = Vector512.FusedMultiplyAdd(Vector512.Create(weights[at + 1]), Vector512.Load(panel + (neighbours[at + 1] * panelStride)), odd);
            }

            if (at < end)
            {
                even = Vector512.FusedMultiplyAdd(Vector512.Create(weights[at]), Vector512.Load(panel + (neighbours[at] * panelStride)), even);
                at++;
            }

            var sum = TActivation.Value(new VectorLanes(even + odd)).Value;
            var to = output + (node * outputStride);
            Lanes.Store(accumulate ? Lanes.Load(to, width) + sum : sum, to, width);
        }
    }
}
