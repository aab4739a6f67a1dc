using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Numerics.Autodiff;

/// <summary>Dense products.</summary>
public sealed partial class Tape
{
    /// <summary>activation(input * weight + bias): the affine layer, one product.</summary>
    /// <param name="input">[rows, inputs].</param>
    /// <param name="weight">[inputs, outputs].</param>
    /// <param name="bias">[1, outputs], or none.</param>
    /// <param name="activation">None, Relu, LeakyRelu, Elu, Sigmoid or Tanh are fused; Gelu and Silu follow as an operation of their own.</param>
    /// <exception cref="ShapeMismatchException">Shapes do not fit; the message names both.</exception>
    public Tensor Linear(Tensor input, Tensor weight, Tensor? bias = null, Activation activation = Activation.None)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(weight);
        var fused = activation.HasDerivativeFromOutput() ? activation : Activation.None;
        var output = Next("linear", input.Rows, weight.Columns);
        Backend.Gemm(new GemmArguments(input.Value, weight.Value, output.Value) { Bias = bias?.Value, Activation = fused });
        Record(output, LinearBackward, input, weight, bias, settings: new OperationSettings(Choice: (int)fused));
        return fused == activation ? output : Activate(output, activation);
    }

    /// <summary>op(left) * op(right), or one such product for each matrix of a batch, lying one below another.</summary>
    public Tensor Product(Tensor left, Tensor right, bool transposeLeft = false, bool transposeRight = false, int batchCount = 1)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchCount);
        var rows = transposeLeft ? left.Columns * batchCount : left.Rows;
        var columns = transposeRight ? right.Rows / batchCount : right.Columns;
        var output = Next("product", rows, columns);
        Multiply(left.Value, transposeLeft, right.Value, transposeRight, output.Value, false, batchCount);
        var choice = (transposeLeft ? 1 : 0) | (transposeRight ? 2 : 0);
        return Record(output, ProductBackward, left, right, settings: new OperationSettings(Whole: batchCount, Choice: choice));
    }

    private static readonly Action<Tape, Tensor> LinearBackward = static (tape, y) =>
    {
        var (x, w, bias) = (y.First!, y.Second!, y.Third);
        tape.BackThroughActivation((Activation)y.Settings.Choice, y);
        var dy = y.GradientView;
        if (bias is { NeedsGradient: true })
        {
            var (db, add) = tape.GradientOf(bias);
            tape.Backend.Reduce(Reduction.Sum, dy, db, add);
        }

        if (w.NeedsGradient)
        {
            var (dw, add) = tape.GradientOf(w);
            tape.Multiply(x.Value, true, dy, false, dw, add);
        }

        if (x.NeedsGradient)
        {
            var (dx, add) = tape.GradientOf(x);
            tape.Multiply(dy, false, w.Value, true, dx, add);
        }
    };

    private static readonly Action<Tape, Tensor> ProductBackward = static (tape, y) =>
    {
        var (a, b, dy, batch) = (y.First!, y.Second!, y.GradientView, y.Settings.Whole);
        var (transposeA, transposeB) = ((y.Settings.Choice & 1) != 0, (y.Settings.Choice & 2) != 0);
        if (a.NeedsGradient)
        {
            var (da, add) = tape.GradientOf(a);
            if (transposeA)
            {
                tape.Multiply(b.Value, transposeB, dy, true, da, add, batch);
            }
            else
            {
                tape.Multiply(dy, false, b.Value, !transposeB, da, add, batch);
            }
        }

        if (b.NeedsGradient)
        {
            var (db, add) = tape.GradientOf(b);
            if (transposeB)
            {
                tape.Multiply(dy, true, a.Value, transposeA, db, add, batch);
            }
            else
            {
                tape.Multiply(a.Value, !transposeA, dy, false, db, add, batch);
            }
        }
    };

    private void Multiply(MatrixView a, bool transposeA, MatrixView b, bool transposeB, MatrixView c, bool accumulate, int batchCount = 1) =>
        Backend.Gemm(new GemmArguments(a, b, c) { TransposeA = transposeA, TransposeB = transposeB, Beta = accumulate ? 1f : 0f, BatchCount = batchCount });

    /// <summary>Turns the gradient of a fused activation's output into that of its input, in place.</summary>
    private void BackThroughActivation(Activation activation, Tensor output)
    {
        if (activation != Activation.None)
        {
            Backend.UnaryBackward(activation.ToUnary(), output.Value, output.Value, output.GradientView, output.GradientView, accumulate: false);
        }
    }
}
