using DigitalTwin.Kernels;
using DigitalTwin.Numerics.Compute.Parity;

namespace DigitalTwin.Tests.Engine.Kernels;

/// <summary>Every kernel computes what float64 computes, on ILGPU's CPU accelerator. The same matrix runs on a card by <c>digitaltwin devices</c>.</summary>
public sealed class ParityTests
{
    // Rows longer than a warp, with a remainder.
    private const int HubDegree = 37;

    private static readonly IlgpuOptions Options = new() { GroupSize = 32, LongRowEdges = 20 };

    // The debugger takes a microsecond a thread: shapes of more than 2,000 numbers run as PTX text only (Ptx/PtxParityTests.cs). Every operation stays.
    private static readonly string[] LargeShapes = ["[5000, 3]", "[3, 5000]", "[64, 64]", "[130, 19]", "of 70001"];

    [Fact]
    public void Reference_EveryOperation_MatchesFloat64()
    {
        using var backend = IlgpuBackend.OnDebugger(Options);
        var failures = ParityMatrix.Cases(HubDegree)
            .Where(c => !Array.Exists(LargeShapes, s => c.Name.Contains(s, StringComparison.Ordinal)))
            .Select(c => c.Run(backend)).Where(r => !r.Passed).Select(r => r.ToString());
        Assert.Equal(string.Empty, string.Join('\n', failures));
    }
}
