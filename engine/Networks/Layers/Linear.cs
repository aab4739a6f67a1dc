using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Layers;

/// <summary>activation(x W + b), row by row: [rows, inputs] to [rows, outputs].</summary>
public sealed class Linear : ILayer
{
    private readonly Parameter _weight;
    private readonly Parameter? _bias;
    private readonly Activation _activation;

    public Linear(LayerScope scope, int inputWidth, int outputWidth, Activation activation = Activation.None, bool hasBias = true)
    {
        ArgumentNullException.ThrowIfNull(scope);
        _weight = scope.Weight("weight", inputWidth, outputWidth, WeightSchemes.For(activation));
        _bias = hasBias ? scope.Row("bias", outputWidth) : null;
        _activation = activation;
    }

    public int InputWidth => _weight.Rows;

    public int OutputWidth => _weight.Columns;

    public Tensor Forward(Tape tape, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return tape.Linear(input, tape.Parameter(_weight), _bias is null ? null : tape.Parameter(_bias), _activation);
    }
}
