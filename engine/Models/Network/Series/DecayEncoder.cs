using DigitalTwin.Models.Network.Encoders;
using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Autodiff;

namespace DigitalTwin.Models.Network.Series;

/// <summary>The last state of a <see cref="DecayingRecurrence"/> as a token.</summary>
internal sealed class DecayEncoder : ITokenEncoder
{
    private readonly DecayingRecurrence _recurrence;
    private readonly Linear _token;
    private readonly ResidualBlock _block;

    public DecayEncoder(LayerScope scope, int channelCount, int stepCount, int stateWidth, NetworkLearnerOptions options)
    {
        _recurrence = new DecayingRecurrence(scope.Part("recurrence"), channelCount, stepCount, stateWidth);
        _token = new Linear(scope.Part("token"), stateWidth, options.TokenWidth);
        _block = new ResidualBlock(scope.Part("block"), options.TokenWidth, options.HiddenWidth, options.Dropout);
    }

    public Tensor Forward(Tape tape, Tensor input) => _block.Forward(tape, _token.Forward(tape, _recurrence.Forward(tape, input)));

    public void Dispose()
    {
    }
}
