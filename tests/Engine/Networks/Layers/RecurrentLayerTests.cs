using DigitalTwin.Networks.Layers;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Networks.Layers;

public sealed class RecurrentLayerTests
{
    private static readonly ReferenceValues Torch = ReferenceData.Values("torch/recurrent.csv");

    [Fact]
    public void Reference_DecayingRecurrence_MatchesTorchStepByStep()
    {
        using var bench = new LayerBench();
        var layer = new DecayingRecurrence(bench.Scope, channelCount: 2, stepCount: 4, stateWidth: 3);
        foreach (var parameter in bench.Parameters.Parameters)
        {
            bench.Set(parameter.Name, Torch.Vector("decaying-recurrence", $"value.{parameter.Name}"));
        }

        var (output, inputGradient) = bench.Differentiate(layer, Torch.Vector("decaying-recurrence", "input"));

        Agreement.Close(Torch.Vector("decaying-recurrence", "output"), output, 1e-5, 1e-6);
        Agreement.Close(Torch.Vector("decaying-recurrence", "gradient.input"), inputGradient, 1e-5, 1e-6);
        Assert.Equal(8, bench.Parameters.Parameters.Count);
        foreach (var parameter in bench.Parameters.Parameters)
        {
            Agreement.Close(Torch.Vector("decaying-recurrence", $"gradient.{parameter.Name}"), LayerBench.Numbers(parameter.Gradient), 1e-5, 2e-6);
        }
    }
}
