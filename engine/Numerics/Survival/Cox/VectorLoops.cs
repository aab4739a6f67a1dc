using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DigitalTwin.Numerics.Survival;

/// <summary>The inner loops of the partial likelihood over whole vectors of four; lengths are multiples of four.
/// Fused multiply-add and a fixed order give the same bits on every machine.</summary>
internal static class VectorLoops
{
    /// <summary>target += factor * source.</summary>
    public static void AddScaled(Span<double> target, double factor, ReadOnlySpan<double> source)
    {
        ref var to = ref MemoryMarshal.GetReference(target);
        ref var from = ref MemoryMarshal.GetReference(source);
        var scale = Vector256.Create(factor);
        for (nuint j = 0; j < (nuint)target.Length; j += CoxRiskSets.Lanes)
        {
            Vector256.FusedMultiplyAdd(scale, Vector256.LoadUnsafe(ref from, j), Vector256.LoadUnsafe(ref to, j)).StoreUnsafe(ref to, j);
        }
    }

    /// <summary>Lower triangle, rounded up to whole vectors, of target += factor * left * right'; target has shape [stride, stride].</summary>
    public static void AddOuter(Span<double> target, double factor, ReadOnlySpan<double> left, ReadOnlySpan<double> right, int rowCount)
    {
        ref var to = ref MemoryMarshal.GetReference(target);
        ref var from = ref MemoryMarshal.GetReference(right);
        var stride = (nuint)right.Length;
        for (var i = 0; i < rowCount; i++)
        {
            var scale = Vector256.Create(factor * left[i]);
            var row = (nuint)i * stride;
            for (nuint j = 0; j <= (nuint)i; j += CoxRiskSets.Lanes)
            {
                Vector256.FusedMultiplyAdd(scale, Vector256.LoadUnsafe(ref from, j), Vector256.LoadUnsafe(ref to, row + j))
                    .StoreUnsafe(ref to, row + j);
            }
        }
    }

    /// <summary>target = left * right.</summary>
    public static void Multiply(Span<double> target, ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        ref var to = ref MemoryMarshal.GetReference(target);
        ref var a = ref MemoryMarshal.GetReference(left);
        ref var b = ref MemoryMarshal.GetReference(right);
        for (nuint i = 0; i < (nuint)target.Length; i += CoxRiskSets.Lanes)
        {
            (Vector256.LoadUnsafe(ref a, i) * Vector256.LoadUnsafe(ref b, i)).StoreUnsafe(ref to, i);
        }
    }

    /// <summary>target[j] += left . column j, four columns at a time.</summary>
    /// <param name="target">Shape [columns], whole vectors.</param>
    /// <param name="left">Shape [rows], whole vectors.</param>
    /// <param name="columns">Column j starts at j * <paramref name="columnStride"/>.</param>
    /// <param name="columnStride">Entries between columns.</param>
    public static void AddDots(Span<double> target, ReadOnlySpan<double> left, ReadOnlySpan<double> columns, int columnStride)
    {
        ref var a = ref MemoryMarshal.GetReference(left);
        ref var b = ref MemoryMarshal.GetReference(columns);
        var stride = (nuint)columnStride;
        for (var j = 0; j < target.Length; j += CoxRiskSets.Lanes)
        {
            var (sum0, sum1, sum2, sum3) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
            var first = (nuint)j * stride;
            for (nuint i = 0; i < (nuint)left.Length; i += CoxRiskSets.Lanes)
            {
                var factor = Vector256.LoadUnsafe(ref a, i);
                sum0 = Vector256.FusedMultiplyAdd(factor, Vector256.LoadUnsafe(ref b, first + i), sum0);
                sum1 = Vector256.FusedMultiplyAdd(factor, Vector256.LoadUnsafe(ref b, first + stride + i), sum1);
                sum2 = Vector256.FusedMultiplyAdd(factor, Vector256.LoadUnsafe(ref b, first + (2 * stride) + i), sum2);
                sum3 = Vector256.FusedMultiplyAdd(factor, Vector256.LoadUnsafe(ref b, first + (3 * stride) + i), sum3);
            }

            target[j] += Sum(sum0);
            target[j + 1] += Sum(sum1);
            target[j + 2] += Sum(sum2);
            target[j + 3] += Sum(sum3);
        }
    }

    /// <summary>target = weights * exp(exponents).</summary>
    public static void WeightedExp(Span<double> target, ReadOnlySpan<double> weights, ReadOnlySpan<double> exponents)
    {
        ref var to = ref MemoryMarshal.GetReference(target);
        ref var weight = ref MemoryMarshal.GetReference(weights);
        ref var exponent = ref MemoryMarshal.GetReference(exponents);
        for (nuint i = 0; i < (nuint)target.Length; i += CoxRiskSets.Lanes)
        {
            (Vector256.LoadUnsafe(ref weight, i) * Vector256.Exp(Vector256.LoadUnsafe(ref exponent, i))).StoreUnsafe(ref to, i);
        }
    }

    /// <summary>Sum of weights * log(values).</summary>
    public static double WeightedLogSum(ReadOnlySpan<double> weights, ReadOnlySpan<double> values)
    {
        ref var weight = ref MemoryMarshal.GetReference(weights);
        ref var value = ref MemoryMarshal.GetReference(values);
        var sum = Vector256<double>.Zero;
        for (nuint i = 0; i < (nuint)values.Length; i += CoxRiskSets.Lanes)
        {
            sum = Vector256.FusedMultiplyAdd(
                Vector256.LoadUnsafe(ref weight, i), Vector256.Log(Vector256.LoadUnsafe(ref value, i)), sum);
        }

        return Sum(sum);
    }

    private static double Sum(Vector256<double> lanes) => (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
}
