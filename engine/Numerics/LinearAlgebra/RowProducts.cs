using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DigitalTwin.Numerics.LinearAlgebra;

/// <summary>Products of the rows of one dense matrix with the rows of another.</summary>
/// <remarks>Blocks of four by four rows, so that eight rows are read for sixteen products. Sums run in a fixed order: the same bits on every machine.</remarks>
public static class RowProducts
{
    private const int Block = 4;

    /// <summary>A B'.</summary>
    /// <param name="left">A, row-major, shape [left rows, length].</param>
    /// <param name="right">B, row-major, shape [right rows, length].</param>
    /// <param name="length">Entries of a row of either.</param>
    /// <param name="product">Row-major, shape [left rows, right rows]; overwritten.</param>
    /// <exception cref="ArgumentException">The product has another shape, or the values fill no whole rows.</exception>
    public static void Multiply(ReadOnlySpan<double> left, ReadOnlySpan<double> right, int length, Span<double> product)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        var (n, m) = (left.Length / length, right.Length / length);
        if (n * length != left.Length || m * length != right.Length || product.Length != n * m)
        {
            throw new ArgumentException($"[{left.Length} / {length}] times [{right.Length} / {length}] does not fill {product.Length} products.", nameof(product));
        }

        for (var i = 0; i < n; i += Block)
        {
            for (var j = 0; j < m; j += Block)
            {
                if (i + Block <= n && j + Block <= m)
                {
                    Four(left.Slice(i * length, Block * length), right.Slice(j * length, Block * length), length, product[((i * m) + j)..], m);
                }
                else
                {
                    Edge(left, right, length, product, (i, Math.Min(i + Block, n)), (j, Math.Min(j + Block, m)), m);
                }
            }
        }
    }

    private static void Edge(
        ReadOnlySpan<double> left, ReadOnlySpan<double> right, int length, Span<double> product, (int First, int End) rows, (int First, int End) columns, int width)
    {
        for (var i = rows.First; i < rows.End; i++)
        {
            for (var j = columns.First; j < columns.End; j++)
            {
                product[(i * width) + j] = DenseLoops.Dot(left.Slice(i * length, length), right.Slice(j * length, length));
            }
        }
    }

    private static void Four(ReadOnlySpan<double> left, ReadOnlySpan<double> right, int length, Span<double> product, int width)
    {
        ref var a = ref MemoryMarshal.GetReference(left);
        ref var b = ref MemoryMarshal.GetReference(right);
        var step = (nuint)length;
        var zero = Vector256<double>.Zero;
        var (s00, s01, s02, s03) = (zero, zero, zero, zero);
        var (s10, s11, s12, s13) = (zero, zero, zero, zero);
        var (s20, s21, s22, s23) = (zero, zero, zero, zero);
        var (s30, s31, s32, s33) = (zero, zero, zero, zero);
        var k = 0;
        for (; k + Vector256<double>.Count <= length; k += Vector256<double>.Count)
        {
            var at = (nuint)k;
            var (b0, b1) = (Vector256.LoadUnsafe(ref b, at), Vector256.LoadUnsafe(ref b, at + step));
            var (b2, b3) = (Vector256.LoadUnsafe(ref b, at + (2 * step)), Vector256.LoadUnsafe(ref b, at + (3 * step)));
            var row = Vector256.LoadUnsafe(ref a, at);
            s00 = Vector256.FusedMultiplyAdd(row, b0, s00);
            s01 = Vector256.FusedMultiplyAdd(row, b1, s01);
            s02 = Vector256.FusedMultiplyAdd(row, b2, s02);
            s03 = Vector256.FusedMultiplyAdd(row, b3, s03);
            row = Vector256.LoadUnsafe(ref a, at + step);
            s10 = Vector256.FusedMultiplyAdd(row, b0, s10);
            s11 = Vector256.FusedMultiplyAdd(row, b1, s11);
            s12 = Vector256.FusedMultiplyAdd(row, b2, s12);
            s13 = Vector256.FusedMultiplyAdd(row, b3, s13);
            row = Vector256.LoadUnsafe(ref a, at + (2 * step));
            s20 = Vector256.FusedMultiplyAdd(row, b0, s20);
            s21 = Vector256.FusedMultiplyAdd(row, b1, s21);
            s22 = Vector256.FusedMultiplyAdd(row, b2, s22);
            s23 = Vector256.FusedMultiplyAdd(row, b3, s23);
            row = Vector256.LoadUnsafe(ref a, at + (3 * step));
            s30 = Vector256.FusedMultiplyAdd(row, b0, s30);
            s31 = Vector256.FusedMultiplyAdd(row, b1, s31);
            s32 = Vector256.FusedMultiplyAdd(row, b2, s32);
            s33 = Vector256.FusedMultiplyAdd(row, b3, s33);
        }

        Store(product, s00, s01, s02, s03);
        Store(product[width..], s10, s11, s12, s13);
        Store(product[(2 * width)..], s20, s21, s22, s23);
        Store(product[(3 * width)..], s30, s31, s32, s33);
        for (; k < length; k++)
        {
            for (var i = 0; i < Block; i++)
            {
                for (var j = 0; j < Block; j++)
                {
                    product[(i * width) + j] = Math.FusedMultiplyAdd(left[(i * length) + k], right[(j * length) + k], product[(i * width) + j]);
                }
            }
        }
    }

    private static void Store(Span<double> row, Vector256<double> first, Vector256<double> second, Vector256<double> third, Vector256<double> fourth) =>
        (row[0], row[1], row[2], row[3]) = (Sum(first), Sum(second), Sum(third), Sum(fourth));

    private static double Sum(Vector256<double> lanes) => (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
}
