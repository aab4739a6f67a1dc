using DigitalTwin.Kernels;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Compute.Parity;
using DigitalTwin.Tests.Engine.Kernels.Ptx;

namespace DigitalTwin.Tests.Engine.Kernels;

/// <summary>What the parity matrix, with its small shapes, does not reach: split products, panels, slices, and repeatability.</summary>
public sealed class BackendTests
{
    private static readonly IlgpuOptions Options = new() { GroupSize = 32, LongRowEdges = 20 };

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Reference_AProductSplitAlongItsInnerSize_MatchesFloat64(bool transposeA, bool transposeB)
    {
        const int Inner = 2500;
        var product = new ParityCase("split", 1e-4, w =>
        {
            var a = transposeA ? w.Random(2 * Inner, 12) : w.Random(2 * 12, Inner);
            var b = transposeB ? w.Random(2 * 9, Inner) : w.Random(2 * Inner, 9);
            var c = w.Random(2 * 12, 9, 1);
            w.Backend.Gemm(new GemmArguments(a, b, c)
            {
                TransposeA = transposeA,
                TransposeB = transposeB,
                BatchCount = 2,
                Alpha = 0.5f,
                Beta = 2f,
                Bias = w.Random(1, 9),
                Activation = Activation.Tanh,
            });
            w.Collect(c);
        });
        AssertAgrees(product, Options);
    }

    [Fact]
    public void Reference_AProductWithoutInnerSize_IsTheBias()
    {
        var product = new ParityCase("no inner size", 1e-6, w =>
        {
            var c = w.Random(5, 7);
            w.Backend.Gemm(new GemmArguments(w.Random(5, 0), w.Random(0, 7), c) { Bias = w.Random(1, 7) });
            w.Collect(c);
        });
        AssertAgrees(product, Options);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    public void Reference_FeaturesInPanels_MatchFloat64(int panelColumns)
    {
        foreach (var shape in ParityMatrix.Cases(25).Where(c => c.Name.Contains("product, hub", StringComparison.Ordinal) || c.Name.Contains("attention, hub", StringComparison.Ordinal)))
        {
            AssertAgrees(shape, Options with { PanelColumns = panelColumns });
        }
    }

    [Fact]
    public void Property_TheSameWork_GivesTheSameBytes()
    {
        var (first, second) = (AttentionBytes(), AttentionBytes());
        Assert.True(first.Length > 100);
        Assert.Equal(first, second);
    }

    [Fact]
    public void Property_RowSlices_CoverEveryRowOnce()
    {
        var next = 0;
        foreach (var (first, count) in new RowSlicing(100_000_000, 64))
        {
            Assert.Equal(next, first);
            Assert.True((long)count * 64 <= 1 << 30);
            next += count;
        }

        Assert.Equal(100_000_000, next);
    }

    private static float[] AttentionBytes()
    {
        using var backend = IlgpuBackend.OnDebugger(Options);
        using var workspace = new ParityWorkspace(backend);
        ParityMatrix.Cases(25).First(c => c.Name.StartsWith("dynamic graph attention, hub, 2 patients x 2", StringComparison.Ordinal)).Compute(workspace);
        return [.. workspace.Outputs];
    }

    private static void AssertAgrees(ParityCase shape, IlgpuOptions options)
    {
        using var compiler = new PtxCompiler();
        using var backend = IlgpuBackend.OnDebugger(options, new PtxLauncher(compiler));
        var result = shape.Run(backend);
        Assert.True(result.Passed, result.ToString());
    }
}
