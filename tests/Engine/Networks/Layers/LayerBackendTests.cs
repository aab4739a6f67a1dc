using DigitalTwin.Kernels;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Networks.Layers;

/// <summary>Each layer in float32, on the SIMD backend and on ILGPU's CPU accelerator, against the same layer in float64: outputs, and gradients of input and parameters.</summary>
public sealed class LayerBackendTests
{
    public static TheoryData<string> Cases() => [.. LayerCases.All];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Reference_LayerOnSimd_MatchesFloat64(string name) => Compare(name, new SimdBackend(2));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Reference_LayerOnIlgpu_MatchesFloat64(string name) => Compare(name, IlgpuBackend.OnDebugger(new IlgpuOptions { GroupSize = 32, LongRowEdges = 20 }));

    private static void Compare(string name, IComputeBackend backend)
    {
        double[] input = [.. Enumerable.Range(0, 2 * LayerCases.NodeCount * 3).Select(k => Math.Sin((7 * k) + (0.3 * k * k)))];
        var expected = Run(name, new LayerBench(), input);
        var actual = Run(name, new LayerBench(backend), input);
        Assert.Equal(expected.Count, actual.Count);
        foreach (var (first, second) in expected.Zip(actual))
        {
            Agreement.Close(first, second, 2e-4, 2e-5);
        }
    }

    private static List<double[]> Run(string name, LayerBench bench, double[] input)
    {
        using (bench)
        {
            var layer = LayerCases.Make(name, bench);
            bench.Scatter();
            var (output, inputGradient) = bench.Differentiate(layer, input, isTraining: true);
            return [output, inputGradient, .. bench.Parameters.Parameters.Select(p => bench.Read(p.Gradient))];
        }
    }
}
