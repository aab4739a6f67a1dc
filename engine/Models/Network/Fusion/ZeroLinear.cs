using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Autodiff;

namespace DigitalTwin.Models.Network.Fusion;

/// <summary>dropout(x) W with W zero at first: a network that ends in it starts from what it is added to.</summary>
internal sealed class ZeroLinear(LayerScope scope, int inputWidth, int outputWidth, float dropout)
{
    private readonly Parameter _weight = scope.Parameters.Add($"{scope.Name}.weight", inputWidth, outputWidth);

    public Tensor Forward(Tape tape, Tensor input) => tape.Linear(tape.Dropout(input, dropout), tape.Parameter(_weight));
}
