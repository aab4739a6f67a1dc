using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Autodiff;

namespace DigitalTwin.Models.Network.Encoders;

/// <summary>What targets and doses say, and a residual of each seen drug and arm: zero at first, decaying, and often hidden while training, so that it takes only what the
/// targets cannot say. An arm never seen has no residual.</summary>
internal sealed class TreatmentEncoder : ITokenEncoder
{
    private readonly Linear? _described;
    private readonly Parameter _residual;
    private readonly Parameter _bias;
    private readonly int _describedWidth;
    private readonly float _hidden;

    public TreatmentEncoder(LayerScope scope, int describedWidth, int seenWidth, NetworkLearnerOptions options)
    {
        _described = describedWidth == 0 ? null : new Linear(scope.Part("described"), describedWidth, options.TokenWidth, hasBias: false);
        _residual = scope.Parameters.Add($"{scope.Name}.residual", seenWidth, options.TokenWidth);
        _bias = scope.Row("bias", options.TokenWidth);
        (_describedWidth, _hidden) = (describedWidth, options.ArmDropout);
    }

    public Tensor Forward(Tape tape, Tensor input)
    {
        var seen = tape.SliceColumns(input, _describedWidth, input.Columns - _describedWidth);
        var residual = tape.Linear(tape.Dropout(seen, _hidden), tape.Parameter(_residual), tape.Parameter(_bias));
        return _described is null ? residual : tape.Add(_described.Forward(tape, tape.SliceColumns(input, 0, _describedWidth)), residual);
    }

    public void Dispose()
    {
    }
}
