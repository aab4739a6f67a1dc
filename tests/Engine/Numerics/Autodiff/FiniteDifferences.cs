using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Compute.Reference;
using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Tests.Engine.Numerics.Autodiff;

/// <summary>Compares the gradients of a tape with central differences, both in float64 on the reference backend.</summary>
internal sealed class FiniteDifferences : IDisposable
{
    private const double Step = 1e-5;

    private readonly List<ComputeBuffer> _inputs = [];
    private readonly List<MatrixView> _views = [];
    private readonly RandomStream _stream = new(new StreamKey(11, 0, 0, 0, RandomPurpose.Permutation));

    public ReferenceBackend Backend { get; } = new();

    /// <summary>Adds an input of random numbers.</summary>
    public FiniteDifferences With(int rows, int columns, double low = -1, double high = 1)
    {
        var buffer = Backend.Rent((long)rows * columns);
        foreach (ref var number in ReferenceBackend.Numbers(buffer))
        {
            number = low + ((high - low) * _stream.NextDouble());
        }

        _inputs.Add(buffer);
        _views.Add(buffer.AsMatrix(rows, columns));
        return this;
    }

    /// <summary>Asserts that the gradient of a random weighting of the output agrees, for every number of every input.</summary>
    /// <returns>Count of derivatives compared.</returns>
    public int Check(Func<Tape, Tensor[], Tensor> model, bool isTraining = true, double tolerance = 1e-7)
    {
        using var tape = new Tape(Backend) { IsTraining = isTraining, DropoutKey = 99 };
        var inputs = new Tensor[_views.Count];
        var loss = Loss(tape, inputs, model);
        tape.Backward(loss);
        var gradients = inputs.Select(i => i.Gradient is { } g ? Numbers(g) : throw new InvalidOperationException($"No gradient reached '{i.Name}'.")).ToArray();
        var compared = 0;
        for (var k = 0; k < _inputs.Count; k++)
        {
            for (var n = 0; n < _inputs[k].Length; n++)
            {
                var expected = (LossAt(tape, model, k, n, Step) - LossAt(tape, model, k, n, -Step)) / (2 * Step);
                Assert.True(
                    Math.Abs(gradients[k][n] - expected) <= tolerance * Math.Max(1, Math.Abs(expected)) * 100,
                    $"input {k}, number {n}: the tape gives {gradients[k][n]:R}, central differences {expected:R}");
                compared++;
            }
        }

        return compared;
    }

    public void Dispose()
    {
        foreach (var input in _inputs)
        {
            input.Dispose();
        }
    }

    private static double[] Numbers(MatrixView view) => ReferenceBackend.Numbers(view.Buffer).Slice((int)view.Offset, (int)view.Length).ToArray();

    private double LossAt(Tape tape, Func<Tape, Tensor[], Tensor> model, int input, int place, double step)
    {
        var number = ReferenceBackend.Numbers(_inputs[input])[place];
        ReferenceBackend.Numbers(_inputs[input])[place] = number + step;
        var loss = Loss(tape, new Tensor[_views.Count], model);
        ReferenceBackend.Numbers(_inputs[input])[place] = number;
        return Numbers(loss.Value)[0];
    }

    /// <summary>Sum of the output times fixed weights, so that every output counts differently.</summary>
    private Tensor Loss(Tape tape, Tensor[] inputs, Func<Tape, Tensor[], Tensor> model)
    {
        tape.Reset();
        for (var k = 0; k < inputs.Length; k++)
        {
            inputs[k] = tape.Variable(_views[k], $"input {k}");
        }

        var output = model(tape, inputs);
        var weights = Backend.Rent(output.Value.Length);
        var numbers = ReferenceBackend.Numbers(weights);
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Math.Sin(i + 1);
        }

        return tape.Sum(tape.Multiply(output, tape.Constant(weights.AsMatrix(output.Rows, output.Columns), "weights")));
    }
}
