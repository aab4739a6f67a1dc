using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DigitalTwin.Numerics.Compute.Functions;

/// <summary>Sixteen numbers in a SIMD register. Where the processor's registers are shorter the runtime uses several: the numbers stay the same.</summary>
[SuppressMessage("Design", "CA1051", Justification = "A property would be a call to inline in every operation, and the compiler inlines only so many.")]
public struct VectorLanes : ILanes<VectorLanes>
{
    /// <summary>The numbers.</summary>
    public Vector512<float> Value;

    private const int ExponentBits = 23;
    private const int ExponentBias = 127;
    private const int BitsOfRootHalf = 0x3f3504f3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VectorLanes(Vector512<float> value) => Value = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLanes Of(float value) => new() { Value = Vector512.Create(value) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLanes operator +(VectorLanes left, VectorLanes right) => new() { Value = left.Value + right.Value };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLanes operator -(VectorLanes left, VectorLanes right) => new() { Value = left.Value - right.Value };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLanes operator *(VectorLanes left, VectorLanes right) => new() { Value = left.Value * right.Value };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLanes operator /(VectorLanes left, VectorLanes right) => new() { Value = left.Value / right.Value };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLanes MultiplyAdd(VectorLanes a, VectorLanes b, VectorLanes c) => new() { Value = Vector512.FusedMultiplyAdd(a.Value, b.Value, c.Value) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLanes Abs(VectorLanes x) => new() { Value = Vector512.Abs(x.Value) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLanes Sqrt(VectorLanes x) => new() { Value = Vector512.Sqrt(x.Value) };

    // Adding 1.5 * 2^23 leaves no room for a fraction, so that the addition itself rounds to the nearest, ties to even.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLanes Round(VectorLanes x)
    {
        var shift = Vector512.Create(12582912f);
        return new() { Value = x.Value + shift - shift };
    }

    // Two factors, since one cannot reach from the smallest subnormal to the largest number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLanes ScaleByPowerOfTwo(VectorLanes x, VectorLanes n)
    {
        var whole = Vector512.ConvertToInt32Native(n.Value);
        var half = Vector512.ShiftRightArithmetic(whole, 1);
        return new() { Value = x.Value * PowerOfTwo(half) * PowerOfTwo(whole - half) };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLanes Exponent(VectorLanes x) =>
        new() { Value = Vector512.ConvertToSingle(Vector512.ShiftRightArithmetic(x.Value.AsInt32() - Vector512.Create(BitsOfRootHalf), ExponentBits)) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLanes IfGreater(VectorLanes left, VectorLanes right, VectorLanes then, VectorLanes otherwise) =>
        new() { Value = Vector512.ConditionalSelect(Vector512.GreaterThan(left.Value, right.Value), then.Value, otherwise.Value) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> PowerOfTwo(Vector512<int> n) => Vector512.ShiftLeft(n + Vector512.Create(ExponentBias), ExponentBits).AsSingle();
}
