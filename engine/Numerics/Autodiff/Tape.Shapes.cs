using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Numerics.Autodiff;

/// <summary>Operations that move numbers: concatenation, slices, other sizes.</summary>
public sealed partial class Tape
{
    /// <summary>left and right side by side, shape [rows, left columns + right columns].</summary>
    /// <exception cref="ShapeMismatchException">Their rows differ.</exception>
    public Tensor ConcatenateColumns(Tensor left, Tensor right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (left.Rows != right.Rows)
        {
            throw new ShapeMismatchException($"'{left.Name}' {left.Value.ShapeText} and '{right.Name}' {right.Value.ShapeText} cannot stand side by side: rows differ.");
        }

        var output = Next("concatenate columns", left.Rows, left.Columns + right.Columns);
        Backend.Copy(left.Value, output.Value.SliceColumns(0, left.Columns));
        Backend.Copy(right.Value, output.Value.SliceColumns(left.Columns, right.Columns));
        return Record(output, ConcatenateColumnsBackward, left, right);
    }

    /// <summary>top above bottom, shape [top rows + bottom rows, columns].</summary>
    /// <exception cref="ShapeMismatchException">Their columns differ.</exception>
    public Tensor ConcatenateRows(Tensor top, Tensor bottom)
    {
        ArgumentNullException.ThrowIfNull(top);
        ArgumentNullException.ThrowIfNull(bottom);
        if (top.Columns != bottom.Columns)
        {
            throw new ShapeMismatchException($"'{top.Name}' {top.Value.ShapeText} and '{bottom.Name}' {bottom.Value.ShapeText} cannot stand one above the other: columns differ.");
        }

        var output = Next("concatenate rows", top.Rows + bottom.Rows, top.Columns);
        Backend.Copy(top.Value, output.Value.SliceRows(0, top.Rows));
        Backend.Copy(bottom.Value, output.Value.SliceRows(top.Rows, bottom.Rows));
        return Record(output, ConcatenateRowsBackward, top, bottom);
    }

    /// <summary>Some columns of the input.</summary>
    public Tensor SliceColumns(Tensor input, int start, int count)
    {
        ArgumentNullException.ThrowIfNull(input);
        CheckSlice(start, count, input.Columns);
        var output = Next("slice columns", input.Rows, count);
        Backend.Copy(input.Value.SliceColumns(start, count), output.Value);
        return Record(output, SliceColumnsBackward, input, settings: new OperationSettings(Whole: start));
    }

    /// <summary>Some rows of the input.</summary>
    public Tensor SliceRows(Tensor input, int start, int count)
    {
        ArgumentNullException.ThrowIfNull(input);
        CheckSlice(start, count, input.Rows);
        var output = Next("slice rows", count, input.Columns);
        Backend.Copy(input.Value.SliceRows(start, count), output.Value);
        return Record(output, SliceRowsBackward, input, settings: new OperationSettings(Whole: start));
    }

    /// <summary>The same numbers with other sizes: [patients * genes, features] as [patients, genes * features].</summary>
    /// <exception cref="ShapeMismatchException">The count of numbers would change.</exception>
    public Tensor Reshape(Tensor input, int rows, int columns)
    {
        ArgumentNullException.ThrowIfNull(input);
        var output = NextWithoutValue("reshape");
        output.Value = input.Value.Reshape(rows, columns);
        return Record(output, ReshapeBackward, input);
    }

    private static readonly Action<Tape, Tensor> ConcatenateColumnsBackward = static (tape, y) =>
    {
        var (left, right) = (y.First!, y.Second!);
        tape.ReturnTo(left, y.GradientView.SliceColumns(0, left.Columns), 1f);
        tape.ReturnTo(right, y.GradientView.SliceColumns(left.Columns, right.Columns), 1f);
    };

    private static readonly Action<Tape, Tensor> ConcatenateRowsBackward = static (tape, y) =>
    {
        var (top, bottom) = (y.First!, y.Second!);
        tape.ReturnTo(top, y.GradientView.SliceRows(0, top.Rows), 1f);
        tape.ReturnTo(bottom, y.GradientView.SliceRows(top.Rows, bottom.Rows), 1f);
    };

    private static readonly Action<Tape, Tensor> SliceColumnsBackward = static (tape, y) =>
        tape.Backend.Copy(y.GradientView, tape.WholeGradientOf(y.First!).SliceColumns(y.Settings.Whole, y.Columns), 1f, accumulate: true);

    private static readonly Action<Tape, Tensor> SliceRowsBackward = static (tape, y) =>
        tape.Backend.Copy(y.GradientView, tape.WholeGradientOf(y.First!).SliceRows(y.Settings.Whole, y.Rows), 1f, accumulate: true);

    private static readonly Action<Tape, Tensor> ReshapeBackward = static (tape, y) =>
        tape.ReturnTo(y.First!, y.GradientView.Reshape(y.First!.Rows, y.First.Columns), 1f);

    /// <summary>The gradient of a tensor of which only a part is about to be added to.</summary>
    private MatrixView WholeGradientOf(Tensor tensor)
    {
        var (view, add) = GradientOf(tensor);
        if (!add)
        {
            Backend.Fill(view, 0f);
        }

        return view;
    }

    private static void CheckSlice(int start, int count, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + count, size);
    }
}
