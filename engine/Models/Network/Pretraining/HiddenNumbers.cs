using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Models.Network.Pretraining;

/// <summary>Which numbers of a batch are shown, 1, and which hidden, 0: drawn anew in each step of training by the dropout key of the tape; the same for a place in the
/// batch when held-out subjects are looked at.</summary>
internal sealed class HiddenNumbers(IComputeBackend backend, int modality, double share) : IDisposable
{
    private float[] _host = [];
    private ComputeBuffer? _buffer;

    /// <returns>[rows, columns] of 0 and 1. Valid until the next call.</returns>
    public Tensor On(Tape tape, int rows, int columns)
    {
        var count = rows * columns;
        if (_host.Length < count)
        {
            _host = new float[count];
            _buffer?.Dispose();
            _buffer = backend.Rent(count);
        }

        var (key, limit) = (tape.IsTraining ? tape.DropoutKey : 0, share * uint.MaxValue);
        for (var k = 0; k < count; k += 4)
        {
            var block = Philox4x32.Block(new PhiloxBlock((uint)k, (uint)modality, 1, (uint)RandomPurpose.Masking), (uint)key, (uint)(key >> 32));
            ReadOnlySpan<uint> words = [block.Word0, block.Word1, block.Word2, block.Word3];
            for (var w = 0; w < 4 && k + w < count; w++)
            {
                _host[k + w] = words[w] < limit ? 0f : 1f;
            }
        }

        var view = _buffer!.AsMatrix(rows, columns);
        backend.Upload(_host.AsSpan(0, count), view);
        return tape.Constant(view, "shown numbers");
    }

    public void Dispose() => _buffer?.Dispose();
}
