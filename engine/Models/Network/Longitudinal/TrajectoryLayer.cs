using DigitalTwin.Models.Network.Heads;
using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Models.Network.Longitudinal;

/// <summary>Curves of a subject: the mean curve (or those of another model) + what its state decodes to - what a state of 0 decodes to. The state steps through the grid
/// by a recurrent unit, or by a differential equation.</summary>
/// <remarks>Sources: [Cho2014] (the unit), [Chen2018] (the state follows a learnt equation), [Rubanova2019] (for times of the subject's own).</remarks>
internal sealed class TrajectoryLayer : IHeadLayer
{
    private readonly Parameter _bias;
    private readonly Parameter _clock;
    private readonly GatedRecurrentUnit? _unit;
    private readonly MultilayerPerceptron? _flow;
    private readonly Linear _readout;
    private readonly float[] _steps;

    public TrajectoryLayer(LayerScope scope, TrajectoryGrid grid, LongitudinalOptions options, bool hasOffset)
    {
        var (days, span) = (grid.GridDays, grid.GridDays[^1] - grid.GridDays[0]);
        _steps = [.. Enumerable.Range(1, days.Length - 1).Select(k => (float)((days[k] - days[k - 1]) / span))];
        var start = new float[2 * grid.EndpointCount * days.Length];
        for (var k = 0; k < start.Length / 2 && !hasOffset; k++)
        {
            (start[2 * k], start[(2 * k) + 1]) = ((float)grid.StartMeans[k], (float)Math.Log(grid.StartVariances[k % grid.EndpointCount]));
        }

        _bias = scope.Parameters.Add($"{scope.Name}.bias", 1, start.Length, start, decays: false);
        _readout = new Linear(scope.Part("readout"), options.StateWidth, 2 * grid.EndpointCount, hasBias: false);

        // What the unit hears of time: the share of the span at the end of a step, and the length of the step.
        var clock = new float[2 * _steps.Length];
        for (var k = 0; k < _steps.Length; k++)
        {
            (clock[2 * k], clock[(2 * k) + 1]) = ((float)((days[k + 1] - days[0]) / span), _steps[k] * _steps.Length);
        }

        _clock = scope.Statistics("clock", _steps.Length, 2, clock);
        if (options.Decoder == TrajectoryDecoder.Recurrent)
        {
            _unit = new GatedRecurrentUnit(scope.Part("unit"), 2, options.StateWidth);
        }
        else
        {
            _flow = new MultilayerPerceptron(scope.Part("flow"), [options.StateWidth, 2 * options.StateWidth, options.StateWidth], Activation.Tanh);
        }
    }

    public Tensor Forward(Tape tape, Tensor coefficients, Tensor? offset)
    {
        // A last row of zeros: what is decoded from it is taken off all others.
        var state = tape.ConcatenateRows(coefficients, tape.Filled(1, coefficients.Columns, 0f, "no state"));
        var parts = _unit?.InputPart(tape, tape.Parameter(_clock));
        var curves = _readout.Forward(tape, state);
        for (var k = 0; k < _steps.Length; k++)
        {
            state = parts is null ? RungeKutta(tape, state, _steps[k]) : _unit!.Step(tape, tape.SliceRows(parts, k, 1), state);
            curves = tape.ConcatenateColumns(curves, _readout.Forward(tape, state));
        }

        var own = tape.Subtract(tape.SliceRows(curves, 0, coefficients.Rows), tape.SliceRows(curves, coefficients.Rows, 1));
        var outputs = tape.Add(own, tape.Parameter(_bias));
        return offset is null ? outputs : tape.Add(outputs, offset);
    }

    private Tensor RungeKutta(Tape tape, Tensor state, float step)
    {
        var first = _flow!.Forward(tape, state);
        var second = _flow.Forward(tape, tape.Add(state, tape.Scale(first, step / 2)));
        var third = _flow.Forward(tape, tape.Add(state, tape.Scale(second, step / 2)));
        var fourth = _flow.Forward(tape, tape.Add(state, tape.Scale(third, step)));
        var slope = tape.Add(tape.Add(first, fourth), tape.Scale(tape.Add(second, third), 2f));
        return tape.Add(state, tape.Scale(slope, step / 6));
    }
}
