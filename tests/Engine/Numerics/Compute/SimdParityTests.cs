using DigitalTwin.Numerics.Compute.Parity;
using DigitalTwin.Numerics.Compute.Simd;

namespace DigitalTwin.Tests.Engine.Numerics.Compute;

/// <summary>Every operation of the SIMD backend against float64, at the shapes that break kernels.</summary>
public sealed class SimdParityTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Reference_EveryOperation_MatchesFloat64(int threads)
    {
        using var backend = new SimdBackend(threads);
        var cases = ParityMatrix.Cases().ToArray();
        Assert.True(cases.Length > 300);
        var failed = cases.Select(c => c.Run(backend)).Where(r => !r.Passed).Select(r => r.ToString());
        Assert.Equal(string.Empty, string.Join('\n', failed));
        Assert.Equal(0, backend.Memory.RentedBytes);
    }
}
