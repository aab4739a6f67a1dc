using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Autodiff;

namespace DigitalTwin.Models.Network.Heads;

/// <summary>coefficients * basis + bias + offset. The bias starts at what all training subjects have in common, or at 0 on top of an offset.</summary>
internal sealed class ShiftedHeadLayer : IHeadLayer
{
    private readonly Parameter _bias;
    private readonly Parameter? _basis;

    /// <param name="scope">Where the parameters go.</param>
    /// <param name="start">First values of the bias, shape [outputs].</param>
    /// <param name="basis">Row-major [coefficients, outputs]; null where coefficients are the outputs.</param>
    public ShiftedHeadLayer(LayerScope scope, float[] start, float[]? basis = null)
    {
        _bias = scope.Parameters.Add($"{scope.Name}.bias", 1, start.Length, start, decays: false);
        _basis = basis is null ? null : scope.Statistics("basis", basis.Length / start.Length, start.Length, basis);
    }

    public Tensor Forward(Tape tape, Tensor coefficients, Tensor? offset)
    {
        var shaped = _basis is null ? coefficients : tape.Linear(coefficients, tape.Parameter(_basis));
        var outputs = tape.Add(shaped, tape.Parameter(_bias));
        return offset is null ? outputs : tape.Add(outputs, offset);
    }
}
