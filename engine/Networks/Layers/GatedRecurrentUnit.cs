using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Layers;

/// <summary>A gated recurrent unit: r and z are sigmoid(x W + h U), the candidate n = tanh(x Wn + r * (h Un)), the next state (1 - z) n + z h. The part of the inputs
/// does not wait for the state, so that it is one product for all steps.</summary>
/// <remarks>Source: [Cho2014] equations 5 to 8, with the reset gate after the product (the order that compiled kernels and torch use) and a bias on each side.</remarks>
public sealed class GatedRecurrentUnit
{
    private readonly Linear _input;
    private readonly Linear _state;

    /// <param name="scope">Where the parameters go.</param>
    /// <param name="inputWidth">Columns of an input.</param>
    /// <param name="stateWidth">Columns of the state.</param>
    public GatedRecurrentUnit(LayerScope scope, int inputWidth, int stateWidth)
    {
        ArgumentNullException.ThrowIfNull(scope);
        _input = new Linear(scope.Part("input"), inputWidth, 3 * stateWidth);
        _state = new Linear(scope.Part("state"), stateWidth, 3 * stateWidth);
        StateWidth = stateWidth;
    }

    public int StateWidth { get; }

    /// <summary>What inputs add to reset gate, update gate and candidate, side by side: [rows, inputs] to [rows, 3 * state].</summary>
    public Tensor InputPart(Tape tape, Tensor inputs) => _input.Forward(tape, inputs);

    /// <summary>The next state, [subjects, state].</summary>
    /// <param name="tape">Where to compute.</param>
    /// <param name="inputPart">Of this step, [subjects, 3 * state].</param>
    /// <param name="state">[subjects, state].</param>
    public Tensor Step(Tape tape, Tensor inputPart, Tensor state)
    {
        ArgumentNullException.ThrowIfNull(tape);
        var statePart = _state.Forward(tape, state);
        var gates = tape.Add(tape.SliceColumns(inputPart, 0, 2 * StateWidth), tape.SliceColumns(statePart, 0, 2 * StateWidth), Activation.Sigmoid);
        var (reset, update) = (tape.SliceColumns(gates, 0, StateWidth), tape.SliceColumns(gates, StateWidth, StateWidth));
        var remembered = tape.Multiply(reset, tape.SliceColumns(statePart, 2 * StateWidth, StateWidth));
        var candidate = tape.Add(tape.SliceColumns(inputPart, 2 * StateWidth, StateWidth), remembered, Activation.Tanh);
        return tape.Add(candidate, tape.Multiply(update, tape.Subtract(state, candidate)));
    }
}
