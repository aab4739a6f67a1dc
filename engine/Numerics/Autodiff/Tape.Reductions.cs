using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Numerics.Autodiff;

/// <summary>Operations over rows or columns: sums, softmax, running sums, normalisation.</summary>
public sealed partial class Tape
{
    /// <summary>Sum or mean to a smaller shape: rows that divide the input's (row r goes to r modulo the rows), columns the same or 1.</summary>
    public Tensor Reduce(Tensor input, Reduction reduction, int rows, int columns)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (reduction == Reduction.Maximum)
        {
            throw new ArgumentOutOfRangeException(nameof(reduction), reduction, "A maximum with a gradient is NeighborMaximum over segments.");
        }

        var output = Next("reduce", rows, columns);
        Backend.Reduce(reduction, input.Value, output.Value);
        var scale = reduction == Reduction.Mean ? (float)(output.Value.Length / (double)Math.Max(1, input.Value.Length)) : 1f;
        return Record(output, ReduceBackward, input, settings: new OperationSettings(Number: scale));
    }

    /// <summary>Sum of all numbers, shape [1, 1].</summary>
    public Tensor Sum(Tensor input) => Reduce(input, Reduction.Sum, 1, 1);

    /// <summary>Mean of all numbers, shape [1, 1].</summary>
    public Tensor Mean(Tensor input) => Reduce(input, Reduction.Mean, 1, 1);

    /// <summary>Softmax of each row.</summary>
    public Tensor Softmax(Tensor input) => SoftmaxOf("softmax", input, logarithm: false);

    /// <summary>Logarithm of the softmax of each row.</summary>
    public Tensor LogSoftmax(Tensor input) => SoftmaxOf("log softmax", input, logarithm: true);

    /// <summary>log sum exp of each row, shape [rows, 1].</summary>
    public Tensor LogSumExp(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var output = Next("log sum exp", input.Rows, 1);
        Backend.LogSumExp(input.Value, output.Value);
        return Record(output, LogSumExpBackward, input);
    }

    /// <summary>Running sum down each column, from the first row or from the last.</summary>
    public Tensor CumulativeSum(Tensor input, bool reverse = false)
    {
        ArgumentNullException.ThrowIfNull(input);
        var output = Next("cumulative sum", input.Rows, input.Columns);
        Backend.CumulativeSum(input.Value, output.Value, reverse);
        return Record(output, CumulativeSumBackward, input, settings: new OperationSettings(Flag: reverse));
    }

    /// <summary>Layer normalisation with scale and shift [1, columns].</summary>
    public Tensor LayerNorm(Tensor input, Tensor scale, Tensor shift, float epsilon = 1e-5f)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(scale);
        ArgumentNullException.ThrowIfNull(shift);
        var output = Next("layer norm", input.Rows, input.Columns);
        Backend.LayerNorm(input.Value, scale.Value, shift.Value, output.Value, Save(output, input.Rows, 2), epsilon);
        return Record(output, LayerNormBackward, input, scale, shift);
    }

    /// <summary>Batch normalisation over rows with scale and shift [1, columns]. While training it uses the batch and moves the running statistics;
    /// else it uses the running statistics and no gradient flows through them.</summary>
    /// <param name="input">[rows, columns].</param>
    /// <param name="scale">[1, columns].</param>
    /// <param name="shift">[1, columns].</param>
    /// <param name="running">[2, columns]: mean and 1 / deviation, kept by the layer.</param>
    /// <param name="momentum">Share of the batch in the running statistics.</param>
    /// <param name="epsilon">Added to the variance.</param>
    public Tensor BatchNorm(Tensor input, Tensor scale, Tensor shift, MatrixView running, float momentum = 0.1f, float epsilon = 1e-5f)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(scale);
        ArgumentNullException.ThrowIfNull(shift);
        var output = Next("batch norm", input.Rows, input.Columns);
        var statistics = Save(output, 2, input.Columns);
        if (IsTraining)
        {
            Backend.BatchNorm(input.Value, scale.Value, shift.Value, output.Value, statistics, epsilon, useStatistics: false);
            if (MovesStatistics)
            {
                Backend.Copy(running, running, 1 - momentum);
                Backend.Copy(statistics, running, momentum, accumulate: true);
            }
        }
        else
        {
            Backend.Copy(running, statistics);
            Backend.BatchNorm(input.Value, scale.Value, shift.Value, output.Value, statistics, epsilon, useStatistics: true);
        }

        return Record(output, IsTraining ? BatchNormBackward : FixedNormBackward, input, scale, shift);
    }

    private static readonly Action<Tape, Tensor> ReduceBackward = static (tape, y) =>
    {
        var (dx, add) = tape.GradientOf(y.First!);
        tape.Backend.Copy(y.GradientView, dx, y.Settings.Number, add);
    };

    private static readonly Action<Tape, Tensor> SoftmaxBackward = static (tape, y) =>
    {
        var (dx, add) = tape.GradientOf(y.First!);
        tape.Backend.SoftmaxBackward(y.Value, y.GradientView, dx, y.Settings.Flag, add);
    };

    private static readonly Action<Tape, Tensor> LogSumExpBackward = static (tape, y) =>
    {
        var x = y.First!;
        using var shares = tape.Backend.Rent(x.Value.Length, cleared: false);
        var view = shares.AsMatrix(x.Rows, x.Columns);
        tape.Backend.Softmax(x.Value, view, logarithm: false);
        var (dx, add) = tape.GradientOf(x);
        tape.Backend.Binary(BinaryFunction.Multiply, view, y.GradientView, dx, add);
    };

    private static readonly Action<Tape, Tensor> CumulativeSumBackward = static (tape, y) =>
    {
        var (dx, add) = tape.GradientOf(y.First!);
        tape.Backend.CumulativeSum(y.GradientView, dx, !y.Settings.Flag, add);
    };

    private static readonly Action<Tape, Tensor> LayerNormBackward = static (tape, y) =>
    {
        using var spare = new NormGradients(tape, y);
        tape.Backend.LayerNormBackward(y.First!.Value, y.Second!.Value, y.Saved, y.GradientView, spare.Input, spare.Scale, spare.Shift, spare.Accumulate);
    };

    private static readonly Action<Tape, Tensor> BatchNormBackward = static (tape, y) =>
    {
        using var spare = new NormGradients(tape, y);
        tape.Backend.BatchNormBackward(y.First!.Value, y.Second!.Value, y.Saved, y.GradientView, spare.Input, spare.Scale, spare.Shift, spare.Accumulate);
    };

    private static readonly Action<Tape, Tensor> FixedNormBackward = static (tape, y) =>
    {
        var (x, scale, shift, dy) = (y.First!, y.Second!, y.Third!, y.GradientView);
        using var normal = tape.Backend.Rent(dy.Length, cleared: false);
        var view = normal.AsMatrix(dy.Rows, dy.Columns);
        tape.Backend.Binary(BinaryFunction.Subtract, x.Value, y.Saved.SliceRows(0, 1), view);
        tape.Backend.Binary(BinaryFunction.Multiply, view, y.Saved.SliceRows(1, 1), view);
        tape.Backend.Binary(BinaryFunction.Multiply, view, dy, view);
        tape.ReturnTo(scale, view, 1f);
        tape.ReturnTo(shift, dy, 1f);
        tape.Backend.Binary(BinaryFunction.Multiply, dy, scale.Value, view);
        tape.Backend.Binary(BinaryFunction.Multiply, view, y.Saved.SliceRows(1, 1), view);
        tape.ReturnTo(x, view, 1f);
    };

    private Tensor SoftmaxOf(string name, Tensor input, bool logarithm)
    {
        ArgumentNullException.ThrowIfNull(input);
        var output = Next(name, input.Rows, input.Columns);
        Backend.Softmax(input.Value, output.Value, logarithm);
        return Record(output, SoftmaxBackward, input, settings: new OperationSettings(Flag: logarithm));
    }

    /// <summary>Where the three gradients of a normalisation go; those nobody needs go to a buffer that is given back.</summary>
    private readonly struct NormGradients : IDisposable
    {
        private readonly ComputeBuffer? _unwanted;

        public NormGradients(Tape tape, Tensor y)
        {
            var (x, scale, shift) = (y.First!, y.Second!, y.Third!);
            _unwanted = x.NeedsGradient && scale.NeedsGradient && shift.NeedsGradient
                ? null
                : tape.Backend.Rent(x.Value.Length + scale.Value.Length + shift.Value.Length);
            (Input, Accumulate) = x.NeedsGradient ? tape.GradientOf(x) : (_unwanted!.AsMatrix(x.Rows, x.Columns), false);
            Scale = scale.NeedsGradient ? tape.WholeGradientOf(scale) : new MatrixView(_unwanted!, x.Value.Length, 1, x.Columns);
            Shift = shift.NeedsGradient ? tape.WholeGradientOf(shift) : new MatrixView(_unwanted!, x.Value.Length + x.Columns, 1, x.Columns);
        }

        public MatrixView Input { get; }

        public MatrixView Scale { get; }

        public MatrixView Shift { get; }

        public bool Accumulate { get; }

        public void Dispose() => _unwanted?.Dispose();
    }
}
