using DigitalTwin.Networks.Layers;
using DigitalTwin.Networks.Losses;
using DigitalTwin.Numerics.Autodiff;

namespace DigitalTwin.Networks.Training;

/// <summary>A layer from the data of a subject to class logits, trained by cross-entropy. The layer may be a <see cref="GraphEncoder"/> with the classes as its
/// output, or, over one row a subject, a <see cref="Linear"/>: logistic regression.</summary>
public sealed class SubjectClassifier : ITrainable, IValidationMetric, IDisposable
{
    private readonly SubjectMatrix _data;
    private readonly ILayer _layer;
    private readonly int[] _labels;
    private readonly CrossEntropyLoss _loss;
    private int[] _batch = [];

    /// <param name="parameters">Of the layer.</param>
    /// <param name="layer">[subjects * rows, columns] to [subjects, classes].</param>
    /// <param name="data">Of all subjects.</param>
    /// <param name="labels">Class of each subject.</param>
    /// <param name="classWeights">Weight of each class; none for 1 each.</param>
    /// <param name="smoothing">Label smoothing.</param>
    /// <exception cref="UnusableTargetsException">A label is out of range, or fewer than two classes occur.</exception>
    public SubjectClassifier(ParameterSet parameters, ILayer layer, SubjectMatrix data, int[] labels, ReadOnlySpan<float> classWeights = default, float smoothing = 0f)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Length != data.SubjectCount)
        {
            throw new UnusableTargetsException($"There are {data.SubjectCount} subjects and {labels.Length} labels.");
        }

        ObservedTargets.CheckClasses(labels, layer.OutputWidth);
        (Parameters, _layer, _data, _labels) = (parameters, layer, data, labels);
        _loss = new CrossEntropyLoss(parameters.Backend, layer.OutputWidth, classWeights, smoothing);
    }

    public ParameterSet Parameters { get; }

    public int SubjectCount => _labels.Length;

    public int ClassCount => _loss.ClassCount;

    string IValidationMetric.Name => "accuracy";

    bool IValidationMetric.IsHigherBetter => true;

    public string SubjectName(int subject) => _data.SubjectName(subject);

    public double WeightOf(ReadOnlySpan<int> subjects) => _loss.WeightOf(LabelsOf(subjects));

    public void CheckInputs(ReadOnlySpan<int> subjects) => _data.CheckFinite(subjects);

    public void CheckTargets(ReadOnlySpan<int> training) => ObservedTargets.CheckClasses(LabelsOf(training), ClassCount);

    public Tensor Loss(Tape tape, ReadOnlySpan<int> subjects)
    {
        _loss.SetTargets(LabelsOf(subjects));
        return _loss.Of(tape, _layer.Forward(tape, _data.On(tape, subjects)));
    }

    /// <summary>Share of subjects whose most likely class is theirs.</summary>
    public double Measure(Tape tape, ReadOnlySpan<int> subjects)
    {
        var predicted = Classify(tape, subjects);
        var right = 0;
        for (var k = 0; k < subjects.Length; k++)
        {
            right += predicted[k] == _labels[subjects[k]] ? 1 : 0;
        }

        return right / (double)subjects.Length;
    }

    /// <summary>The most likely class of each subject.</summary>
    public int[] Classify(Tape tape, ReadOnlySpan<int> subjects)
    {
        var probabilities = Predict(tape, subjects);
        var classes = new int[subjects.Length];
        for (var k = 0; k < classes.Length; k++)
        {
            var row = probabilities.AsSpan(k * ClassCount, ClassCount);
            for (var c = 1; c < ClassCount; c++)
            {
                classes[k] = row[c] > row[classes[k]] ? c : classes[k];
            }
        }

        return classes;
    }

    /// <summary>Probabilities of the classes, shape [subjects, classes], out of training.</summary>
    /// <param name="tape">Where to compute.</param>
    /// <param name="subjects">Whose.</param>
    /// <param name="batchSize">Subjects computed at once; the numbers do not depend on it.</param>
    public float[] Predict(Tape tape, ReadOnlySpan<int> subjects, int batchSize = 64)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        var numbers = new float[subjects.Length * ClassCount];
        for (var start = 0; start < subjects.Length; start += batchSize)
        {
            var part = subjects.Slice(start, Math.Min(batchSize, subjects.Length - start));
            tape.Reset();
            (tape.IsTraining, tape.PatientCount) = (false, part.Length);
            var probabilities = tape.Softmax(_layer.Forward(tape, _data.On(tape, part)));
            tape.Backend.Download(probabilities.Value, numbers.AsSpan(start * ClassCount, part.Length * ClassCount));
        }

        return numbers;
    }

    public void Dispose() => _loss.Dispose();

    private ReadOnlySpan<int> LabelsOf(ReadOnlySpan<int> subjects)
    {
        if (_batch.Length < subjects.Length)
        {
            _batch = new int[subjects.Length];
        }

        for (var k = 0; k < subjects.Length; k++)
        {
            _batch[k] = _labels[subjects[k]];
        }

        return _batch.AsSpan(0, subjects.Length);
    }
}
