using DigitalTwin.Numerics.Autodiff;

namespace DigitalTwin.Models.Explanation.Attribution;

/// <summary>A member as a function of the encoded numbers of one subject, all modalities one after the other.</summary>
/// <param name="member">Asked about that subject.</param>
internal sealed class NetworkPath(ExplainedMember member) : IPathFunction
{
    public int InputCount { get; } = member.Numbers.Sum(n => n.RowCount * n.ColumnCount);

    public void Evaluate(float[] points, Span<double> values, Span<float> gradients)
    {
        var count = values.Length;
        using var tape = new Tape(member.Backend);
        using var uploads = new UploadedNumbers(member.Backend);
        var modalities = new Tensor[member.Numbers.Count];
        var start = 0;
        for (var m = 0; m < modalities.Length; m++)
        {
            var (rows, columns) = (member.Numbers[m].RowCount, member.Numbers[m].ColumnCount);
            var own = new float[count * rows * columns];
            for (var k = 0; k < count; k++)
            {
                points.AsSpan((k * InputCount) + start, rows * columns).CopyTo(own.AsSpan(k * rows * columns));
            }

            modalities[m] = tape.Variable(uploads.Of(own, count * rows, columns), $"modality {m}");
            start += rows * columns;
        }

        member.Differentiate(tape, modalities, values);
        ReadGradients(modalities, count, gradients);
    }

    private void ReadGradients(Tensor[] modalities, int count, Span<float> gradients)
    {
        var start = 0;
        for (var m = 0; m < modalities.Length; m++)
        {
            var size = member.Numbers[m].RowCount * member.Numbers[m].ColumnCount;
            var own = new float[count * size];
            if (modalities[m].Gradient is { } gradient)
            {
                member.Backend.Download(gradient, own);
            }

            for (var k = 0; k < count; k++)
            {
                own.AsSpan(k * size, size).CopyTo(gradients[((k * InputCount) + start)..]);
            }

            start += size;
        }
    }
}
