using DigitalTwin.Kernels;
using DigitalTwin.Numerics.Compute.Parity;

namespace DigitalTwin.Tests.Engine.Kernels;

/// <summary>Every kernel computes what float64 computes, on ILGPU's CPU accelerator. The same matrix runs on a card by <c>digitaltwin devices</c>.</summary>
public sealed class ParityTests
{
    // Long enough to be shared by a group and to leave a remainder; the debugger takes a microsecond a thread.
    private const int HubDegree = 37;

    // Longest inner size and row that the debugger can bear.
    private static readonly IlgpuOptions Options = new() { GroupSize = 32, LongRowEdges = 20 };

    [Fact]
    public void Reference_EveryOperation_MatchesFloat64()
    {
        using var backend = IlgpuBackend.OnDebugger(Options);
        var failures = ParityMatrix.Cases(HubDegree).Select(c => c.Run(backend)).Where(r => !r.Passed).Select(r => r.ToString());
        Assert.Equal(string.Empty, string.Join('\n', failures));
    }
}
