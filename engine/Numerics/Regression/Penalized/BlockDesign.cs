using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Numerics.Regression.Penalized;

/// <summary>Features of the same subjects in blocks that may be penalised differently, with what every choice of penalties shares. Immutable.</summary>
public sealed class BlockDesign
{
    private readonly double[][] _rowGrams;

    /// <param name="blocks">At least one, each [rows, features of the block], finite; centred features are best. A block may have no feature.</param>
    /// <param name="threadCount">Threads to use now; nothing depends on it.</param>
    /// <exception cref="ArgumentException">No block, no row, or blocks of different numbers of rows.</exception>
    public BlockDesign(IReadOnlyList<RowMajorMatrix> blocks, int threadCount = 1)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        if (blocks.Count == 0 || blocks[0].RowCount == 0 || blocks.Any(b => b.RowCount != blocks[0].RowCount))
        {
            throw new ArgumentException($"The {blocks.Count} blocks have [{string.Join(", ", blocks.Select(b => b.RowCount))}] rows; give the same subjects in each.", nameof(blocks));
        }

        Blocks = blocks;
        RowCount = blocks[0].RowCount;
        var starts = new int[blocks.Count + 1];
        for (var b = 0; b < blocks.Count; b++)
        {
            starts[b + 1] = starts[b] + blocks[b].ColumnCount;
        }

        BlockStarts = starts;
        ColumnCount = starts[^1];
        _rowGrams = ColumnCount > RowCount ? [.. blocks.Select(b => GramMatrix.OfRows(b, threadCount))] : [];
    }

    public IReadOnlyList<RowMajorMatrix> Blocks { get; }

    public int RowCount { get; }

    /// <summary>Features of all blocks.</summary>
    public int ColumnCount { get; }

    /// <summary>Place of the first feature of each block among all, and the number of all at the end; shape [blocks + 1].</summary>
    public IReadOnlyList<int> BlockStarts { get; }

    /// <summary>Products of the subjects' rows in one block, shape [rows, rows]; there only when there are more features than rows.</summary>
    internal ReadOnlySpan<double> RowGram(int block) => _rowGrams[block];
}
