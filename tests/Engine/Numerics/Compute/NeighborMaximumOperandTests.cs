using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Compute.Reference;

namespace DigitalTwin.Tests.Engine.Numerics.Compute;

public sealed class NeighborMaximumOperandTests
{
    [Theory]
    [InlineData(4095, true)]
    [InlineData(4096, false)]
    public void Error_MoreEdgesThanFloat32CanNumber_AreRefused(int rows, bool fits)
    {
        // Every row hears from all 4,096 columns: 2^24 edges at 4,096 rows, where float32 stops telling whole numbers apart.
        const int Columns = 4096;
        var (offsets, indices) = (new int[rows + 1], new int[rows * Columns]);
        for (var e = 0; e < indices.Length; e++)
        {
            indices[e] = e % Columns;
        }

        for (var i = 0; i <= rows; i++)
        {
            offsets[i] = i * Columns;
        }

        using var backend = new ReferenceBackend();
        using var graph = backend.Load(new CsrMatrix(rows, Columns, offsets, indices));
        var (input, output, which) = (backend.Rent(Columns).AsMatrix(Columns, 1), backend.Rent(rows).AsMatrix(rows, 1), backend.Rent(rows).AsMatrix(rows, 1));
        if (fits)
        {
            Assert.Equal(1, OperandCheck.NeighborMaximum(graph, input, output, which));
            return;
        }

        var error = Assert.Throws<ArgumentException>(() => backend.NeighborMaximum(graph, input, output, which));
        Assert.Contains("16777216 edges", error.Message, StringComparison.Ordinal);
    }
}
