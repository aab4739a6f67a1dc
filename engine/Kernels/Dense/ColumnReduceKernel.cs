// Reduces rows to one row, column by column; or rows k * outer + o to row o.
//   thread    one column of every laneth row of a chunk; a tree over shared memory joins the lanes of a group
//   memory    neighbouring threads read neighbouring columns; each chunk writes one row of partial results [chunks * outer, columns]
//   numbers   float; the order of every sum follows from the shape alone
//   limits    columns, rows and outer below 2^31; a second launch over the chunks finishes
//   checked   tests/Engine/Kernels/ParityTests.cs
using DigitalTwin.Kernels.Arithmetic;
using DigitalTwin.Kernels.Catalog;
using ILGPU;

namespace DigitalTwin.Kernels.Dense;

internal struct ColumnReduceArguments
{
    /// <summary>[depth * outer, columns].</summary>
    public DeviceMatrix Input;

    /// <summary>A second matrix of the same shape, where the term reads one.</summary>
    public DeviceMatrix Other;

    /// <summary>Mean and inverse deviation, by column [2, columns] or by row [rows, 2], where the term reads them.</summary>
    public DeviceMatrix Statistics;

    /// <summary>[chunks * outer, columns], or the result itself for one chunk.</summary>
    public DeviceMatrix Output;
    public float Scale;
    public int Accumulate;
    public int Outer;
    public int Depth;
    public int DepthPerChunk;
    public int ColumnTiles;

    /// <summary>Threads side by side over columns, a power of two.</summary>
    public int Width;
}

/// <summary>What is reduced.</summary>
internal interface IReductionTerm
{
    static abstract float Of(ColumnReduceArguments a, int row, int column);
}

internal readonly struct PlainTerm : IReductionTerm
{
    public static float Of(ColumnReduceArguments a, int row, int column) => a.Input.Get(row, column);
}

/// <summary>Squared distance from the mean of the column.</summary>
internal readonly struct SquaredDeviationTerm : IReductionTerm
{
    public static float Of(ColumnReduceArguments a, int row, int column)
    {
        var distance = a.Input.Get(row, column) - a.Statistics.Get(0, column);
        return distance * distance;
    }
}

/// <summary>Gradient times the normalised number, statistics by column.</summary>
internal readonly struct BatchNormTerm : IReductionTerm
{
    public static float Of(ColumnReduceArguments a, int row, int column) =>
        a.Input.Get(row, column) * ((a.Other.Get(row, column) - a.Statistics.Get(0, column)) * a.Statistics.Get(1, column));
}

/// <summary>Gradient times the normalised number, statistics by row.</summary>
internal readonly struct LayerNormTerm : IReductionTerm
{
    public static float Of(ColumnReduceArguments a, int row, int column) =>
        a.Input.Get(row, column) * ((a.Other.Get(row, column) - a.Statistics.Get(row, 0)) * a.Statistics.Get(row, 1));
}

internal static class ColumnReduceKernel
{
    public static readonly CatalogKernel<ColumnReduceArguments> Sum = new(Reduce<PlainTerm, Summation>);
    public static readonly CatalogKernel<ColumnReduceArguments> Maximum = new(Reduce<PlainTerm, Greatest>);
    public static readonly CatalogKernel<ColumnReduceArguments> SquaredDeviation = new(Reduce<SquaredDeviationTerm, Summation>);
    public static readonly CatalogKernel<ColumnReduceArguments> BatchNorm = new(Reduce<BatchNormTerm, Summation>);
    public static readonly CatalogKernel<ColumnReduceArguments> LayerNorm = new(Reduce<LayerNormTerm, Summation>);

    public static IEnumerable<CatalogKernel> All => [Sum, Maximum, SquaredDeviation, BatchNorm, LayerNorm];

    public static void Reduce<TTerm, TCombination>(ColumnReduceArguments a)
        where TTerm : struct, IReductionTerm
        where TCombination : struct, ICombination
    {
        var shared = SharedMemory.Allocate<float>(GroupReduction.MaximumThreads);
        var tile = Grid.IdxX % a.ColumnTiles;
        var rest = Grid.IdxX / a.ColumnTiles;
        var outer = rest % a.Outer;
        var chunk = rest / a.Outer;
        var lane = Group.IdxX / a.Width;
        var lanes = Group.DimX / a.Width;
        var column = (tile * a.Width) + (Group.IdxX - (lane * a.Width));
        var first = chunk * a.DepthPerChunk;
        var end = a.Depth - first < a.DepthPerChunk ? a.Depth : first + a.DepthPerChunk;
        var result = TCombination.Start;
        if (column < a.Input.Columns)
        {
            var k = first + lane;
            for (; k + (3 * lanes) < end; k += 4 * lanes)
            {
                var x0 = TTerm.Of(a, (k * a.Outer) + outer, column);
                var x1 = TTerm.Of(a, ((k + lanes) * a.Outer) + outer, column);
                var x2 = TTerm.Of(a, ((k + (2 * lanes)) * a.Outer) + outer, column);
                var x3 = TTerm.Of(a, ((k + (3 * lanes)) * a.Outer) + outer, column);
                result = TCombination.Combine(result, TCombination.Combine(TCombination.Combine(x0, x1), TCombination.Combine(x2, x3)));
            }

            for (; k < end; k += lanes)
            {
                result = TCombination.Combine(result, TTerm.Of(a, (k * a.Outer) + outer, column));
            }
        }

        result = GroupReduction.OverStrides<TCombination>(shared, result, a.Width);
        if (lane == 0 && column < a.Input.Columns)
        {
            a.Output.Put((chunk * a.Outer) + outer, column, a.Scale * result, a.Accumulate);
        }
    }
}
