using DigitalTwin.Kernels.Catalog;
using DigitalTwin.Kernels.Products;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Kernels;

/// <summary>Dense products.</summary>
public sealed partial class IlgpuBackend
{
    // A product with few tiles and a long inner size is split along it. Of the shape alone, so that sums have the same order everywhere.
    private const int EnoughTiles = 256;
    private const int GroupsWhenSplit = 2048;
    private const int LeastInnerPerSplit = 512;

    private CatalogKernel<GemmKernelArguments>[][] ProductKernels => _options.ProductPrecision switch
    {
        ProductPrecision.Tf32 => GemmCatalog.MultiplyTf32,
        ProductPrecision.Bfloat16 => GemmCatalog.MultiplyBfloat16,
        _ => GemmCatalog.Multiply,
    };

    public void Gemm(in GemmArguments arguments)
    {
        var (rows, columns, inner) = OperandCheck.Gemm(arguments);
        if (arguments.C.Length == 0)
        {
            return;
        }

        var transposes = (arguments.TransposeA ? 1 : 0) | (arguments.TransposeB ? 2 : 0);
        var (rowTiles, columnTiles) = (TilesFor(rows), TilesFor(columns));
        var tiles = (long)rowTiles * columnTiles * arguments.BatchCount;
        var c = MatrixOf(arguments.C);
        var kernel = new GemmKernelArguments
        {
            A = inner == 0 ? c : MatrixOf(arguments.A),
            B = inner == 0 ? c : MatrixOf(arguments.B),
            C = c,
            Bias = MatrixOf(arguments.Bias, c),
            Rows = rows,
            Columns = columns,
            Inner = inner,
            RowTiles = rowTiles,
            ColumnTiles = columnTiles,
            BatchRowsOfA = arguments.ShareA ? 0 : arguments.A.Rows / arguments.BatchCount,
            BatchRowsOfB = arguments.ShareB ? 0 : arguments.B.Rows / arguments.BatchCount,
            BatchRowsOfC = rows,
            Alpha = arguments.Alpha,
            Beta = arguments.Beta,
            HasBias = arguments.Bias is null ? 0 : 1,
            IsAlignedA = IsAligned(arguments.A) ? 1 : 0,
            IsAlignedB = IsAligned(arguments.B) ? 1 : 0,
            IsAlignedC = IsAligned(arguments.C) && (arguments.Bias is not { } bias || IsAligned(bias)) ? 1 : 0,
        };
        var splits = SplitsFor(tiles, inner);
        kernel.InnerPerSplit = splits == 1 ? inner : ((inner + splits - 1) / splits + GemmKernel.Depth - 1) / GemmKernel.Depth * GemmKernel.Depth;
        kernel.Splits = splits == 1 ? 1 : (inner + kernel.InnerPerSplit - 1) / kernel.InnerPerSplit;
        if (kernel.Splits == 1)
        {
            Launch(ProductKernels[(int)arguments.Activation][transposes], tiles, GemmKernel.Tile, kernel);
        }
        else
        {
            MultiplySplit(arguments, kernel, transposes, tiles);
        }
    }

    private void MultiplySplit(in GemmArguments arguments, GemmKernelArguments kernel, int transposes, long tiles)
    {
        var (rows, columns, batch) = (kernel.Rows, kernel.Columns, arguments.BatchCount);
        using var partial = _scratch.Rent((long)batch * kernel.Splits * rows * columns);
        using var joined = _scratch.Rent((long)batch * rows * columns);
        kernel.C = MatrixOf(partial.AsMatrix(batch * kernel.Splits * rows, columns));
        (kernel.Alpha, kernel.Beta, kernel.HasBias, kernel.IsAlignedC) = (1f, 0f, 0, columns % 4 == 0 ? 1 : 0);
        Launch(ProductKernels[(int)Activation.None][transposes], tiles * kernel.Splits, GemmKernel.Tile, kernel);
        for (var b = 0; b < batch; b++)
        {
            var sums = new MatrixView(partial, (long)b * kernel.Splits * rows * columns, kernel.Splits, rows * columns);
            Reduce(Reduction.Sum, sums, new MatrixView(joined, (long)b * rows * columns, 1, rows * columns));
        }

        var c = MatrixOf(arguments.C);
        var finish = new GemmFinishArguments
        {
            Sums = MatrixOf(joined.AsMatrix(batch * rows, columns)).Data,
            C = c,
            Bias = MatrixOf(arguments.Bias, c),
            Alpha = arguments.Alpha,
            Beta = arguments.Beta,
            HasBias = arguments.Bias is null ? 0 : 1,
        };
        Launch(GemmCatalog.Finish[(int)arguments.Activation], GroupsFor(arguments.C.Length, _options.GroupSize), _options.GroupSize, finish);
    }

    private static int SplitsFor(long tiles, int inner) =>
        tiles >= EnoughTiles || inner < 2 * LeastInnerPerSplit ? 1 : (int)Math.Min(inner / LeastInnerPerSplit, GroupsWhenSplit / tiles);

    private static int TilesFor(int size) => (size + GemmKernel.Tile - 1) / GemmKernel.Tile;
}
