using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Losses;

/// <summary>Numbers that a loss compares with: filled on the host, put on the backend, room kept for the next batch.</summary>
internal sealed class TargetMatrix(IComputeBackend backend, string name) : IDisposable
{
    /// <summary>Added to a logit to take it out of a sum of exponentials: finite, so that no infinity minus infinity appears.</summary>
    public const float Excluded = -1e30f;

    private float[] _host = [];
    private ComputeBuffer? _buffer;

    public int Rows { get; private set; }

    public int Columns { get; private set; }

    /// <summary>Room for a matrix, all one number.</summary>
    public Span<float> Start(int rows, int columns, float value = 0f)
    {
        (Rows, Columns) = (rows, columns);
        var count = checked(rows * columns);
        if (_host.Length < count)
        {
            _host = new float[count];
        }

        var span = _host.AsSpan(0, count);
        span.Fill(value);
        return span;
    }

    /// <summary>Puts what was filled on the backend.</summary>
    public void Upload()
    {
        var count = Rows * Columns;
        if (_buffer is null || _buffer.Length < count)
        {
            _buffer?.Dispose();
            _buffer = null;
            _buffer = backend.Rent(count);
        }

        backend.Upload(_host.AsSpan(0, count), _buffer.AsMatrix(Rows, Columns));
    }

    public Tensor On(Tape tape) => _buffer is null
        ? throw new InvalidOperationException($"'{name}' is not set. Call SetTargets for the batch first.")
        : tape.Constant(_buffer.AsMatrix(Rows, Columns), name);

    /// <summary>Predictions must have the shape that the targets ask for.</summary>
    /// <exception cref="ShapeMismatchException">They have not.</exception>
    public void CheckShape(Tensor predictions, int columns)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        if (predictions.Rows != Rows || predictions.Columns != columns)
        {
            OperandCheck.Shape(predictions.Value, Rows, columns, $"{Rows} subjects are in the targets", predictions.Name);
        }
    }

    public void Dispose() => _buffer?.Dispose();
}
