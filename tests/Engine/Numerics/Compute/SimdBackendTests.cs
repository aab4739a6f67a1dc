using System.Runtime.InteropServices;
using System.Security.Cryptography;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Compute.Parity;
using DigitalTwin.Numerics.Compute.Reference;
using DigitalTwin.Numerics.Compute.Simd;

namespace DigitalTwin.Tests.Engine.Numerics.Compute;

public sealed class SimdBackendTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Property_EveryOperation_GivesTheSameBytesOnAnyNumberOfThreads(int threads)
    {
        using var one = new SimdBackend(1);
        using var many = new SimdBackend(threads);
        var differing = ParityMatrix.Cases(hubDegree: 300).Where(c => !Digest(c, one).SequenceEqual(Digest(c, many))).Select(c => c.Name);
        Assert.Equal(string.Empty, string.Join('\n', differing));
    }

    [Fact]
    public void Property_LargeProducts_GiveTheSameBytesOnAnyNumberOfThreads()
    {
        // Sizes at which work is cut into several blocks, parts and panels, and outputs stream past the caches.
        var cases = new ParityCase[]
        {
            new("tall", 1e-4, w => w.Collect(Product(w, 70_000, 64, 64, false))),
            new("long sums", 1e-4, w => w.Collect(Product(w, 30, 20, 30_000, true))),
            new("square", 1e-4, w => w.Collect(Product(w, 300, 200, 2500, false))),
        };
        using var one = new SimdBackend(1);
        using var three = new SimdBackend(3);
        Assert.All(cases, c => Assert.Equal(Digest(c, one), Digest(c, three)));
    }

    [Theory]
    [InlineData(70_000, 64, 64, false)]
    [InlineData(30, 20, 30_000, true)]
    [InlineData(300, 200, 2500, false)]
    [InlineData(130, 70, 2500, true)]
    public void Reference_LargeProduct_MatchesFloat64(int rows, int columns, int inner, bool transposeA)
    {
        using var backend = new SimdBackend(2);
        var result = new ParityCase("product", 2e-4, w =>
        {
            var product = Product(w, rows, columns, inner, transposeA);

            // Every 37th row: float64 is slow.
            for (var row = 0; row < rows; row += 37)
            {
                w.Collect(product.SliceRows(row, 1));
            }
        }).Run(backend);
        Assert.True(result.Passed, result.ToString());
    }

    [Fact]
    public void Property_ABufferGivenBack_ServesTheNextRenterOfThatLength()
    {
        using var backend = new SimdBackend(1);
        var first = backend.Rent(1000);
        backend.Fill(first.AsMatrix(10, 100), 7f);
        first.Dispose();
        Assert.Equal(new MemoryReport(backend.Memory.TotalBytes, 0, 4000), backend.Memory);
        using var second = backend.Rent(1000);
        Assert.Same(first, second);
        var numbers = new float[1000];
        backend.Download(second.AsMatrix(10, 100), numbers);
        Assert.All(numbers, n => Assert.Equal(0f, n));
    }

    [Fact]
    public void Error_BufferBeyondTheBudget_NamesNeededAndFreeBytes()
    {
        using var backend = new SimdBackend(1, memoryBudgetBytes: 10_000);
        using var kept = backend.Rent(1000);
        backend.Rent(1500).Dispose();
        var error = Assert.Throws<InsufficientDeviceMemoryException>(() => backend.Rent(2000));
        Assert.Equal((8000L, 6000L), (error.NeededBytes, error.FreeBytes));
        Assert.Contains("6000 bytes free, and 8000 are needed", error.Message, StringComparison.Ordinal);
        using var fits = backend.Rent(1400);
        Assert.Equal(9600, backend.Memory.RentedBytes);
    }

    [Fact]
    public void Error_BufferOfAnotherBackend_IsRefused()
    {
        using var backend = new SimdBackend(1);
        using var other = new SimdBackend(1);
        using var reference = new ReferenceBackend();
        Assert.Contains("another backend", Assert.Throws<ArgumentException>(() => backend.Fill(other.Rent(4).AsMatrix(2, 2), 1f)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => backend.Fill(reference.Rent(4).AsMatrix(2, 2), 1f));
        using var graph = reference.Load(CsrMatrix.Selection([0], 1));
        using var buffer = backend.Rent(1);
        Assert.Throws<ArgumentException>(() => backend.Multiply(graph, false, buffer.AsMatrix(1, 1), buffer.AsMatrix(1, 1)));
    }

    [Fact]
    public void Error_BufferGivenBack_IsRefused()
    {
        using var backend = new SimdBackend(1);
        var buffer = backend.Rent(4);
        var view = buffer.AsMatrix(2, 2);
        buffer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => backend.Fill(view, 1f));
    }

    [Fact]
    public void Error_NoThreads_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new SimdBackend(0));

    [Fact]
    public void ClosedForm_ThreadsThatSlept_WakeForTheNextWork()
    {
        using var backend = new SimdBackend(4);
        using var buffer = backend.Rent(200_000);
        var view = buffer.AsMatrix(1, 200_000);
        using var total = backend.Rent(1);
        for (var round = 1; round <= 3; round++)
        {
            // Long enough for the helpers to stop spinning.
            Thread.Sleep(20);
            backend.Fill(view, round);
            backend.Reduce(Reduction.Sum, view, total.AsMatrix(1, 1));
            var sum = new float[1];
            backend.Download(total.AsMatrix(1, 1), sum);
            Assert.Equal(200_000f * round, sum[0]);
        }
    }

    private static MatrixView Product(ParityWorkspace w, int rows, int columns, int inner, bool transposeA)
    {
        var (a, b) = (transposeA ? w.Random(inner, rows) : w.Random(rows, inner), w.Random(inner, columns));
        var c = w.Random(rows, columns);
        w.Backend.Gemm(new GemmArguments(a, b, c) { TransposeA = transposeA });
        return c;
    }

    private static byte[] Digest(ParityCase @case, IComputeBackend backend)
    {
        using var workspace = new ParityWorkspace(backend);
        @case.Compute(workspace);
        return SHA256.HashData(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(workspace.Outputs)));
    }
}
