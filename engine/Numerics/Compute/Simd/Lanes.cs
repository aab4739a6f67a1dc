using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DigitalTwin.Numerics.Compute.Functions;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>Loads, stores and sums of sixteen numbers, whole or in part.</summary>
internal static unsafe class Lanes
{
    public const int Count = 16;

    /// <summary>The first numbers of a run, with zeros behind its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* from, int count)
    {
        if (count >= Count)
        {
            return Vector512.Load(from);
        }

        Vector512<float> part = default;
        Unsafe.CopyBlockUnaligned(&part, from, (uint)count * sizeof(float));
        return part;
    }

    /// <summary>The first numbers of a run, with another number behind its end.</summary>
    public static Vector512<float> Load(float* from, int count, float padding)
    {
        if (count >= Count)
        {
            return Vector512.Load(from);
        }

        var part = Vector512.Create(padding);
        Unsafe.CopyBlockUnaligned(&part, from, (uint)count * sizeof(float));
        return part;
    }

    /// <summary>Writes what belongs to a run and nothing behind its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> numbers, float* to, int count)
    {
        if (count >= Count)
        {
            numbers.Store(to);
            return;
        }

        Unsafe.CopyBlockUnaligned(to, &numbers, (uint)count * sizeof(float));
    }

    /// <summary>Sum in a fixed tree: halves, quarters, pairs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector512<float> numbers)
    {
        var eight = numbers.GetLower() + numbers.GetUpper();
        var four = eight.GetLower() + eight.GetUpper();
        var two = four + Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1));
        return (two + Vector128.Shuffle(two, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    public static float Maximum(Vector512<float> numbers)
    {
        var greatest = numbers[0];
        for (var lane = 1; lane < Count; lane++)
        {
            greatest = MathF.Max(greatest, numbers[lane]);
        }

        return greatest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x) => ElementaryFunctions.Exp(new VectorLanes(x)).Value;

    public static float Log(float x) => ElementaryFunctions.Log(VectorLanes.Of(x)).Value.ToScalar();
}
