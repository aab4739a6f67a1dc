using System.Runtime.CompilerServices;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>A copy of few columns of a matrix with gaps, such as one channel of each node: number by number, since no register is ever full.</summary>
internal readonly unsafe struct NarrowCopyWork(Rows input, Rows output, float scale, bool accumulate) : IParallelWork
{
    private const int MostColumns = 3;
    private const int RowsOfItem = 4096;

    public int ItemCount => (output.Count + RowsOfItem - 1) / RowsOfItem;

    /// <summary>Whether both have the same shape and few columns, and at least one has gaps.</summary>
    public static bool Suits(Rows input, Rows output) =>
        output.Columns <= MostColumns && input.Columns == output.Columns && input.Count == output.Count && !(input.IsContiguous && output.IsContiguous);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Execute(int item, int worker)
    {
        var end = Math.Min(output.Count, (item + 1) * RowsOfItem);
        for (var column = 0; column < output.Columns; column++)
        {
            var from = input[(long)item * RowsOfItem] + column;
            var to = output[(long)item * RowsOfItem] + column;
            for (var row = item * RowsOfItem; row < end; row++)
            {
                *to = accumulate ? float.FusedMultiplyAdd(scale, *from, *to) : scale * *from;
                from += input.Stride;
                to += output.Stride;
            }
        }
    }
}
