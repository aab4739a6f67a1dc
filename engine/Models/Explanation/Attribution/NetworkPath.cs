using DigitalTwin.Models.Network;
using DigitalTwin.Models.Network.Encoders;
using DigitalTwin.Models.Network.Heads;
using DigitalTwin.Models.Network.Training;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Models.Explanation.Attribution;

/// <summary>One member of a trained ensemble as a function of the encoded numbers of one subject, all modalities one after the other.</summary>
internal sealed class NetworkPath : IPathFunction, IDisposable
{
    private readonly IComputeBackend _backend;
    private readonly OutcomeNetwork _network;
    private readonly IReadOnlyList<ModalityNumbers> _numbers;
    private readonly IOutcomeHead _head;
    private readonly ExplainedQuantity _quantity;
    private readonly float[]? _offset;
    private readonly double _share;

    /// <param name="backend">Where it computes.</param>
    /// <param name="predictor">The ensemble.</param>
    /// <param name="inputs">Its encoding, or one of the same shape over another network.</param>
    /// <param name="member">Which member.</param>
    /// <param name="numbers">Of the one subject: shapes, and which modalities are there.</param>
    /// <param name="quantity">What is explained.</param>
    /// <param name="offset">Outputs that the network starts from, shape [outputs]; or none.</param>
    /// <exception cref="NotSupportedException">The head has no explained quantity.</exception>
    public NetworkPath(
        IComputeBackend backend, NetworkPredictor predictor, InputEncoding inputs, int member, IReadOnlyList<ModalityNumbers> numbers, ExplainedQuantity quantity, float[]? offset)
    {
        (_backend, _numbers, _head, _quantity, _offset) = (backend, numbers, predictor.Head, quantity, offset);
        _share = predictor.ResidualShare ?? 1;
        if (_head is not IExplainedHead)
        {
            throw new NotSupportedException($"{_head.GetType().Name} has no quantity that integrated gradients explain. Use Shapley values, which ask for predictions only.");
        }

        _network = new OutcomeNetwork(backend, null, inputs, predictor.Head, predictor.Options, offset is not null);
        _network.Parameters.Restore(predictor.Members[member]);
        InputCount = numbers.Sum(n => n.RowCount * n.ColumnCount);
    }

    public int InputCount { get; }

    public void Evaluate(float[] points, Span<double> values, Span<float> gradients)
    {
        var count = values.Length;
        using var tape = new Tape(_backend) { IsTraining = false, PatientCount = count };
        var buffers = new List<ComputeBuffer>();
        var modalities = new Tensor[_numbers.Count];
        var start = 0;
        for (var m = 0; m < modalities.Length; m++)
        {
            var size = _numbers[m].RowCount * _numbers[m].ColumnCount;
            var own = new float[count * size];
            for (var k = 0; k < count; k++)
            {
                points.AsSpan((k * InputCount) + start, size).CopyTo(own.AsSpan(k * size));
            }

            modalities[m] = tape.Variable(Uploaded(own, count * _numbers[m].RowCount, _numbers[m].ColumnCount, buffers), $"modality {m}");
            start += size;
        }

        var presence = Enumerable.Range(0, count).SelectMany(_ => _numbers.Select(n => n.IsPresent[0] ? 1f : 0f)).ToArray();
        var offset = _offset is null ? null : tape.Constant(Uploaded([.. Enumerable.Range(0, count).SelectMany(_ => _offset)], count, _offset.Length, buffers), "offset");
        var outputs = _network.Forward(tape, modalities, tape.Constant(Uploaded(presence, count, _numbers.Count, buffers), "presence"), offset);
        var weights = Derivatives(outputs, values);
        tape.Backward(tape.Sum(tape.Multiply(outputs, tape.Constant(Uploaded(weights, count, _head.OutputCount, buffers), "derivatives"))));
        ReadGradients(modalities, count, gradients);
        buffers.ForEach(b => b.Dispose());
    }

    public void Dispose() => _network.Dispose();

    // The quantity is read on the host: what flows back into the network is its derivative by the outputs.
    private float[] Derivatives(Tensor outputs, Span<double> values)
    {
        var width = _head.OutputCount;
        var numbers = new float[values.Length * width];
        _backend.Download(outputs.Value, numbers);
        var weights = new float[numbers.Length];
        var gradient = new double[width];
        for (var k = 0; k < values.Length; k++)
        {
            var row = numbers.AsSpan(k * width, width);
            var mixed = _offset is null ? row.ToArray() : ResidualShare.Mixed(_offset, row.ToArray(), _share);
            values[k] = ((IExplainedHead)_head).Explain(mixed, _quantity, gradient);
            for (var j = 0; j < width; j++)
            {
                weights[(k * width) + j] = (float)(gradient[j] * (_offset is null ? 1 : _share));
            }
        }

        return weights;
    }

    private void ReadGradients(Tensor[] modalities, int count, Span<float> gradients)
    {
        var start = 0;
        for (var m = 0; m < modalities.Length; m++)
        {
            var size = _numbers[m].RowCount * _numbers[m].ColumnCount;
            var own = new float[count * size];
            if (modalities[m].Gradient is { } gradient)
            {
                _backend.Download(gradient, own);
            }

            for (var k = 0; k < count; k++)
            {
                own.AsSpan(k * size, size).CopyTo(gradients[((k * InputCount) + start)..]);
            }

            start += size;
        }
    }

    private MatrixView Uploaded(float[] numbers, int rows, int columns, List<ComputeBuffer> buffers)
    {
        var buffer = _backend.Rent(Math.Max(1, numbers.Length));
        buffers.Add(buffer);
        var view = buffer.AsMatrix(rows, columns);
        _backend.Upload(numbers, view);
        return view;
    }
}
