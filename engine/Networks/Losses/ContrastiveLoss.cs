using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Losses;

/// <summary>Contrast of two views of the same subjects, [subjects, d] each: row i of one should be closer to row i of the other than to any other row.
/// One direction is InfoNCE, both are the symmetric loss of CLIP.</summary>
/// <remarks>Source: [Oord2018] equation 4, [Radford2021] figure 3. Rows are scaled to length 1; similarity is their product times a scale, given or learned as its
/// logarithm. Cost and memory: subjects squared.</remarks>
public sealed class ContrastiveLoss : IDisposable
{
    private const float Tiny = 1e-12f;

    private readonly TargetMatrix _exclusion;
    private readonly TargetMatrix _shares;
    private readonly bool _isSymmetric;

    public ContrastiveLoss(IComputeBackend backend, bool isSymmetric = true) =>
        (_exclusion, _shares, _isSymmetric) = (new TargetMatrix(backend, "masked pairs"), new TargetMatrix(backend, "weights"), isSymmetric);

    /// <summary>Sets the batch.</summary>
    /// <param name="subjectCount">Pairs of views.</param>
    /// <param name="weights">Weight of each pair; none for 1 each. A pair of weight 0 is no example and no counterexample either.</param>
    /// <exception cref="UnusableTargetsException">Fewer than two pairs count: there is nothing to tell apart.</exception>
    public void SetTargets(int subjectCount, ReadOnlySpan<float> weights = default)
    {
        var total = ObservedTargets.TotalWeight(weights, subjectCount);
        var exclusion = _exclusion.Start(1, subjectCount);
        var shares = _shares.Start(subjectCount, 1);
        var counted = 0;
        for (var i = 0; i < subjectCount; i++)
        {
            var weight = weights.IsEmpty ? 1f : weights[i];
            (exclusion[i], shares[i]) = (weight > 0 ? 0f : TargetMatrix.Excluded, (float)(weight / total));
            counted += weight > 0 ? 1 : 0;
        }

        if (counted < 2)
        {
            throw new UnusableTargetsException($"A contrast needs two subjects or more in a batch, and {counted} counts. Use a larger batch.");
        }

        _exclusion.Upload();
        _shares.Upload();
    }

    /// <summary>The loss with a learned scale.</summary>
    /// <param name="tape">Where to compute.</param>
    /// <param name="first">[subjects, d].</param>
    /// <param name="second">[subjects, d].</param>
    /// <param name="logScale">Logarithm of the scale (1 / temperature), shape [1, 1].</param>
    public Tensor Of(Tape tape, Tensor first, Tensor second, Tensor logScale)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(logScale);
        _shares.CheckShape(first, first.Columns);
        _shares.CheckShape(second, first.Columns);
        var scaled = tape.Multiply(Normalize(tape, first), tape.Apply(logScale, UnaryFunction.Exp));
        var other = Normalize(tape, second);
        var own = tape.Reduce(tape.Multiply(scaled, other), Reduction.Sum, first.Rows, 1);
        var losses = Direction(tape, scaled, other, own);
        if (_isSymmetric)
        {
            losses = tape.Scale(tape.Add(losses, Direction(tape, other, scaled, own)), 0.5f);
        }

        return tape.Sum(tape.Multiply(losses, _shares.On(tape)));
    }

    /// <summary>The loss with a fixed temperature, positive.</summary>
    public Tensor Of(Tape tape, Tensor first, Tensor second, float temperature = 0.1f)
    {
        ArgumentNullException.ThrowIfNull(tape);
        if (!(temperature > 0f) || !float.IsFinite(temperature))
        {
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "A temperature is positive and finite.");
        }

        return Of(tape, first, second, tape.Filled(1, 1, -MathF.Log(temperature), "log scale"));
    }

    public void Dispose()
    {
        _exclusion.Dispose();
        _shares.Dispose();
    }

    private Tensor Direction(Tape tape, Tensor queries, Tensor keys, Tensor own) =>
        tape.Subtract(tape.LogSumExp(tape.Add(tape.Product(queries, keys, transposeRight: true), _exclusion.On(tape))), own);

    private static Tensor Normalize(Tape tape, Tensor rows)
    {
        var squares = tape.Reduce(tape.Multiply(rows, rows), Reduction.Sum, rows.Rows, 1);
        return tape.Divide(rows, tape.Apply(tape.Shift(squares, Tiny), UnaryFunction.Sqrt));
    }
}
