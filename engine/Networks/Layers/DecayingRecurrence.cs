using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Layers;

/// <summary>GRU-D over a grid of steps: a number that is missing in a step decays from the last one seen towards 0, the state decays with the time that channels were not
/// seen, both at learnt rates, and which channels were seen is an input too. [subjects * steps, 3 * channels] to the state after the last step, [subjects, state].</summary>
/// <remarks>Source: [Che2018] equations 10 to 16, for standardised numbers, whose mean is 0. Columns of the input: last number seen up to and with this step, 1 where it was
/// seen in this step else 0, time since it was last seen. All that does not wait for the state is computed for all steps at once.</remarks>
public sealed class DecayingRecurrence : ILayer
{
    /// <summary>First rate of decay of numbers, a unit of time.</summary>
    private const float FirstRate = 0.1f;

    private readonly int _channelCount;
    private readonly int _stepCount;
    private readonly Parameter _rate;
    private readonly Parameter _rateShift;
    private readonly Linear _stateRate;
    private readonly GatedRecurrentUnit _unit;

    /// <param name="scope">Where the parameters go.</param>
    /// <param name="channelCount">Channels.</param>
    /// <param name="stepCount">Steps.</param>
    /// <param name="stateWidth">Columns of the state.</param>
    public DecayingRecurrence(LayerScope scope, int channelCount, int stepCount, int stateWidth)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stepCount);
        (_channelCount, _stepCount) = (channelCount, stepCount);
        (_rate, _rateShift) = (scope.Row("rate", channelCount, FirstRate), scope.Row("shift", channelCount));
        _stateRate = new Linear(scope.Part("state-rate"), channelCount, stateWidth);
        _unit = new GatedRecurrentUnit(scope.Part("unit"), 2 * channelCount, stateWidth);
    }

    public int InputWidth => 3 * _channelCount;

    public int OutputWidth => _unit.StateWidth;

    public Tensor Forward(Tape tape, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(input);
        var (subjects, width) = (input.Rows / _stepCount, _unit.StateWidth);
        var last = tape.SliceColumns(input, 0, _channelCount);
        var isSeen = tape.SliceColumns(input, _channelCount, _channelCount);
        var since = tape.SliceColumns(input, 2 * _channelCount, _channelCount);
        var kept = Decay(tape, tape.Add(tape.Multiply(since, tape.Parameter(_rate)), tape.Parameter(_rateShift)));

        // seen + (1 - seen) kept
        var share = tape.Add(kept, tape.Multiply(isSeen, tape.Shift(tape.Scale(kept, -1f), 1f)));
        var inputs = tape.ConcatenateColumns(tape.Multiply(last, share), isSeen);
        var inputParts = tape.Reshape(_unit.InputPart(tape, inputs), subjects, _stepCount * 3 * width);
        var stateKept = tape.Reshape(Decay(tape, _stateRate.Forward(tape, since)), subjects, _stepCount * width);
        var state = tape.Filled(subjects, width, 0f, "first state");
        for (var step = 0; step < _stepCount; step++)
        {
            state = tape.Multiply(state, tape.SliceColumns(stateKept, step * width, width));
            state = _unit.Step(tape, tape.SliceColumns(inputParts, step * 3 * width, 3 * width), state);
        }

        return state;
    }

    private static Tensor Decay(Tape tape, Tensor rate) => tape.Apply(tape.Scale(tape.Apply(rate, UnaryFunction.Relu), -1f), UnaryFunction.Exp);
}
