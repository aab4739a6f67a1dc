using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Autodiff.Checkpoints;
using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Networks.Training;

/// <summary>Trains a model: batches of subjects in an order that the seed decides, steps of an optimiser, a validation metric at the end of each epoch.
/// The same seed gives the same parameters, stopped and resumed or not. A step allocates nothing.</summary>
public sealed class Trainer : IDisposable
{
    private readonly ITrainable _model;
    private readonly TrainerOptions _options;
    private readonly int[] _training;
    private readonly int[] _validation;
    private readonly int[] _order;
    private readonly IValidationMetric? _metric;
    private readonly Optimizer _optimizer;
    private readonly TrainingStep _step;
    private TrainingState _state = new();
    private int _orderedEpoch = -1;
    private bool _isChecked;

    /// <param name="model">With its data.</param>
    /// <param name="options">Settings.</param>
    /// <param name="training">Subjects to learn from.</param>
    /// <param name="validation">Subjects that decide when to stop; none trains through all epochs.</param>
    /// <param name="metric">What is watched on them; the loss if none.</param>
    /// <exception cref="ArgumentException">A setting or a subject is out of range, a subject stands twice or on both sides, or a loss that compares subjects would be split.</exception>
    public Trainer(ITrainable model, TrainerOptions options, ReadOnlySpan<int> training, ReadOnlySpan<int> validation = default, IValidationMetric? metric = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        (_model, _options, _metric) = (model, options, metric);
        (_training, _validation) = (training.ToArray(), validation.ToArray());
        Array.Sort(_training);
        _order = new int[_training.Length];
        CheckSubjects();
        var microBatchSize = options.MicroBatchSize == 0 ? options.BatchSize : Math.Min(options.MicroBatchSize, options.BatchSize);
        if (microBatchSize < options.BatchSize && !model.CanSplitBatches)
        {
            throw new ArgumentException($"The loss compares the subjects of a batch, so that a batch of {options.BatchSize} cannot be computed {microBatchSize} at a time. Use smaller batches.", nameof(options));
        }

        _optimizer = new Optimizer(model.Parameters, options.Optimizer);
        _step = new TrainingStep(model, options.Seed, microBatchSize);
    }

    /// <summary>Each epoch so far.</summary>
    public IReadOnlyList<TrainingProgress> History => _state.History;

    /// <summary>Steps made so far.</summary>
    public long StepCount => _state.Step;

    /// <summary>Trains to the end, from where it stands.</summary>
    /// <param name="progress">Told of each epoch.</param>
    /// <param name="cancellation">Looked at between steps: what is left is as after the last step, and can be saved or gone on with.</param>
    /// <exception cref="Losses.UnusableTargetsException">The training subjects can teach nothing: no events, one class only.</exception>
    /// <exception cref="NonFiniteException">An input, a loss or a gradient is not finite: tensor and subject are named, parameters are as before the step.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public TrainingResult Train(IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        CheckInputs();
        while (!_state.IsFinished)
        {
            cancellation.ThrowIfCancellationRequested();
            if (_state.Position < _training.Length)
            {
                Step();
                continue;
            }

            EndEpoch();
            progress?.Report(_state.History[^1]);
        }

        return new TrainingResult(_state.End, _state.BestEpoch, _state.BestMetric, [.. _state.History]);
    }

    /// <summary>Makes the next step of the running epoch; <see cref="Train"/> calls it.</summary>
    /// <exception cref="InvalidOperationException">All subjects of the epoch had their turn.</exception>
    /// <exception cref="NonFiniteException">A loss or a gradient is not finite: tensor and subject are named, parameters are as before.</exception>
    public void Step()
    {
        CheckInputs();
        if (_state.IsFinished || _state.Position >= _training.Length)
        {
            throw new InvalidOperationException("The epoch has ended. Call Train to go on.");
        }

        Order();
        var batch = _order.AsSpan(_state.Position, Math.Min(_options.BatchSize, _order.Length - _state.Position));
        var weight = _model.WeightOf(batch);
        if (weight > 0)
        {
            var (loss, norm) = _step.Compute(batch, weight, _state.Step + 1);
            var scale = _options.GradientNormLimit > 0 && norm > _options.GradientNormLimit ? _options.GradientNormLimit / norm : 1;
            _state.LastRate = _options.Optimizer.LearningRate * _options.Schedule.FactorAt(_state.Step, _state.Epoch, _state.Reductions);
            _optimizer.Step(_state.LastRate, scale, _state.Step + 1);
            _state.Step++;
            _state.EpochLoss += weight * loss;
            _state.EpochWeight += weight;
            _state.EpochNorm = Math.Max(_state.EpochNorm, norm);
        }

        _state.Position += batch.Length;
    }

    /// <summary>Writes where training stands, with parameters, moments, the best so far and the history, as a tensor archive.</summary>
    public void Save(Stream stream) => _state.Write(stream, _model.Parameters, _optimizer, _options.Fingerprint, _training, _validation, _step.MicroBatchSize);

    /// <summary>Goes back to where training stood when <see cref="Save"/> was called; it then ends in the same bytes (on a backend of float32).</summary>
    /// <exception cref="CheckpointException">The file is damaged, of another model, other settings or other subjects; nothing was changed.</exception>
    public void Load(Stream stream)
    {
        (_state, _step.MicroBatchSize) = TrainingState.Read(stream, _model.Parameters, _optimizer, _options.Fingerprint, _training, _validation);
        _orderedEpoch = -1;
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _step.Dispose();
    }

    private void EndEpoch()
    {
        var loss = _state.EpochWeight > 0 ? _state.EpochLoss / _state.EpochWeight : double.NaN;
        var metric = _validation.Length == 0 ? double.NaN : _step.Evaluate(_validation, _metric);
        _state.Epoch++;
        _state.History.Add(new TrainingProgress(_state.Epoch, _state.Step, loss, metric, _state.LastRate, _state.EpochNorm));
        (_state.Position, _state.EpochLoss, _state.EpochWeight, _state.EpochNorm) = (0, 0, 0, 0);
        if (_validation.Length > 0 && IsBetter(metric, _state.BestMetric, _metric?.IsHigherBetter ?? false))
        {
            (_state.BestMetric, _state.BestEpoch) = (metric, _state.Epoch);
            _state.Best = _model.Parameters.Snapshot();
        }

        Reduce(_validation.Length == 0 ? loss : metric, _validation.Length > 0 && (_metric?.IsHigherBetter ?? false));
        if (_options.Patience > 0 && _validation.Length > 0 && _state.Epoch - _state.BestEpoch >= _options.Patience)
        {
            Finish(TrainingEnd.Patience);
        }
        else if (_state.Epoch >= _options.EpochCount)
        {
            Finish(TrainingEnd.AllEpochs);
        }
    }

    private void Finish(TrainingEnd end)
    {
        (_state.IsFinished, _state.End) = (true, end);
        if (_options.RestoresBest && _state.Best is not null)
        {
            _model.Parameters.Restore(_state.Best);
        }
    }

    private void Reduce(double figure, bool isHigherBetter)
    {
        if (_options.Schedule is not PlateauSchedule plateau)
        {
            return;
        }

        if (IsBetter(figure, _state.PlateauBest, isHigherBetter))
        {
            (_state.PlateauBest, _state.PlateauEpochs) = (figure, 0);
        }
        else if (++_state.PlateauEpochs >= plateau.Patience)
        {
            _state.Reductions++;
            _state.PlateauEpochs = 0;
        }
    }

    private bool IsBetter(double figure, double best, bool isHigherBetter) =>
        !double.IsNaN(figure) && (double.IsNaN(best) || (isHigherBetter ? figure > best + _options.LeastImprovement : figure < best - _options.LeastImprovement));

    /// <summary>Puts the subjects in the order of the running epoch.</summary>
    private void Order()
    {
        if (_orderedEpoch != _state.Epoch)
        {
            _training.CopyTo(_order, 0);
            new RandomStream(new StreamKey(_options.Seed, 0, 0, (uint)_state.Epoch, RandomPurpose.TrainingOrder)).Shuffle(_order.AsSpan());
            _orderedEpoch = _state.Epoch;
        }
    }

    private void CheckInputs()
    {
        if (!_isChecked)
        {
            _model.CheckTargets(_training);
            _model.CheckInputs(_training);
            _model.CheckInputs(_validation);
            _isChecked = true;
        }
    }

    private void CheckSubjects()
    {
        if (_training.Length == 0)
        {
            throw new ArgumentException("There are no subjects to train on.");
        }

        var seen = new HashSet<int>();
        foreach (var subject in _training.Concat(_validation))
        {
            if ((uint)subject >= (uint)_model.SubjectCount)
            {
                throw new ArgumentException($"Subject {subject} is asked for, and the model has subjects 0 to {_model.SubjectCount - 1}.");
            }

            if (!seen.Add(subject))
            {
                throw new ArgumentException($"Subject {subject} ('{_model.SubjectName(subject)}') stands twice among the training and validation subjects.");
            }
        }
    }
}
