using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Autodiff;

namespace DigitalTwin.Models.Network.Heads;

/// <summary>coefficients * basis + start + shift + offset. The start is what all training subjects have in common, or nothing on top of an offset; the shift is learned
/// from 0 and does not decay.</summary>
internal sealed class ShiftedHeadLayer : IHeadLayer
{
    private readonly Parameter _shift;
    private readonly Parameter? _start;
    private readonly Parameter? _basis;

    /// <param name="scope">Where the parameters go.</param>
    /// <param name="outputCount">Outputs.</param>
    /// <param name="start">Where outputs start, shape [outputs]; null on top of an offset.</param>
    /// <param name="basis">Row-major [coefficients, outputs]; null where coefficients are the outputs.</param>
    public ShiftedHeadLayer(LayerScope scope, int outputCount, float[]? start, float[]? basis = null)
    {
        _shift = scope.Row("shift", outputCount);
        _start = start is null ? null : scope.Statistics("start", 1, outputCount, start);
        _basis = basis is null ? null : scope.Statistics("basis", basis.Length / outputCount, outputCount, basis);
    }

    public Tensor Forward(Tape tape, Tensor coefficients, Tensor? offset)
    {
        var outputs = _basis is null ? coefficients : tape.Linear(coefficients, tape.Parameter(_basis));
        outputs = tape.Add(outputs, tape.Parameter(_shift));
        outputs = _start is null ? outputs : tape.Add(outputs, tape.Parameter(_start));
        return offset is null ? outputs : tape.Add(outputs, offset);
    }
}
