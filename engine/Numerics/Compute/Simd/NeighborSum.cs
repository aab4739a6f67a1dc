using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DigitalTwin.Numerics.Compute.Functions;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>Weighted sums over neighbours for a panel of up to 16 features of one patient: the inner loop of every sparse product.</summary>
/// <remarks>
/// A panel holds the 16 features of all nodes without gaps, 64 bytes a node, so that a graph of 10,000 genes stays in the second cache while its edges
/// read it in any order. Sums of a row stay in registers: four, each for every fourth edge, joined at the end.
/// </remarks>
internal static unsafe class NeighborSum
{
    /// <summary>Copies some columns of a matrix to a panel with rows of <paramref name="paddedWidth"/> numbers, zeros behind the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack(float* from, long stride, int rows, int width, int paddedWidth, float* panel)
    {
        if (width == Lanes.Count && paddedWidth == Lanes.Count)
        {
            for (var end = panel + ((long)rows * Lanes.Count); panel < end; panel += Lanes.Count)
            {
                Vector512.Load(from).Store(panel);
                from += stride;
            }

            return;
        }

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
    /// <param name="mode">How the output is written.</param>
    /// <param name="firstNode">First node.</param>
    /// <param name="endNode">Node after the last.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TWeights, TActivation>(
        SimdEdges edges, TWeights weights, float* panel, long panelStride, float* output, long outputStride, int width, Vector512<float> bias, StoreMode mode, int firstNode, int endNode)
        where TWeights : struct, IEdgeWeights
        where TActivation : struct, ILaneFunction
    {
        var offsets = edges.Offsets;
        var neighbours = edges.Neighbours;
        var at = offsets[firstNode];
        for (var node = firstNode; node < endNode; node++)
        {
            var end = offsets[node + 1];
            var (sum0, sum1, sum2, sum3) = (bias, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
            for (; at + 3 < end; at += 4)
            {
                sum0 = Vector512.FusedMultiplyAdd(Vector512.Create(weights[at]), Vector512.Load(panel + (neighbours[at] * panelStride)), sum0);
                sum1 = Vector512.FusedMultiplyAdd(Vector512.Create(weights[at + 1]), Vector512.Load(panel + (neighbours[at + 1] * panelStride)), sum1);
                sum2 = Vector512.FusedMultiplyAdd(Vector512.Create(weights[at + 2]), Vector512.Load(panel + (neighbours[at + 2] * panelStride)), sum2);
                sum3 = Vector512.FusedMultiplyAdd(Vector512.Create(weights[at + 3]), Vector512.Load(panel + (neighbours[at + 3] * panelStride)), sum3);
            }

            for (; at < end; at++)
            {
                sum0 = Vector512.FusedMultiplyAdd(Vector512.Create(weights[at]), Vector512.Load(panel + (neighbours[at] * panelStride)), sum0);
            }

            var sum = TActivation.Value(new VectorLanes((sum0 + sum2) + (sum1 + sum3))).Value;
            var to = output + (node * outputStride);
            if (mode == StoreMode.Stream)
            {
                sum.StoreAlignedNonTemporal(to);
            }
            else
            {
                Lanes.Store(mode == StoreMode.Add ? Lanes.Load(to, width) + sum : sum, to, width);
            }
        }
    }
}
