using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Networks.Layers;

/// <summary>Each layer against its formula over a dense adjacency matrix, computed and differentiated by torch in float64.</summary>
public sealed class LayerReferenceTests
{
    private static readonly ReferenceValues Torch = ReferenceData.Values("torch/layers.csv");

    public static TheoryData<string> Cases() => [.. LayerCases.InTorch];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Reference_Layer_MatchesDenseTorch(string name)
    {
        using var bench = new LayerBench();
        var layer = LayerCases.Make(name, bench);
        foreach (var parameter in bench.Parameters.Parameters)
        {
            bench.Set(parameter.Name, Torch.Vector(name, $"value.{parameter.Name}"));
        }

        var (output, inputGradient) = bench.Differentiate(layer, Torch.Vector(name, "input"));
        Agreement.Close(Torch.Vector(name, "output"), output, 1e-5, 1e-6);
        Agreement.Close(Torch.Vector(name, "gradient.input"), inputGradient, 1e-5, 1e-6);
        foreach (var parameter in bench.Parameters.Parameters)
        {
            Agreement.Close(Torch.Vector(name, $"gradient.{parameter.Name}"), LayerBench.Numbers(parameter.Gradient), 1e-5, 2e-6);
        }
    }
}
