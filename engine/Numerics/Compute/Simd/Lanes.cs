using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using DigitalTwin.Numerics.Compute.Functions;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>Loads, stores and sums of sixteen numbers, whole or in part.</summary>
internal static unsafe class Lanes
{
    public const int Count = 16;

    /// <summary>The first numbers of a run, with zeros behind its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* from, int count) => count >= Count ? Vector512.Load(from) : LoadPart(from, count, Vector512<float>.Zero);

    /// <summary>The first numbers of a run, with another number behind its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* from, int count, float padding) =>
        count >= Count ? Vector512.Load(from) : LoadPart(from, count, Vector512.Create(padding));

    /// <summary>Writes what belongs to a run and nothing behind its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> numbers, float* to, int count)
    {
        if (count >= Count)
        {
            numbers.Store(to);
        }
        else
        {
            StorePart(numbers, to, count);
        }
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Maximum(Vector512<float> numbers)
    {
        var eight = Vector256.Max(numbers.GetLower(), numbers.GetUpper());
        var four = Vector128.Max(eight.GetLower(), eight.GetUpper());
        var two = Vector128.Max(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        return Vector128.Max(two, Vector128.Shuffle(two, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x) => ElementaryFunctions.Exp(new VectorLanes(x)).Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Log(float x) => ElementaryFunctions.Log(VectorLanes.Of(x)).Value.ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector512<float> LoadPart(float* from, int count, Vector512<float> padding)
    {
        if (Avx512F.IsSupported)
        {
            return Avx512F.MaskLoad(from, FirstLanes(count), padding);
        }

        var part = padding;
        Unsafe.CopyBlockUnaligned(&part, from, (uint)count * sizeof(float));
        return part;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StorePart(Vector512<float> numbers, float* to, int count)
    {
        if (Avx512F.IsSupported)
        {
            Avx512F.MaskStore(to, FirstLanes(count), numbers);
            return;
        }

        Unsafe.CopyBlockUnaligned(to, &numbers, (uint)count * sizeof(float));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> FirstLanes(int count) => Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();
}
