using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Models.Network.Heads;

/// <summary>Cumulative logits from one score: thresholds less the score. The thresholds of training are a first one and positive steps; on top of an offset, which
/// has thresholds of its own, all of them move together.</summary>
internal sealed class OrderedThresholds : IHeadLayer
{
    private const float LeastStep = 1e-4f;

    private readonly Parameter _first;
    private readonly Parameter? _steps;
    private readonly Parameter? _sums;

    /// <param name="scope">Where the parameters go.</param>
    /// <param name="thresholds">First values, ascending; not looked at on top of an offset.</param>
    /// <param name="hasOffset">Whether there is an offset.</param>
    public OrderedThresholds(LayerScope scope, float[] thresholds, bool hasOffset)
    {
        _first = scope.Row("first", 1, hasOffset ? 0f : thresholds[0]);
        var steps = thresholds.Length - 1;
        if (hasOffset || steps == 0)
        {
            return;
        }

        var start = new float[steps];
        var sums = new float[steps * thresholds.Length];
        for (var k = 0; k < steps; k++)
        {
            // The inverse of softplus.
            var step = Math.Max(1e-3, (double)thresholds[k + 1] - thresholds[k] - LeastStep);
            start[k] = (float)(step + Math.Log(-double.ExpM1(-step)));
            sums.AsSpan((k * thresholds.Length) + k + 1, steps - k).Fill(1f);
        }

        _steps = scope.Parameters.Add($"{scope.Name}.steps", 1, steps, start, decays: false);
        _sums = scope.Statistics("sums", steps, thresholds.Length, sums);
    }

    public Tensor Forward(Tape tape, Tensor coefficients, Tensor? offset)
    {
        var shift = tape.Subtract(tape.Parameter(_first), coefficients);
        if (offset is not null)
        {
            return tape.Add(offset, shift);
        }

        if (_steps is null)
        {
            return shift;
        }

        var steps = tape.Shift(tape.Apply(tape.Parameter(_steps), UnaryFunction.Softplus), LeastStep);
        return tape.Add(tape.Linear(steps, tape.Parameter(_sums!)), shift);
    }
}
