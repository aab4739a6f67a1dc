using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DigitalTwin.Numerics.LinearAlgebra;

/// <summary>Inner loops over dense rows. Four lanes, fused multiply-add and a fixed order of sums: the same bits on every machine.</summary>
internal static class DenseLoops
{
    private const int Lanes = 4;

    public static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        ref var a = ref MemoryMarshal.GetReference(left);
        ref var b = ref MemoryMarshal.GetReference(right);
        var (sum0, sum1) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var i = 0;
        for (; i + (2 * Lanes) <= left.Length; i += 2 * Lanes)
        {
            sum0 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref a, (nuint)i), Vector256.LoadUnsafe(ref b, (nuint)i), sum0);
            sum1 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref a, (nuint)i + Lanes), Vector256.LoadUnsafe(ref b, (nuint)i + Lanes), sum1);
        }

        var sum = Sum(sum0 + sum1);
        for (; i < left.Length; i++)
        {
            sum = Math.FusedMultiplyAdd(left[i], right[i], sum);
        }

        return sum;
    }

    /// <summary>Dot products of four consecutive rows with one: reads the one once.</summary>
    /// <param name="rows">Row-major, four rows of <paramref name="stride"/>, of which the first entries are used.</param>
    /// <param name="stride">Entries between the rows.</param>
    /// <param name="other">Shape [length].</param>
    public static (double First, double Second, double Third, double Fourth) FourDots(ReadOnlySpan<double> rows, int stride, ReadOnlySpan<double> other)
    {
        ref var a = ref MemoryMarshal.GetReference(rows);
        ref var b = ref MemoryMarshal.GetReference(other);
        var (sum0, sum1, sum2, sum3) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        var step = (nuint)stride;
        var i = 0;
        for (; i + Lanes <= other.Length; i += Lanes)
        {
            var at = (nuint)i;
            var value = Vector256.LoadUnsafe(ref b, at);
            sum0 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref a, at), value, sum0);
            sum1 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref a, at + step), value, sum1);
            sum2 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref a, at + (2 * step)), value, sum2);
            sum3 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref a, at + (3 * step)), value, sum3);
        }

        var (s0, s1, s2, s3) = (Sum(sum0), Sum(sum1), Sum(sum2), Sum(sum3));
        for (; i < other.Length; i++)
        {
            s0 = Math.FusedMultiplyAdd(rows[i], other[i], s0);
            s1 = Math.FusedMultiplyAdd(rows[i + stride], other[i], s1);
            s2 = Math.FusedMultiplyAdd(rows[i + (2 * stride)], other[i], s2);
            s3 = Math.FusedMultiplyAdd(rows[i + (3 * stride)], other[i], s3);
        }

        return (s0, s1, s2, s3);
    }

    /// <summary>target += factor * source.</summary>
    public static void AddScaled(Span<double> target, double factor, ReadOnlySpan<double> source)
    {
        ref var to = ref MemoryMarshal.GetReference(target);
        ref var from = ref MemoryMarshal.GetReference(source);
        var scale = Vector256.Create(factor);
        var i = 0;
        for (; i + Lanes <= target.Length; i += Lanes)
        {
            Vector256.FusedMultiplyAdd(scale, Vector256.LoadUnsafe(ref from, (nuint)i), Vector256.LoadUnsafe(ref to, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < target.Length; i++)
        {
            target[i] = Math.FusedMultiplyAdd(factor, source[i], target[i]);
        }
    }

    /// <summary>(first, second) becomes (cosine first - sine second, sine first + cosine second).</summary>
    public static void Rotate(Span<double> first, Span<double> second, double cosine, double sine)
    {
        ref var a = ref MemoryMarshal.GetReference(first);
        ref var b = ref MemoryMarshal.GetReference(second);
        var (c, s) = (Vector256.Create(cosine), Vector256.Create(sine));
        var i = 0;
        for (; i + Lanes <= first.Length; i += Lanes)
        {
            var (x, y) = (Vector256.LoadUnsafe(ref a, (nuint)i), Vector256.LoadUnsafe(ref b, (nuint)i));
            ((c * x) - (s * y)).StoreUnsafe(ref a, (nuint)i);
            ((s * x) + (c * y)).StoreUnsafe(ref b, (nuint)i);
        }

        for (; i < first.Length; i++)
        {
            (first[i], second[i]) = ((cosine * first[i]) - (sine * second[i]), (sine * first[i]) + (cosine * second[i]));
        }
    }

    private static double Sum(Vector256<double> lanes) => (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
}
