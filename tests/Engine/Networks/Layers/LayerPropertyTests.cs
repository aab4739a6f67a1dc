using DigitalTwin.Numerics.Compute.Reference;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Networks.Layers;

public sealed class LayerPropertyTests
{
    private const int PatientCount = 2;
    private static readonly int[] NewNumbers = [3, 5, 0, 1, 4, 2];

    public static TheoryData<string> OverNodes() => [.. LayerCases.OverNodes];

    public static TheoryData<string> All() => [.. LayerCases.All];

    /// <summary>Nodes written in another order give the same outputs in that order.</summary>
    [Theory]
    [MemberData(nameof(OverNodes))]
    public void Property_RelabelledNodes_GiveRelabelledOutput(string name)
    {
        var input = Input(1);
        var (output, width) = Run(name, null, input);
        var (relabelled, _) = Run(name, NewNumbers, Relabel(input, 3));
        Agreement.Close(Relabel(output, width), relabelled, 1e-10, 1e-12);
        Assert.True(output.Max() - output.Min() > 0.1);
    }

    /// <summary>A patient's output does not depend on who else is in the batch.</summary>
    [Theory]
    [MemberData(nameof(OverNodes))]
    public void Property_APatientAlone_GivesTheSame(string name)
    {
        var input = Input(2);
        var (together, _) = Run(name, null, input);
        var (alone, _) = Run(name, null, input[(input.Length / PatientCount)..]);
        Agreement.Close(together.AsSpan(together.Length / PatientCount), alone, 1e-12, 1e-14);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Property_GradientOfInputAndParameters_MatchesCentralDifferences(string name)
    {
        const double step = 1e-5;
        using var bench = new LayerBench();
        var layer = LayerCases.Make(name, bench);
        bench.Scatter();
        var input = Input(3);
        var (_, inputGradient) = bench.Differentiate(layer, input, isTraining: true);
        for (var k = 0; k < input.Length; k++)
        {
            var at = (double[])input.Clone();
            at[k] += step;
            var above = Loss();
            at[k] -= 2 * step;
            Agreement.Close((above - Loss()) / (2 * step), inputGradient[k], 1e-5, 1e-5);

            double Loss() => Weigh(bench.Run(layer, at, isTraining: true));
        }

        foreach (var parameter in bench.Parameters.Parameters.Where(p => p.IsTrainable))
        {
            var gradient = LayerBench.Numbers(parameter.Gradient);
            for (var k = 0; k < gradient.Length; k++)
            {
                var place = (int)parameter.Value.Offset + k;
                var value = ReferenceBackend.Numbers(parameter.Value.Buffer)[place];
                var above = LossAt(value + step);
                var below = LossAt(value - step);
                ReferenceBackend.Numbers(parameter.Value.Buffer)[place] = value;
                Agreement.Close((above - below) / (2 * step), gradient[k], 1e-5, 1e-5);

                double LossAt(double number)
                {
                    ReferenceBackend.Numbers(parameter.Value.Buffer)[place] = number;
                    return Weigh(bench.Run(layer, input, isTraining: true));
                }
            }
        }
    }

    private static double Weigh(double[] output) => output.Select((v, k) => v * Math.Sin(k + 1)).Sum();

    private static double[] Input(int seed) => [.. Enumerable.Range(0, PatientCount * LayerCases.NodeCount * 3).Select(k => Math.Sin((7 * k) + seed + (0.3 * k * k)))];

    private static (double[] Output, int Width) Run(string name, int[]? newNumbers, double[] input)
    {
        using var bench = new LayerBench();
        var layer = LayerCases.Make(name, bench, newNumbers);
        bench.Scatter();
        return (bench.Run(layer, input), layer.OutputWidth);
    }

    private static double[] Relabel(double[] rows, int width)
    {
        var moved = new double[rows.Length];
        for (var r = 0; r < rows.Length / width; r++)
        {
            var (patient, node) = (r / LayerCases.NodeCount, r % LayerCases.NodeCount);
            rows.AsSpan(r * width, width).CopyTo(moved.AsSpan(((patient * LayerCases.NodeCount) + NewNumbers[node]) * width));
        }

        return moved;
    }
}
