using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Losses;

/// <summary>Cross-entropy of class logits [subjects, classes], a mean with weights of classes and subjects, with label smoothing.</summary>
/// <remarks>With s the smoothing, C classes and weights w: sum_i u_i [(1 - s) w_y (-log p_y) + s / C sum_c w_c (-log p_c)] / sum_i u_i w_y.
/// Source: [Szegedy2016] section 7 (smoothing). Logarithms of the softmax are computed as such, not as logarithms of probabilities.</remarks>
public sealed class CrossEntropyLoss : IDisposable
{
    private readonly TargetMatrix _targets;
    private readonly float[] _classWeights;
    private readonly float _smoothing;

    /// <param name="backend">Where to compute.</param>
    /// <param name="classCount">At least 2.</param>
    /// <param name="classWeights">Weight of each class; none for 1 each. <see cref="BalancedWeights"/> makes rare classes count.</param>
    /// <param name="smoothing">Share of a label spread evenly over all classes, from 0 to below 1.</param>
    public CrossEntropyLoss(IComputeBackend backend, int classCount, ReadOnlySpan<float> classWeights = default, float smoothing = 0f)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 2);
        if (!(smoothing >= 0f && smoothing < 1f))
        {
            throw new ArgumentOutOfRangeException(nameof(smoothing), smoothing, "Smoothing lies from 0 to below 1.");
        }

        _targets = new TargetMatrix(backend, "class targets");
        _classWeights = ClassWeights(classCount, classWeights);
        _smoothing = smoothing;
    }

    public int ClassCount => _classWeights.Length;

    /// <summary>Weights under which all classes count the same: subjects / (classes * subjects of the class).</summary>
    /// <exception cref="UnusableTargetsException">A label is out of range, or fewer than two classes occur.</exception>
    public static float[] BalancedWeights(ReadOnlySpan<int> labels, int classCount)
    {
        ObservedTargets.CheckClasses(labels, classCount);
        var counts = new int[classCount];
        foreach (var label in labels)
        {
            counts[label]++;
        }

        var seen = counts.Count(c => c > 0);
        var subjects = labels.Length;
        return Array.ConvertAll(counts, c => c == 0 ? 0f : (float)(subjects / ((double)seen * c)));
    }

    /// <summary>What the mean over these subjects divides by: to put micro-batches together.</summary>
    public double WeightOf(ReadOnlySpan<int> labels, ReadOnlySpan<float> weights = default)
    {
        var total = 0.0;
        for (var i = 0; i < labels.Length; i++)
        {
            total += (weights.IsEmpty ? 1 : weights[i]) * (double)_classWeights[labels[i]];
        }

        return total;
    }

    /// <summary>Sets what was observed in a batch.</summary>
    /// <param name="labels">Class of each subject.</param>
    /// <param name="weights">Weight of each subject; none for 1 each, 0 masks.</param>
    /// <exception cref="UnusableTargetsException">A class is out of range, or everything is masked.</exception>
    public void SetTargets(ReadOnlySpan<int> labels, ReadOnlySpan<float> weights = default)
    {
        ObservedTargets.CheckLabels(labels, ClassCount);
        ObservedTargets.TotalWeight(weights, labels.Length);
        var total = WeightOf(labels, weights);
        if (!(total > 0))
        {
            throw new UnusableTargetsException("All subjects of the batch are of classes of weight 0: everything is masked.");
        }

        var targets = _targets.Start(labels.Length, ClassCount);
        for (var i = 0; i < labels.Length; i++)
        {
            for (var c = 0; c < ClassCount; c++)
            {
                var share = (c == labels[i] ? 1 - _smoothing : 0) + (_smoothing / ClassCount);
                targets[(i * ClassCount) + c] = (float)((weights.IsEmpty ? 1 : weights[i]) * (double)_classWeights[c] * share / total);
            }
        }

        _targets.Upload();
    }

    /// <summary>The loss of logits [subjects, classes], shape [1, 1].</summary>
    public Tensor Of(Tape tape, Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(tape);
        _targets.CheckShape(logits, ClassCount);
        return tape.Scale(tape.Sum(tape.Multiply(_targets.On(tape), tape.LogSoftmax(logits))), -1f);
    }

    public void Dispose() => _targets.Dispose();

    internal static float[] ClassWeights(int classCount, ReadOnlySpan<float> weights)
    {
        if (weights.IsEmpty)
        {
            var ones = new float[classCount];
            Array.Fill(ones, 1f);
            return ones;
        }

        ObservedTargets.TotalWeight(weights, classCount);
        return weights.ToArray();
    }
}
