using DigitalTwin.Kernels;
using DigitalTwin.Numerics.Compute.Parity;

namespace DigitalTwin.Tests.Engine.Kernels.Ptx;

/// <summary>The code that a CUDA device would get computes what float64 computes: every operation as PTX text, run by <see cref="PtxMachine"/>.
/// ILGPU's CPU accelerator runs the C# itself and cannot see what the code generator does; this found reads moved past a barrier.</summary>
public sealed class PtxParityTests
{
    private const int HubDegree = 37;

    [Fact]
    public void Reference_EveryOperationAsPtx_MatchesFloat64()
    {
        using var compiler = new PtxCompiler();
        using var backend = IlgpuBackend.OnDebugger(new IlgpuOptions { GroupSize = 32, LongRowEdges = 20 }, new PtxLauncher(compiler));
        var failures = ParityMatrix.Cases(HubDegree).Select(c => c.Run(backend)).Where(r => !r.Passed).Select(r => r.ToString());
        Assert.Equal(string.Empty, string.Join('\n', failures));
    }
}
