using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>What edges add to the sum of their two ends, as a type, so that loops over edges are compiled for it and cost nothing without.</summary>
internal interface IEdgeTerms
{
    /// <summary>The sum with what an edge adds.</summary>
    /// <param name="sum">Up to 16 features of both ends.</param>
    /// <param name="place">Place of the edge among the edges of the direction.</param>
    /// <param name="feature">First of the features, over all heads.</param>
    /// <param name="count">Features from there to the end of the head; lanes behind it stay as they are.</param>
    Vector512<float> AddTo(Vector512<float> sum, int place, int feature, int count);
}

/// <summary>Edges add nothing.</summary>
internal readonly struct NoEdgeTerms : IEdgeTerms
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> AddTo(Vector512<float> sum, int place, int feature, int count) => sum;
}

/// <summary>Each edge adds a row, [edges, heads * features] in the order of the host's edges.</summary>
internal readonly unsafe struct EdgeSideTerms(Rows rows, int* numbers) : IEdgeTerms
{
    // Numbers of edges have room for a whole register behind the last.
    private const int Ahead = 12;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> AddTo(Vector512<float> sum, int place, int feature, int count)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(rows[numbers[place + Ahead]] + feature);
        }

        return sum + Lanes.Load(rows[numbers[place]] + feature, count);
    }
}
