// C = activation(alpha op(A) op(B) + beta C + bias) in tiles of 64 by 64.
//   thread    an 8 by 8 block of the tile in registers: rows 4 y..4 y + 3 and 32 + 4 y.., columns likewise; 64 threads a tile
//   memory    16 steps of the inner size at a time go through shared memory, stored step by step, so that a thread reads its rows and columns as
//             16-byte cells; the finished tile goes through the same shared memory, so that global writes are whole rows
//   numbers   float; each sum runs over the inner size in order; with splits, each split is a sum of its own and ColumnReduceKernel joins them
//   limits    sizes below 2^31; tiles times splits times batch below 2^31
//   checked   tests/Engine/Kernels/ParityTests.cs
using DigitalTwin.Kernels.Arithmetic;
using DigitalTwin.Numerics.Compute.Functions;
using ILGPU;

namespace DigitalTwin.Kernels.Products;

internal struct GemmKernelArguments
{
    public DeviceMatrix A;
    public DeviceMatrix B;
    public DeviceMatrix C;

    /// <summary>[1, columns of C], read where <see cref="HasBias"/>.</summary>
    public DeviceMatrix Bias;
    public int Rows;
    public int Columns;
    public int Inner;
    public int RowTiles;
    public int ColumnTiles;
    public int Splits;
    public int InnerPerSplit;

    /// <summary>Rows from one matrix of the batch to the next; 0 for a shared one. Splits are matrices of the batch of C.</summary>
    public int BatchRowsOfA;
    public int BatchRowsOfB;
    public int BatchRowsOfC;
    public float Alpha;
    public float Beta;
    public int HasBias;

    /// <summary>Whether 16-byte access to A, B, C is allowed.</summary>
    public int IsAlignedA;
    public int IsAlignedB;
    public int IsAlignedC;
}

/// <summary>The tile of a group.</summary>
internal struct GemmPlace
{
    public int Row;
    public int Column;
    public int First;
    public int End;
    public int FirstRowOfA;
    public int FirstRowOfB;
    public int FirstRowOfC;

    public static GemmPlace Of(GemmKernelArguments a)
    {
        var columnTile = Grid.IdxX % a.ColumnTiles;
        var rest = Grid.IdxX / a.ColumnTiles;
        var rowTile = rest % a.RowTiles;
        rest /= a.RowTiles;
        var split = rest % a.Splits;
        var batch = rest / a.Splits;
        var first = split * a.InnerPerSplit;
        return new()
        {
            Row = rowTile * GemmKernel.Tile,
            Column = columnTile * GemmKernel.Tile,
            First = first,
            End = a.Inner - first < a.InnerPerSplit ? a.Inner : first + a.InnerPerSplit,
            FirstRowOfA = batch * a.BatchRowsOfA,
            FirstRowOfB = batch * a.BatchRowsOfB,
            FirstRowOfC = ((batch * a.Splits) + split) * a.BatchRowsOfC,
        };
    }
}

/// <summary>How an operand lies: which of its indices runs along rows of memory.</summary>
internal interface ITileLoader
{
    /// <summary>Brings 64 rows or columns (from <paramref name="outer"/>) by 16 inner steps (from <paramref name="inner"/>) to shared memory, zeros beyond the ends.</summary>
    static abstract void Load(DeviceMatrix operand, int firstRow, ArrayView<QuadCell> tile, int outer, int outerEnd, int inner, int innerEnd, int isAligned);
}

/// <summary>The inner index is the column of the operand: A as it is, or B transposed.</summary>
internal readonly struct InnerAlongRows : ITileLoader
{
    public static void Load(DeviceMatrix operand, int firstRow, ArrayView<QuadCell> tile, int outer, int outerEnd, int inner, int innerEnd, int isAligned)
    {
        var numbers = tile.Cast<float>();
        var thread = Group.IdxX;
        if (isAligned != 0 && outer + GemmKernel.Tile <= outerEnd && inner + GemmKernel.Depth <= innerEnd)
        {
            var step = (thread & 3) * 4;
            for (var i = 0; i < 4; i++)
            {
                var row = (thread >> 2) + (16 * i);
                var cell = QuadCell.Load(operand.Data, operand.At(firstRow + outer + row, inner + step));
                numbers[(step * GemmKernel.Stride) + row] = cell.X;
                numbers[((step + 1) * GemmKernel.Stride) + row] = cell.Y;
                numbers[((step + 2) * GemmKernel.Stride) + row] = cell.Z;
                numbers[((step + 3) * GemmKernel.Stride) + row] = cell.W;
            }

            return;
        }

        for (var i = 0; i < GemmKernel.Depth; i++)
        {
            var (row, step) = ((thread >> 4) + (4 * i), thread & 15);
            var inside = outer + row < outerEnd && inner + step < innerEnd;
            numbers[(step * GemmKernel.Stride) + row] = inside ? operand.Get(firstRow + outer + row, inner + step) : 0f;
        }
    }
}

/// <summary>The inner index is the row of the operand: A transposed, or B as it is.</summary>
internal readonly struct InnerAlongColumns : ITileLoader
{
    public static void Load(DeviceMatrix operand, int firstRow, ArrayView<QuadCell> tile, int outer, int outerEnd, int inner, int innerEnd, int isAligned)
    {
        var thread = Group.IdxX;
        if (isAligned != 0 && outer + GemmKernel.Tile <= outerEnd && inner + GemmKernel.Depth <= innerEnd)
        {
            for (var i = 0; i < 4; i++)
            {
                var (step, cell) = ((thread >> 4) + (4 * i), thread & 15);
                tile[(step * GemmKernel.StrideInCells) + cell] = QuadCell.Load(operand.Data, operand.At(firstRow + inner + step, outer + (4 * cell)));
            }

            return;
        }

        var numbers = tile.Cast<float>();
        for (var step = 0; step < GemmKernel.Depth; step++)
        {
            var inside = outer + thread < outerEnd && inner + step < innerEnd;
            numbers[(step * GemmKernel.Stride) + thread] = inside ? operand.Get(firstRow + inner + step, outer + thread) : 0f;
        }
    }
}

internal static class GemmKernel
{
    /// <summary>Rows and columns of a tile, and threads of a group.</summary>
    public const int Tile = 64;

    /// <summary>Steps of the inner size that are in shared memory at a time.</summary>
    public const int Depth = 16;

    /// <summary>Numbers from one step to the next in shared memory; four more than the tile, against bank conflicts.</summary>
    public const int Stride = Tile + 4;

    public const int StrideInCells = Stride / 4;

    public static void Multiply<TLoaderOfA, TLoaderOfB, TFunction>(GemmKernelArguments a)
        where TLoaderOfA : struct, ITileLoader
        where TLoaderOfB : struct, ITileLoader
        where TFunction : struct, ILaneFunction
    {
        // 64 padded rows for the finished tile; its first half holds the two operand tiles before that.
        var shared = SharedMemory.Allocate<QuadCell>(Tile * StrideInCells);
        var tileOfA = shared.SubView(0, Depth * StrideInCells);
        var tileOfB = shared.SubView(Depth * StrideInCells, Depth * StrideInCells);

        var place = GemmPlace.Of(a);
        var (x, y) = (Group.IdxX & 7, Group.IdxX >> 3);

        QuadCell c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default, c30 = default, c31 = default;
        QuadCell c40 = default, c41 = default, c50 = default, c51 = default, c60 = default, c61 = default, c70 = default, c71 = default;
        for (var inner = place.First; inner < place.End; inner += Depth)
        {
            TLoaderOfA.Load(a.A, place.FirstRowOfA, tileOfA, place.Row, a.Rows, inner, place.End, a.IsAlignedA);
            TLoaderOfB.Load(a.B, place.FirstRowOfB, tileOfB, place.Column, a.Columns, inner, place.End, a.IsAlignedB);
            Group.Barrier();
            for (var step = 0; step < Depth; step++)
            {
                var low = tileOfA[(step * StrideInCells) + y];
                var high = tileOfA[(step * StrideInCells) + 8 + y];
                var left = tileOfB[(step * StrideInCells) + x];
                var right = tileOfB[(step * StrideInCells) + 8 + x];
                c00 = QuadCell.MultiplyAdd(low.X, left, c00);
                c01 = QuadCell.MultiplyAdd(low.X, right, c01);
                c10 = QuadCell.MultiplyAdd(low.Y, left, c10);
                c11 = QuadCell.MultiplyAdd(low.Y, right, c11);
                c20 = QuadCell.MultiplyAdd(low.Z, left, c20);
                c21 = QuadCell.MultiplyAdd(low.Z, right, c21);
                c30 = QuadCell.MultiplyAdd(low.W, left, c30);
                c31 = QuadCell.MultiplyAdd(low.W, right, c31);
                c40 = QuadCell.MultiplyAdd(high.X, left, c40);
                c41 = QuadCell.MultiplyAdd(high.X, right, c41);
                c50 = QuadCell.MultiplyAdd(high.Y, left, c50);
                c51 = QuadCell.MultiplyAdd(high.Y, right, c51);
                c60 = QuadCell.MultiplyAdd(high.Z, left, c60);
                c61 = QuadCell.MultiplyAdd(high.Z, right, c61);
                c70 = QuadCell.MultiplyAdd(high.W, left, c70);
                c71 = QuadCell.MultiplyAdd(high.W, right, c71);
            }

            Group.Barrier();
        }

        Keep(shared, 4 * y, x, c00, c01);
        Keep(shared, (4 * y) + 1, x, c10, c11);
        Keep(shared, (4 * y) + 2, x, c20, c21);
        Keep(shared, (4 * y) + 3, x, c30, c31);
        Keep(shared, (4 * y) + 32, x, c40, c41);
        Keep(shared, (4 * y) + 33, x, c50, c51);
        Keep(shared, (4 * y) + 34, x, c60, c61);
        Keep(shared, (4 * y) + 35, x, c70, c71);
        Group.Barrier();
        Write<TFunction>(a, shared, place.FirstRowOfC, place.Row, place.Column);
    }

    private static void Keep(ArrayView<QuadCell> shared, int row, int x, QuadCell left, QuadCell right)
    {
        shared[(row * StrideInCells) + x] = left;
        shared[(row * StrideInCells) + 8 + x] = right;
    }

    /// <summary>Writes a finished tile from shared memory.</summary>
    public static void Write<TFunction>(GemmKernelArguments a, ArrayView<QuadCell> shared, int firstRow, int row, int column)
        where TFunction : struct, ILaneFunction
    {
        if (a.IsAlignedC != 0 && column + Tile <= a.Columns)
        {
            for (var i = 0; i < Tile / 4; i++)
            {
                var (r, cell) = ((Group.IdxX >> 4) + (4 * i), Group.IdxX & 15);
                if (row + r < a.Rows)
                {
                    var c = column + (4 * cell);
                    var place = a.C.At(firstRow + row + r, c);
                    var sum = QuadCell.MultiplyAdd(a.Alpha, shared[(r * StrideInCells) + cell], a.HasBias != 0 ? QuadCell.Load(a.Bias.Data, c) : default);
                    sum = a.Beta == 0f ? sum : QuadCell.MultiplyAdd(a.Beta, QuadCell.Load(a.C.Data, place), sum);
                    QuadCell.Store(a.C.Data, place, Apply<QuadCell, TFunction>(sum));
                }
            }

            return;
        }

        var numbers = shared.Cast<float>();
        for (var r = 0; r < Tile; r++)
        {
            var c = column + Group.IdxX;
            if (row + r < a.Rows && c < a.Columns)
            {
                var place = a.C.At(firstRow + row + r, c);
                var sum = (a.Alpha * numbers[(r * Stride) + Group.IdxX]) + (a.HasBias != 0 ? a.Bias.Get(0, c) : 0f);
                sum = a.Beta == 0f ? sum : (a.Beta * a.C.Data[place]) + sum;
                a.C.Data[place] = DeviceFunctions.Value<TFunction>(sum);
            }
        }
    }

    private static TCell Apply<TCell, TFunction>(TCell x)
        where TCell : unmanaged, ICell<TCell>
        where TFunction : struct, ILaneFunction => TCell.Apply<TFunction>(x);
}
