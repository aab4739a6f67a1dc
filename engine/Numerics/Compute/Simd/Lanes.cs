using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using DigitalTwin.Numerics.Compute.Functions;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>Loads, stores and sums of sixteen numbers, whole or in part.</summary>
internal static unsafe class Lanes
{
    public const int Count = 16;

    /// <summary>A width in whole registers.</summary>
    public static int Padded(int width) => (width + Count - 1) / Count * Count;

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

    /// <summary>As <see cref="Store(Vector512{float}, float*, int)"/>, past the caches where whole registers lie on cache lines.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> numbers, float* to, int count, bool streams)
    {
        if (streams && count >= Count)
        {
            numbers.StoreAlignedNonTemporal(to);
        }
        else
        {
            Store(numbers, to, count);
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

    /// <summary>Four sums at once, each in the same fixed tree: halves, pairs, pairs of pairs, halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sums(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    {
        var (a8, b8) = (a.GetLower() + a.GetUpper(), b.GetLower() + b.GetUpper());
        var (c8, d8) = (c.GetLower() + c.GetUpper(), d.GetLower() + d.GetUpper());
        if (Avx.IsSupported)
        {
            var joined = Avx.HorizontalAdd(Avx.HorizontalAdd(a8, b8), Avx.HorizontalAdd(c8, d8));
            return joined.GetLower() + joined.GetUpper();
        }

        return Vector128.Create(PairSum(a8), PairSum(b8), PairSum(c8), PairSum(d8));
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

    private static float PairSum(Vector256<float> n) => (n[0] + n[1] + (n[2] + n[3])) + (n[4] + n[5] + (n[6] + n[7]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> FirstLanes(int count) => Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();
}
