using DigitalTwin.Kernels;
using DigitalTwin.Kernels.Catalog;
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

    /// <summary>Launches with their scratch memory; what ILGPU does to start a kernel is not in it.</summary>
    [Fact]
    public void Property_AnOperationThatHasRunBefore_AllocatesNothing()
    {
        const int Nodes = 200;
        using var backend = IlgpuBackend.OnDebugger(Options, new NoLauncher());
        using var graph = backend.Load(ParityGraphs.HeavyTail(Nodes, 6));
        using var first = backend.Rent(20 * Nodes * 8);
        using var second = backend.Rent(20 * Nodes * 8);
        using var small = backend.Rent(64);
        var (x, y, weight) = (first.AsMatrix(20 * Nodes, 8), second.AsMatrix(20 * Nodes, 8), small.AsMatrix(8, 8));
        Action[] operations =
        [
            () => backend.Multiply(graph, false, x, y),
            () => backend.Gemm(new GemmArguments(x, weight, y)),
            () => backend.Gemm(new GemmArguments(x, y, weight) { TransposeA = true }),
            () => backend.Reduce(Reduction.Sum, x, weight.SliceRows(0, 1)),
            () => backend.Unary(UnaryFunction.Exp, x, y),
            () => backend.Copy(weight.SliceRows(0, 1), x),
            () => backend.EdgesToNodes(graph, EdgeSide.Column, first.AsMatrix(graph.EdgeCount, 2), second.AsMatrix(Nodes, 2)),
        ];
        foreach (var operation in operations)
        {
            operation();
            operation();
            var before = GC.GetAllocatedBytesForCurrentThread();
            operation();
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    /// <summary>Everything but the launch itself.</summary>
    private sealed class NoLauncher : IKernelLauncher
    {
        public void Launch<TArguments>(CatalogKernel<TArguments> kernel, int groupCount, int groupSize, in TArguments arguments)
            where TArguments : struct
        {
        }
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
