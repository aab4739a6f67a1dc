using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Training;

/// <summary>Makes the steps of one parameter set: runs of neighbouring parameters of the same kind are one operation; what is not trainable is left alone.</summary>
internal sealed class Optimizer : IDisposable
{
    private readonly ParameterSet _parameters;
    private readonly OptimizerOptions _options;
    private readonly ComputeBuffer _first;
    private readonly ComputeBuffer _second;
    private readonly List<(MatrixView Value, MatrixView Gradient, MatrixView First, MatrixView Second, bool Decays)> _runs = [];

    public Optimizer(ParameterSet parameters, OptimizerOptions options)
    {
        (_parameters, _options) = (parameters, options);
        _first = parameters.Backend.Rent(parameters.AllValues.Length);
        _second = parameters.Backend.Rent(parameters.AllValues.Length);
        var list = parameters.Parameters;
        for (var k = 0; k < list.Count;)
        {
            var end = k + 1;
            while (end < list.Count && list[end].IsTrainable == list[k].IsTrainable && list[end].Decays == list[k].Decays)
            {
                end++;
            }

            if (list[k].IsTrainable)
            {
                Add(list[k], list[end - 1]);
            }

            k = end;
        }
    }

    /// <summary>First moment, or velocity, shape [1, length of the set].</summary>
    public MatrixView First => _first.AsMatrix(1, _parameters.AllValues.Columns);

    /// <summary>Second moment, shape [1, length of the set].</summary>
    public MatrixView Second => _second.AsMatrix(1, _parameters.AllValues.Columns);

    /// <param name="learningRate">Of this step.</param>
    /// <param name="gradientScale">Multiplies the gradients.</param>
    /// <param name="step">Number of this step, from 1.</param>
    public void Step(double learningRate, double gradientScale, long step)
    {
        for (var k = 0; k < _runs.Count; k++)
        {
            var (value, gradient, first, second, decays) = _runs[k];
            var decay = decays ? (float)_options.WeightDecay : 0f;
            if (_options.Kind == OptimizerKind.Sgd)
            {
                _parameters.Backend.SgdStep(value, gradient, first, new SgdStepArguments((float)learningRate, (float)_options.Momentum, decay, (float)gradientScale));
            }
            else
            {
                var arguments = new AdamStepArguments(
                    (float)learningRate, (float)_options.Beta1, (float)_options.Beta2, (float)_options.Epsilon, decay, _options.Kind == OptimizerKind.AdamW, (float)gradientScale, checked((int)step));
                _parameters.Backend.AdamStep(value, gradient, first, second, arguments);
            }
        }
    }

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    private void Add(Parameter from, Parameter to)
    {
        var offset = from.Value.Offset;
        var length = checked((int)(to.Value.Offset + to.Value.Length - offset));
        _runs.Add((
            new MatrixView(from.Value.Buffer, offset, 1, length),
            new MatrixView(from.Gradient.Buffer, offset, 1, length),
            new MatrixView(_first, offset, 1, length),
            new MatrixView(_second, offset, 1, length),
            from.Decays));
    }
}
