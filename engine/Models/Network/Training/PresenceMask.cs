using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Models.Network.Training;

/// <summary>Which modalities of a subject are there. While training each is hidden now and then, though never the last that a subject has, so that any subset of
/// modalities can be predicted from; the dropout key of the tape decides which.</summary>
internal sealed class PresenceMask(IComputeBackend backend, bool[][] isPresent, float dropout) : IDisposable
{
    private float[] _host = [];
    private ComputeBuffer? _buffer;

    /// <returns>[subjects, modalities] of 0 and 1. Valid until the next call.</returns>
    public Tensor On(Tape tape, ReadOnlySpan<int> subjects)
    {
        var count = subjects.Length * isPresent.Length;
        if (_host.Length < count)
        {
            _host = new float[count];
            _buffer?.Dispose();
            _buffer = backend.Rent(count);
        }

        for (var k = 0; k < subjects.Length; k++)
        {
            var row = _host.AsSpan(k * isPresent.Length, isPresent.Length);
            for (var m = 0; m < row.Length; m++)
            {
                row[m] = isPresent[m][subjects[k]] ? 1f : 0f;
            }

            if (tape.IsTraining && dropout > 0)
            {
                Hide(row, tape.DropoutKey, (uint)k);
            }
        }

        var view = _buffer!.AsMatrix(subjects.Length, isPresent.Length);
        backend.Upload(_host.AsSpan(0, count), view);
        return tape.Constant(view, "presence");
    }

    public void Dispose() => _buffer?.Dispose();

    private void Hide(Span<float> row, ulong key, uint place)
    {
        var left = 0;
        foreach (var value in row)
        {
            left += value > 0 ? 1 : 0;
        }

        for (var m = 0; m < row.Length && left > 1; m++)
        {
            var word = Philox4x32.Block(new PhiloxBlock(place, (uint)m, 0, (uint)RandomPurpose.Masking), (uint)key, (uint)(key >> 32)).Word0;
            if (row[m] > 0 && word < dropout * uint.MaxValue)
            {
                row[m] = 0f;
                left--;
            }
        }
    }
}
