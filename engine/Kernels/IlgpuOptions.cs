using DigitalTwin.Kernels.Products;

namespace DigitalTwin.Kernels;

/// <summary>Settings of <see cref="IlgpuBackend"/>. The defaults suit a card; results repeat bit for bit only among runs with the same settings.</summary>
public sealed record IlgpuOptions
{
    /// <summary>Device memory to use at most, in bytes; null for all the device has.</summary>
    public long? MemoryBudgetBytes { get; init; }

    /// <summary>Threads of a group, a power of two from 32 to 256; a product always uses groups of 64.</summary>
    public int GroupSize { get; init; } = 256;

    /// <summary>A row with more edges than this is shared by all threads of a group.</summary>
    public int LongRowEdges { get; init; } = 256;

    /// <summary>Features of a row that are gathered in one pass over the edges, a multiple of 4: less needs less cache and reads the edges more often.</summary>
    public int PanelColumns { get; init; } = 64;

    /// <summary>Tensor cores for dense products: off by default, CUDA of compute capability 8.0 only; the error stands at each choice.</summary>
    public ProductPrecision ProductPrecision { get; init; } = ProductPrecision.Single;

    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    internal void Check()
    {
        if (GroupSize is not (32 or 64 or 128 or 256))
        {
            throw new ArgumentOutOfRangeException(nameof(GroupSize), GroupSize, "A group has 32, 64, 128 or 256 threads.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(LongRowEdges, 1, nameof(LongRowEdges));
        if (PanelColumns < 4 || PanelColumns % 4 != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(PanelColumns), PanelColumns, "A panel has a positive multiple of 4 columns.");
        }

        if (MemoryBudgetBytes is { } budget)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(budget, nameof(MemoryBudgetBytes));
        }
    }
}
