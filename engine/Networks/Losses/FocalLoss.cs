using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Losses;

/// <summary>Focal loss of class logits [subjects, classes]: -a_y (1 - p_y)^gamma log p_y, a mean with weights of subjects; easy subjects count less.</summary>
/// <remarks>Source: [LinT2017] equation 5. log(1 - p_y) is the log-sum-exp of the other logits less that of all, so that it stays finite when p_y reaches 1.</remarks>
public sealed class FocalLoss : IDisposable
{
    private readonly TargetMatrix _isLabel;
    private readonly TargetMatrix _exclusion;
    private readonly TargetMatrix _weights;
    private readonly float[] _classWeights;
    private readonly float _gamma;

    /// <param name="backend">Where to compute.</param>
    /// <param name="classCount">At least 2.</param>
    /// <param name="gamma">Focus; 0 gives cross-entropy.</param>
    /// <param name="classWeights">a of each class; none for 1 each.</param>
    public FocalLoss(IComputeBackend backend, int classCount, float gamma = 2f, ReadOnlySpan<float> classWeights = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 2);
        if (!(gamma >= 0f) || !float.IsFinite(gamma))
        {
            throw new ArgumentOutOfRangeException(nameof(gamma), gamma, "Gamma is finite and not negative.");
        }

        (_isLabel, _exclusion, _weights) = (new TargetMatrix(backend, "labels"), new TargetMatrix(backend, "other classes"), new TargetMatrix(backend, "focal weights"));
        (_classWeights, _gamma) = (CrossEntropyLoss.ClassWeights(classCount, classWeights), gamma);
    }

    public int ClassCount => _classWeights.Length;

    /// <summary>Sets what was observed in a batch.</summary>
    /// <param name="labels">Class of each subject.</param>
    /// <param name="weights">Weight of each subject; none for 1 each, 0 masks.</param>
    /// <exception cref="UnusableTargetsException">A class is out of range, or everything is masked.</exception>
    public void SetTargets(ReadOnlySpan<int> labels, ReadOnlySpan<float> weights = default)
    {
        ObservedTargets.CheckLabels(labels, ClassCount);
        var total = ObservedTargets.TotalWeight(weights, labels.Length);
        var isLabel = _isLabel.Start(labels.Length, ClassCount);
        var exclusion = _exclusion.Start(labels.Length, ClassCount);
        var shares = _weights.Start(labels.Length, 1);
        for (var i = 0; i < labels.Length; i++)
        {
            isLabel[(i * ClassCount) + labels[i]] = 1f;
            exclusion[(i * ClassCount) + labels[i]] = TargetMatrix.Excluded;
            shares[i] = (float)((weights.IsEmpty ? 1 : weights[i]) * (double)_classWeights[labels[i]] / total);
        }

        _isLabel.Upload();
        _exclusion.Upload();
        _weights.Upload();
    }

    /// <summary>The loss of logits [subjects, classes], shape [1, 1].</summary>
    public Tensor Of(Tape tape, Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(tape);
        _isLabel.CheckShape(logits, ClassCount);
        var logOfLabel = tape.Reduce(tape.Multiply(_isLabel.On(tape), tape.LogSoftmax(logits)), Reduction.Sum, logits.Rows, 1);
        var logOfOthers = tape.Subtract(tape.LogSumExp(tape.Add(logits, _exclusion.On(tape))), tape.LogSumExp(logits));
        var focus = tape.Apply(tape.Scale(logOfOthers, _gamma), UnaryFunction.Exp);
        return tape.Scale(tape.Sum(tape.Multiply(tape.Multiply(focus, logOfLabel), _weights.On(tape))), -1f);
    }

    public void Dispose()
    {
        _isLabel.Dispose();
        _exclusion.Dispose();
        _weights.Dispose();
    }
}
