using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DigitalTwin.Numerics.Compute.Functions;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>One tile of a product: six rows of A against a packed panel of B, all sums in registers.</summary>
/// <remarks>Source: [Goto2008]. 24 sums, 4 numbers of B and 1 of A fill 29 of the 32 registers of AVX-512; each number of A serves 64 columns, so that A
/// needs no packing.</remarks>
internal static unsafe class GemmTile
{
    public const int Height = 6;

    /// <summary>Columns of the widest panel.</summary>
    public const int Width = 64;

    /// <summary>Writes f(start + sum over k of a[row, k] b[k, column]) to up to 6 rows of 64 columns.</summary>
    /// <param name="a">First number of the first row.</param>
    /// <param name="rows">Rows to compute, 1 to 6.</param>
    /// <param name="rowStep">From one row of op(A) to the next.</param>
    /// <param name="innerStep">From one k to the next.</param>
    /// <param name="b">Packed panel, shape [inner, 64].</param>
    /// <param name="inner">Terms of each sum.</param>
    /// <param name="c">First number of the first row of the output.</param>
    /// <param name="stride">From one row of the output to the next.</param>
    /// <param name="start">What the sums start from: 64 numbers for each row, <paramref name="startStride"/> apart.</param>
    /// <param name="startStride">0 for a bias, the output's stride to add to it.</param>
    /// <param name="streams">Whether the output goes past the caches; it must lie on cache lines.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Wide<TActivation>(
        float* a, int rows, long rowStep, long innerStep, float* b, int inner, float* c, long stride, float* start, long startStride, bool streams)
        where TActivation : struct, ILaneFunction
    {
        // Rows that are not there repeat the last one and are not written.
        var last = rows - 1;
        var (row1, row2, row3, row4, row5) = (Math.Min(1, last), Math.Min(2, last), Math.Min(3, last), Math.Min(4, last), last);
        var a1 = a + (row1 * rowStep);
        var a2 = a + (row2 * rowStep);
        var a3 = a + (row3 * rowStep);
        var a4 = a + (row4 * rowStep);
        var a5 = a + (row5 * rowStep);
        var s = start;
        var (c00, c01, c02, c03) = (Vector512.Load(s), Vector512.Load(s + 16), Vector512.Load(s + 32), Vector512.Load(s + 48));
        s = start + (row1 * startStride);
        var (c10, c11, c12, c13) = (Vector512.Load(s), Vector512.Load(s + 16), Vector512.Load(s + 32), Vector512.Load(s + 48));
        s = start + (row2 * startStride);
        var (c20, c21, c22, c23) = (Vector512.Load(s), Vector512.Load(s + 16), Vector512.Load(s + 32), Vector512.Load(s + 48));
        s = start + (row3 * startStride);
        var (c30, c31, c32, c33) = (Vector512.Load(s), Vector512.Load(s + 16), Vector512.Load(s + 32), Vector512.Load(s + 48));
        s = start + (row4 * startStride);
        var (c40, c41, c42, c43) = (Vector512.Load(s), Vector512.Load(s + 16), Vector512.Load(s + 32), Vector512.Load(s + 48));
        s = start + (row5 * startStride);
        var (c50, c51, c52, c53) = (Vector512.Load(s), Vector512.Load(s + 16), Vector512.Load(s + 32), Vector512.Load(s + 48));
        long at = 0;
        for (var end = b + ((long)inner * Width); b < end; b += Width)
        {
            var (b0, b1, b2, b3) = (Vector512.Load(b), Vector512.Load(b + 16), Vector512.Load(b + 32), Vector512.Load(b + 48));
            var x = Vector512.Create(a[at]);
            c00 = Vector512.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector512.FusedMultiplyAdd(x, b1, c01);
            c02 = Vector512.FusedMultiplyAdd(x, b2, c02);
            c03 = Vector512.FusedMultiplyAdd(x, b3, c03);
            x = Vector512.Create(a1[at]);
            c10 = Vector512.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector512.FusedMultiplyAdd(x, b1, c11);
            c12 = Vector512.FusedMultiplyAdd(x, b2, c12);
            c13 = Vector512.FusedMultiplyAdd(x, b3, c13);
            x = Vector512.Create(a2[at]);
            c20 = Vector512.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector512.FusedMultiplyAdd(x, b1, c21);
            c22 = Vector512.FusedMultiplyAdd(x, b2, c22);
            c23 = Vector512.FusedMultiplyAdd(x, b3, c23);
            x = Vector512.Create(a3[at]);
            c30 = Vector512.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector512.FusedMultiplyAdd(x, b1, c31);
            c32 = Vector512.FusedMultiplyAdd(x, b2, c32);
            c33 = Vector512.FusedMultiplyAdd(x, b3, c33);
            x = Vector512.Create(a4[at]);
            c40 = Vector512.FusedMultiplyAdd(x, b0, c40);
            c41 = Vector512.FusedMultiplyAdd(x, b1, c41);
            c42 = Vector512.FusedMultiplyAdd(x, b2, c42);
            c43 = Vector512.FusedMultiplyAdd(x, b3, c43);
            x = Vector512.Create(a5[at]);
            c50 = Vector512.FusedMultiplyAdd(x, b0, c50);
            c51 = Vector512.FusedMultiplyAdd(x, b1, c51);
            c52 = Vector512.FusedMultiplyAdd(x, b2, c52);
            c53 = Vector512.FusedMultiplyAdd(x, b3, c53);
            at += innerStep;
        }

        // From the last row up: a row that repeats the last is overwritten by nothing.
        Write<TActivation>(c + (row5 * stride), c50, c51, c52, c53, streams);
        Write<TActivation>(c + (row4 * stride), c40, c41, c42, c43, streams);
        Write<TActivation>(c + (row3 * stride), c30, c31, c32, c33, streams);
        Write<TActivation>(c + (row2 * stride), c20, c21, c22, c23, streams);
        Write<TActivation>(c + (row1 * stride), c10, c11, c12, c13, streams);
        Write<TActivation>(c, c00, c01, c02, c03, streams);
    }

    /// <summary>As <see cref="Wide"/>, for a panel of 16 columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Narrow<TActivation>(
        float* a, int rows, long rowStep, long innerStep, float* b, int inner, float* c, long stride, float* start, long startStride)
        where TActivation : struct, ILaneFunction
    {
        var last = rows - 1;
        var (row1, row2, row3, row4, row5) = (Math.Min(1, last), Math.Min(2, last), Math.Min(3, last), Math.Min(4, last), last);
        var a1 = a + (row1 * rowStep);
        var a2 = a + (row2 * rowStep);
        var a3 = a + (row3 * rowStep);
        var a4 = a + (row4 * rowStep);
        var a5 = a + (row5 * rowStep);
        var (c0, c1, c2) = (Vector512.Load(start), Vector512.Load(start + (row1 * startStride)), Vector512.Load(start + (row2 * startStride)));
        var (c3, c4, c5) = (Vector512.Load(start + (row3 * startStride)), Vector512.Load(start + (row4 * startStride)), Vector512.Load(start + (row5 * startStride)));
        long at = 0;
        for (var end = b + ((long)inner * Lanes.Count); b < end; b += Lanes.Count)
        {
            var b0 = Vector512.Load(b);
            c0 = Vector512.FusedMultiplyAdd(Vector512.Create(a[at]), b0, c0);
            c1 = Vector512.FusedMultiplyAdd(Vector512.Create(a1[at]), b0, c1);
            c2 = Vector512.FusedMultiplyAdd(Vector512.Create(a2[at]), b0, c2);
            c3 = Vector512.FusedMultiplyAdd(Vector512.Create(a3[at]), b0, c3);
            c4 = Vector512.FusedMultiplyAdd(Vector512.Create(a4[at]), b0, c4);
            c5 = Vector512.FusedMultiplyAdd(Vector512.Create(a5[at]), b0, c5);
            at += innerStep;
        }

        Apply<TActivation>(c5).Store(c + (row5 * stride));
        Apply<TActivation>(c4).Store(c + (row4 * stride));
        Apply<TActivation>(c3).Store(c + (row3 * stride));
        Apply<TActivation>(c2).Store(c + (row2 * stride));
        Apply<TActivation>(c1).Store(c + (row1 * stride));
        Apply<TActivation>(c0).Store(c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<TActivation>(float* to, Vector512<float> n0, Vector512<float> n1, Vector512<float> n2, Vector512<float> n3, bool streams)
        where TActivation : struct, ILaneFunction
    {
        if (streams)
        {
            Apply<TActivation>(n0).StoreAlignedNonTemporal(to);
            Apply<TActivation>(n1).StoreAlignedNonTemporal(to + 16);
            Apply<TActivation>(n2).StoreAlignedNonTemporal(to + 32);
            Apply<TActivation>(n3).StoreAlignedNonTemporal(to + 48);
            return;
        }

        Apply<TActivation>(n0).Store(to);
        Apply<TActivation>(n1).Store(to + 16);
        Apply<TActivation>(n2).Store(to + 32);
        Apply<TActivation>(n3).Store(to + 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Apply<TActivation>(Vector512<float> x)
        where TActivation : struct, ILaneFunction => TActivation.Value(new VectorLanes(x)).Value;
}
