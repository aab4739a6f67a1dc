using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Models.Explanation.Attribution;

/// <summary>Numbers that are on a backend for one pass, given back together.</summary>
internal sealed class UploadedNumbers(IComputeBackend backend) : IDisposable
{
    private readonly List<ComputeBuffer> _buffers = [];

    public MatrixView Of(float[] numbers, int rows, int columns)
    {
        var buffer = backend.Rent(Math.Max(1, numbers.Length));
        _buffers.Add(buffer);
        var view = buffer.AsMatrix(rows, columns);
        backend.Upload(numbers, view);
        return view;
    }

    public void Dispose() => _buffers.ForEach(b => b.Dispose());
}
