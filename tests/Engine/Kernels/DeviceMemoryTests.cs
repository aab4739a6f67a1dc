using DigitalTwin.Kernels;
using DigitalTwin.Kernels.Memory;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Tests.Engine.Kernels;

/// <summary>Who owns device memory, and what happens when it is short.</summary>
public sealed class DeviceMemoryTests
{
    private static readonly IlgpuOptions Small = new() { GroupSize = 32, MemoryBudgetBytes = 64 * 1024 };

    [Fact]
    public void Property_ASizeClass_HoldsTheLength_AndWastesAtMostAnEighth()
    {
        for (var length = 65L; length < 1L << 36; length += 1 + (length / 7))
        {
            var size = SizeClass.Of(length);
            Assert.InRange(size, length, length + (length / 8) + 1);
            Assert.Equal(size, SizeClass.Of(size));
        }
    }

    [Fact]
    public void Property_ABufferGivenBack_ServesTheNextRenter_AndIsClearedOnRequest()
    {
        using var backend = IlgpuBackend.OnDebugger(Small);
        using (var first = backend.Rent(1000))
        {
            backend.Fill(first.AsMatrix(10, 100), 3f);
        }

        var pooled = backend.Memory.PooledBytes;
        using var second = backend.Rent(1000);
        Assert.Equal((0, pooled), (backend.Memory.PooledBytes, backend.Memory.RentedBytes));
        var numbers = new float[1000];
        backend.Download(second.AsMatrix(10, 100), numbers);
        Assert.All(numbers, n => Assert.Equal(0f, n));
    }

    [Fact]
    public void Property_WaitingBuffersAreFreedBeforeAnybodyIsRefused()
    {
        using var backend = IlgpuBackend.OnDebugger(Small);
        // 40 KiB wait; 48 KiB fit into 64 KiB only once those are gone.
        backend.Rent(10 * 1024).Dispose();
        Assert.Equal(40 * 1024, backend.Memory.PooledBytes);
        using var large = backend.Rent(12 * 1024);
        Assert.Equal((0, 48 * 1024), (backend.Memory.PooledBytes, backend.Memory.RentedBytes));
    }

    [Fact]
    public void Error_TooLarge_NamesNeededAndFreeBytes_AndLeavesTheRestUsable()
    {
        using var backend = IlgpuBackend.OnDebugger(Small);
        using var held = backend.Rent(8 * 1024);
        var error = Assert.Throws<InsufficientDeviceMemoryException>(() => backend.Rent(12 * 1024));
        Assert.Equal((48 * 1024, 32 * 1024), (error.NeededBytes, error.FreeBytes));
        Assert.Contains(backend.Name, error.Message, StringComparison.Ordinal);
        using var rest = backend.Rent(8 * 1024);
        Assert.Equal(0, backend.Memory.FreeBytes);
    }

    [Fact]
    public void Error_ABufferIsNotUsedAfterItsOwnerGaveItBack()
    {
        using var backend = IlgpuBackend.OnDebugger(Small);
        var buffer = backend.Rent(10);
        buffer.Dispose();
        buffer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => backend.Fill(buffer.AsMatrix(1, 10), 1f));
        Assert.Equal(0, backend.Memory.RentedBytes);
    }

    [Fact]
    public void Error_AnotherBackendsBufferAndGraph_AreRefused()
    {
        using var backend = IlgpuBackend.OnDebugger(Small);
        using var other = IlgpuBackend.OnDebugger(Small);
        using var buffer = other.Rent(10);
        using var graph = other.Load(CsrMatrix.Selection([0], 1));
        using var own = backend.Rent(10);
        Assert.Throws<ArgumentException>(() => backend.Fill(buffer.AsMatrix(1, 10), 1f));
        Assert.Throws<ArgumentException>(() => backend.Multiply(graph, false, own.AsMatrix(1, 1), own.AsMatrix(1, 1)));
    }

    [Theory]
    [InlineData(33, 20, 64)]
    [InlineData(512, 20, 64)]
    [InlineData(32, 0, 64)]
    [InlineData(32, 20, 6)]
    public void Error_SettingsOutOfRange_AreRefused(int groupSize, int longRowEdges, int panelColumns) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            IlgpuBackend.OnDebugger(new IlgpuOptions { GroupSize = groupSize, LongRowEdges = longRowEdges, PanelColumns = panelColumns }).Dispose());
}
