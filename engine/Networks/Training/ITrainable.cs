using System.Globalization;
using DigitalTwin.Numerics.Autodiff;

namespace DigitalTwin.Networks.Training;

/// <summary>The door to the trainer: a model with its data, that makes a loss for some of its subjects.</summary>
public interface ITrainable
{
    ParameterSet Parameters { get; }

    /// <summary>Subjects that the model has data of, numbered from 0.</summary>
    int SubjectCount { get; }

    /// <summary>Whether the loss of a batch is a weighted mean over its subjects, so that a batch can be computed part by part. A loss that compares
    /// subjects (Cox, contrast, DeepHit ranking) is none.</summary>
    bool CanSplitBatches => true;

    /// <summary>Name of a subject in messages.</summary>
    string SubjectName(int subject) => subject.ToString(CultureInfo.InvariantCulture);

    /// <summary>What the mean over these subjects divides by. A batch of weight 0 (of masked subjects, or without events) is passed over.</summary>
    double WeightOf(ReadOnlySpan<int> subjects) => subjects.Length;

    /// <summary>Looks for missing and infinite numbers before training.</summary>
    /// <exception cref="NonFiniteException">There is one; the subject is named.</exception>
    void CheckInputs(ReadOnlySpan<int> subjects);

    /// <summary>Looks whether training subjects can teach anything: events, two classes.</summary>
    /// <exception cref="Losses.UnusableTargetsException">They cannot.</exception>
    void CheckTargets(ReadOnlySpan<int> training)
    {
    }

    /// <summary>The mean loss of some subjects, shape [1, 1]. In training and in validation: the tape says which.</summary>
    Tensor Loss(Tape tape, ReadOnlySpan<int> subjects);
}

/// <summary>A figure of merit by which training stops early, where it is not the loss.</summary>
public interface IValidationMetric
{
    string Name { get; }

    bool IsHigherBetter { get; }

    /// <summary>The figure over some subjects. The tape is not in training.</summary>
    double Measure(Tape tape, ReadOnlySpan<int> subjects);
}
