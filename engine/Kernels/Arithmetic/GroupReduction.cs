using ILGPU;

namespace DigitalTwin.Kernels.Arithmetic;

/// <summary>How two partial results become one.</summary>
internal interface ICombination
{
    /// <summary>What changes nothing.</summary>
    static abstract float Start { get; }

    static abstract float Combine(float left, float right);
}

internal readonly struct Summation : ICombination
{
    public static float Start => 0f;

    public static float Combine(float left, float right) => left + right;
}

internal readonly struct Greatest : ICombination
{
    public static float Start => float.NegativeInfinity;

    // NaN on either side stays, as it does in a sum.
    public static float Combine(float left, float right) => left > right ? left : (right >= left ? right : left + right);
}

/// <summary>Reductions among neighbouring threads of a group through shared memory. Every thread gets the result; the tree is fixed, so results repeat.</summary>
internal static class GroupReduction
{
    /// <summary>Threads of a group at most.</summary>
    public const int MaximumThreads = 256;

    /// <summary>Combines over runs of <paramref name="lanes"/> neighbouring threads, a power of two. All threads of the group must call it.</summary>
    public static float OverLanes<TCombination>(ArrayView<float> shared, float value, int lanes)
        where TCombination : struct, ICombination
    {
        var thread = Group.IdxX;
        for (var step = 1; step < lanes; step <<= 1)
        {
            shared[thread] = value;
            Group.Barrier();
            var other = shared[thread ^ step];
            value = (thread & step) == 0 ? TCombination.Combine(value, other) : TCombination.Combine(other, value);
            Group.Barrier();
        }

        return value;
    }

    /// <summary>Combines over threads whose numbers differ by multiples of <paramref name="stride"/>; stride and group size are powers of two.</summary>
    public static float OverStrides<TCombination>(ArrayView<float> shared, float value, int stride)
        where TCombination : struct, ICombination
    {
        var thread = Group.IdxX;
        for (var step = stride; step < Group.DimX; step <<= 1)
        {
            shared[thread] = value;
            Group.Barrier();
            var other = shared[thread ^ step];
            value = (thread & step) == 0 ? TCombination.Combine(value, other) : TCombination.Combine(other, value);
            Group.Barrier();
        }

        return value;
    }
}
