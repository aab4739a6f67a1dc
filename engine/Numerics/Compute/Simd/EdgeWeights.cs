using System.Runtime.CompilerServices;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>Where the weight of an edge is found, as a type, so that loops over edges are compiled for it.</summary>
internal interface IEdgeWeights
{
    /// <summary>Weight of an edge, by its place among the edges of the direction.</summary>
    float this[int place] { get; }
}

/// <summary>The weights of the graph itself.</summary>
internal readonly unsafe struct GraphWeights(float* weights) : IEdgeWeights
{
    public float this[int place]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => weights[place];
    }
}

/// <summary>Weights of one patient and head, in the order of the host's edges.</summary>
internal readonly unsafe struct HeadWeights(float* weights, int stride, int* numbers) : IEdgeWeights
{
    public float this[int place]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => weights[(long)numbers[place] * stride];
    }
}
