using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Networks.Training;

/// <summary>Gradients of one batch, part by part; when something is not finite, or does not fit, the parameters are as they were before.</summary>
internal sealed class TrainingStep : IDisposable
{
    private readonly ITrainable _model;
    private readonly ulong _seed;
    private readonly Tape _tape;
    private readonly ComputeBuffer? _kept;
    private readonly float[] _number = new float[1];

    public TrainingStep(ITrainable model, ulong seed, int microBatchSize)
    {
        (_model, _seed, MicroBatchSize) = (model, seed, microBatchSize);
        _tape = new Tape(Backend);

        // A forward pass moves what is kept and not trained: running statistics.
        _kept = model.Parameters.Parameters.Any(p => !p.IsTrainable) ? Backend.Rent(model.Parameters.AllValues.Length) : null;
    }

    /// <summary>Subjects computed at once. Halved when the device is too small for them.</summary>
    public int MicroBatchSize { get; set; }

    private IComputeBackend Backend => _model.Parameters.Backend;

    /// <summary>Leaves the gradient of the mean loss of a batch in the parameters' gradients.</summary>
    /// <param name="batch">Subjects.</param>
    /// <param name="totalWeight">Of the batch; not 0.</param>
    /// <param name="step">Number of the step, from 1: keys dropout.</param>
    /// <returns>Mean loss, and norm of the gradient.</returns>
    /// <exception cref="NonFiniteException">Either is not finite; names the first tensor and the subject.</exception>
    public (double Loss, double GradientNorm) Compute(ReadOnlySpan<int> batch, double totalWeight, long step)
    {
        Keep();
        try
        {
            while (true)
            {
                try
                {
                    return ComputeParts(batch, totalWeight, step);
                }
                catch (InsufficientDeviceMemoryException) when (_model.CanSplitBatches && MicroBatchSize > 1)
                {
                    _tape.Dispose();
                    PutBack();
                    MicroBatchSize = (Math.Min(MicroBatchSize, batch.Length) + 1) / 2;
                }
            }
        }
        catch
        {
            _tape.Reset();
            PutBack();
            throw;
        }
    }

    /// <summary>Weighted mean of the loss of subjects, or the metric, out of training.</summary>
    public double Evaluate(ReadOnlySpan<int> subjects, IValidationMetric? metric)
    {
        if (metric is not null)
        {
            Start(subjects.Length, 0, 0, isTraining: false);
            return metric.Measure(_tape, subjects);
        }

        var (sum, total) = (0.0, 0.0);
        for (var start = 0; start < subjects.Length; start += MicroBatchSize)
        {
            var part = subjects.Slice(start, Math.Min(MicroBatchSize, subjects.Length - start));
            var weight = _model.WeightOf(part);
            if (weight > 0)
            {
                Start(part.Length, 0, 0, isTraining: false);
                sum += weight * Number(_model.Loss(_tape, part));
                total += weight;
            }
        }

        return total > 0 ? sum / total : double.NaN;
    }

    public void Dispose()
    {
        _tape.Dispose();
        _kept?.Dispose();
    }

    private (double Loss, double GradientNorm) ComputeParts(ReadOnlySpan<int> batch, double totalWeight, long step)
    {
        _model.Parameters.ClearGradients();
        var sum = 0.0;
        for (var start = 0; start < batch.Length; start += MicroBatchSize)
        {
            var part = batch.Slice(start, Math.Min(MicroBatchSize, batch.Length - start));
            if (Part(part, totalWeight, step, start) is { } loss)
            {
                _tape.Backward(loss);
                sum += Number(loss);
            }
        }

        var norm = Math.Sqrt(Backend.SumOfSquares(_model.Parameters.AllGradients));
        if (!double.IsFinite(sum) || !double.IsFinite(norm))
        {
            PutBack();
            throw Diagnose(batch, totalWeight, step);
        }

        return (sum, norm);
    }

    /// <summary>The share of a part of the batch in its loss; null for a part without weight.</summary>
    private Tensor? Part(ReadOnlySpan<int> part, double totalWeight, long step, int start)
    {
        var weight = _model.WeightOf(part);
        if (weight == 0)
        {
            return null;
        }

        Start(part.Length, step, start, isTraining: true);
        return _tape.Scale(_model.Loss(_tape, part), (float)(weight / totalWeight));
    }

    private void Start(int subjectCount, long step, int start, bool isTraining)
    {
        var block = Philox4x32.Block(new PhiloxBlock((uint)step, (uint)(step >> 32), (uint)start, (uint)RandomPurpose.Dropout), (uint)_seed, (uint)(_seed >> 32));
        _tape.Reset();
        (_tape.IsTraining, _tape.PatientCount, _tape.DropoutKey) = (isTraining, subjectCount, block.Word0 | ((ulong)block.Word1 << 32));
    }

    private double Number(Tensor tensor)
    {
        Backend.Download(tensor.Value, _number);
        return _number[0];
    }

    /// <summary>Runs the step again and looks at every number.</summary>
    private NonFiniteException Diagnose(ReadOnlySpan<int> batch, double totalWeight, long step)
    {
        _model.Parameters.ClearGradients();
        for (var start = 0; start < batch.Length; start += MicroBatchSize)
        {
            var part = batch.Slice(start, Math.Min(MicroBatchSize, batch.Length - start));
            try
            {
                if (Part(part, totalWeight, step, start) is { } loss)
                {
                    if (_tape.FindNonFinite() is { } fault)
                    {
                        return Named(fault, part, step);
                    }

                    _tape.Backward(loss, checkFinite: true);
                }
            }
            catch (NonFiniteException fault)
            {
                return Named(fault, part, step);
            }
        }

        foreach (var parameter in _model.Parameters.Parameters)
        {
            if (Backend.FirstNonFinite(parameter.Gradient) is >= 0 and var place)
            {
                return NonFiniteException.InTraining(NonFiniteException.InGradient(parameter.Name, parameter.Gradient, place, 0), step, null);
            }
        }

        var all = _model.Parameters.AllGradients;
        return NonFiniteException.InTraining(NonFiniteException.InGradient("all parameters together", all, 0, 0), step, null);
    }

    private NonFiniteException Named(NonFiniteException fault, ReadOnlySpan<int> part, long step) =>
        NonFiniteException.InTraining(fault, step, fault.Patient is { } patient && patient < part.Length ? _model.SubjectName(part[patient]) : null);

    private void Keep()
    {
        if (_kept is not null)
        {
            Backend.Copy(_model.Parameters.AllValues, _kept.AsMatrix(1, _model.Parameters.AllValues.Columns));
        }
    }

    private void PutBack()
    {
        if (_kept is not null)
        {
            Backend.Copy(_kept.AsMatrix(1, _model.Parameters.AllValues.Columns), _model.Parameters.AllValues);
        }
    }
}
