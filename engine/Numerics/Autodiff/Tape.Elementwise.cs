using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Numerics.Autodiff;

/// <summary>Operations number by number. The smaller operand repeats: its rows divide the other's, its columns are the same or 1.</summary>
public sealed partial class Tape
{
    /// <summary>left + right.</summary>
    public Tensor Add(Tensor left, Tensor right) => Binary("add", BinaryFunction.Add, left, right, AddBackward);

    /// <summary>activation(left + right), in one tensor where the derivative of the activation follows from its output.</summary>
    public Tensor Add(Tensor left, Tensor right, Activation activation)
    {
        if (activation == Activation.None || !activation.HasDerivativeFromOutput())
        {
            return Activate(Add(left, right), activation);
        }

        var output = Binary("add", BinaryFunction.Add, left, right, ActivatedAddBackward);
        output.Settings = new OperationSettings(Choice: (int)activation);
        Backend.Unary(activation.ToUnary(), output.Value, output.Value);
        return output;
    }

    /// <summary>left - right.</summary>
    public Tensor Subtract(Tensor left, Tensor right) => Binary("subtract", BinaryFunction.Subtract, left, right, AddBackward, -1f);

    /// <summary>left * right, number by number.</summary>
    public Tensor Multiply(Tensor left, Tensor right) => Binary("multiply", BinaryFunction.Multiply, left, right, MultiplyBackward);

    /// <summary>left * right + addend, number by number.</summary>
    public Tensor MultiplyAdd(Tensor left, Tensor right, Tensor addend)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        ArgumentNullException.ThrowIfNull(addend);
        var rows = Math.Max(addend.Rows, Math.Max(left.Rows, right.Rows));
        var output = Next("multiply and add", rows, Math.Max(addend.Columns, Math.Max(left.Columns, right.Columns)));
        Backend.Copy(addend.Value, output.Value);
        Backend.Binary(BinaryFunction.Multiply, left.Value, right.Value, output.Value, accumulate: true);
        return Record(output, MultiplyAddBackward, left, right, addend);
    }

    /// <summary>left / right, number by number.</summary>
    public Tensor Divide(Tensor left, Tensor right) => Binary("divide", BinaryFunction.Divide, left, right, DivideBackward);

    /// <summary>factor * input.</summary>
    public Tensor Scale(Tensor input, float factor)
    {
        ArgumentNullException.ThrowIfNull(input);
        var output = Next("scale", input.Rows, input.Columns);
        Backend.Copy(input.Value, output.Value, factor);
        return Record(output, ScaleBackward, input, settings: new OperationSettings(Number: factor));
    }

    /// <summary>input + amount.</summary>
    public Tensor Shift(Tensor input, float amount)
    {
        ArgumentNullException.ThrowIfNull(input);
        var output = Next("shift", input.Rows, input.Columns);
        Backend.Fill(output.Value, amount);
        Backend.Copy(input.Value, output.Value, 1f, accumulate: true);
        return Record(output, ScaleBackward, input, settings: new OperationSettings(Number: 1f));
    }

    /// <summary>The greater of two, number by number; where they are equal the gradient goes to <paramref name="left"/>.</summary>
    public Tensor Maximum(Tensor left, Tensor right) => Add(left, Apply(Subtract(right, left), UnaryFunction.Relu));

    /// <summary>f(input), number by number.</summary>
    public Tensor Apply(Tensor input, UnaryFunction function)
    {
        ArgumentNullException.ThrowIfNull(input);
        var output = Next(NameOf(function), input.Rows, input.Columns);
        Backend.Unary(function, input.Value, output.Value);
        return Record(output, ApplyBackward, input, settings: new OperationSettings(Choice: (int)function));
    }

    /// <summary>An activation; None gives the input itself.</summary>
    public Tensor Activate(Tensor input, Activation activation) => activation == Activation.None ? input : Apply(input, activation.ToUnary());

    /// <summary>Drops numbers while training, keeps the mean; the input itself otherwise.</summary>
    /// <param name="input">Any shape.</param>
    /// <param name="rate">Share dropped, from 0 to below 1.</param>
    public Tensor Dropout(Tensor input, float rate)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!IsTraining || rate == 0)
        {
            return input;
        }

        var key = NextDropoutKey();
        var output = Next("dropout", input.Rows, input.Columns);
        Backend.Dropout(input.Value, output.Value, rate, key);
        return Record(output, DropoutBackward, input, settings: new OperationSettings(Number: rate, Key: key));
    }

    private static readonly string[] FunctionNames = Array.ConvertAll(Enum.GetNames<UnaryFunction>(), n => n.ToLowerInvariant());

    private static readonly Action<Tape, Tensor> AddBackward = static (tape, y) =>
    {
        tape.ReturnTo(y.First!, y.GradientView, 1f);
        tape.ReturnTo(y.Second!, y.GradientView, y.Settings.Number);
    };

    private static readonly Action<Tape, Tensor> ActivatedAddBackward = static (tape, y) =>
    {
        tape.BackThroughActivation((Activation)y.Settings.Choice, y);
        tape.ReturnTo(y.First!, y.GradientView, 1f);
        tape.ReturnTo(y.Second!, y.GradientView, 1f);
    };

    private static readonly Action<Tape, Tensor> MultiplyBackward = static (tape, y) =>
    {
        tape.ReturnProduct(y.First!, y.Second!, y);
        tape.ReturnProduct(y.Second!, y.First!, y);
    };

    private static readonly Action<Tape, Tensor> MultiplyAddBackward = static (tape, y) =>
    {
        MultiplyBackward(tape, y);
        tape.ReturnTo(y.Third!, y.GradientView, 1f);
    };

    private static readonly Action<Tape, Tensor> DivideBackward = static (tape, y) =>
    {
        var (a, b, dy) = (y.First!, y.Second!, y.GradientView);
        using var quotient = tape.Backend.Rent(dy.Length, cleared: false);
        var view = quotient.AsMatrix(dy.Rows, dy.Columns);
        tape.Backend.Binary(BinaryFunction.Divide, dy, b.Value, view);
        tape.ReturnTo(a, view, 1f);
        tape.Backend.Binary(BinaryFunction.Multiply, view, y.Value, view);
        tape.ReturnTo(b, view, -1f);
    };

    private static readonly Action<Tape, Tensor> ScaleBackward = static (tape, y) => tape.ReturnTo(y.First!, y.GradientView, y.Settings.Number);

    private static readonly Action<Tape, Tensor> ApplyBackward = static (tape, y) =>
    {
        var (dx, add) = tape.GradientOf(y.First!);
        tape.Backend.UnaryBackward((UnaryFunction)y.Settings.Choice, y.First!.Value, y.Value, y.GradientView, dx, add);
    };

    private static readonly Action<Tape, Tensor> DropoutBackward = static (tape, y) =>
    {
        var (dx, add) = tape.GradientOf(y.First!);
        tape.Backend.Dropout(y.GradientView, dx, y.Settings.Number, y.Settings.Key, add);
    };

    private static string NameOf(UnaryFunction function) => FunctionNames[(int)function];

    private Tensor Binary(string name, BinaryFunction function, Tensor left, Tensor right, Action<Tape, Tensor> backward, float signOfRight = 1f)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var output = Next(name, Math.Max(left.Rows, right.Rows), Math.Max(left.Columns, right.Columns));
        Backend.Binary(function, left.Value, right.Value, output.Value);
        return Record(output, backward, left, right, settings: new OperationSettings(Number: signOfRight));
    }

    /// <summary>Adds scale * gradient to an operand, summing over where the operand was repeated.</summary>
    private void ReturnTo(Tensor operand, MatrixView gradient, float scale)
    {
        if (!operand.NeedsGradient)
        {
            return;
        }

        var (target, add) = GradientOf(operand);
        if (target.Rows == gradient.Rows && target.Columns == gradient.Columns)
        {
            Backend.Copy(gradient, target, scale, add);
            return;
        }

        if (scale == 1f)
        {
            Backend.Reduce(Reduction.Sum, gradient, target, add);
            return;
        }

        using var sum = Backend.Rent(target.Length, cleared: false);
        var view = sum.AsMatrix(target.Rows, target.Columns);
        Backend.Reduce(Reduction.Sum, gradient, view);
        Backend.Copy(view, target, scale, add);
    }

    private void ReturnProduct(Tensor operand, Tensor other, Tensor output)
    {
        if (!operand.NeedsGradient)
        {
            return;
        }

        var dy = output.GradientView;
        if (operand.Rows == dy.Rows && operand.Columns == dy.Columns)
        {
            var (target, add) = GradientOf(operand);
            Backend.Binary(BinaryFunction.Multiply, dy, other.Value, target, add);
            return;
        }

        using var product = Backend.Rent(dy.Length, cleared: false);
        var view = product.AsMatrix(dy.Rows, dy.Columns);
        Backend.Binary(BinaryFunction.Multiply, dy, other.Value, view);
        ReturnTo(operand, view, 1f);
    }
}
