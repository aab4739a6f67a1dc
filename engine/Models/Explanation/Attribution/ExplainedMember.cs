using DigitalTwin.Models.Network;
using DigitalTwin.Models.Network.Encoders;
using DigitalTwin.Models.Network.Heads;
using DigitalTwin.Models.Network.Training;
using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Models.Explanation.Attribution;

/// <summary>One member of a trained ensemble that is asked about copies of one subject: the explained quantity, whose derivative flows back to what is explained.</summary>
internal sealed class ExplainedMember : IDisposable
{
    private readonly OutcomeNetwork _network;
    private readonly IOutcomeHead _head;
    private readonly ExplainedQuantity _quantity;
    private readonly float[]? _offset;
    private readonly double _share;

    /// <param name="backend">Where it computes.</param>
    /// <param name="predictor">The ensemble.</param>
    /// <param name="member">Which member.</param>
    /// <param name="numbers">Of the one subject: shapes, and which modalities are there.</param>
    /// <param name="quantity">What is explained.</param>
    /// <param name="offset">Outputs that the network starts from, shape [outputs]; or none.</param>
    /// <exception cref="NotSupportedException">The head has no explained quantity.</exception>
    public ExplainedMember(
        IComputeBackend backend, NetworkPredictor predictor, int member, IReadOnlyList<ModalityNumbers> numbers, ExplainedQuantity quantity, float[]? offset)
    {
        (Backend, Numbers, _head, _quantity, _offset) = (backend, numbers, predictor.Head, quantity, offset);
        _share = predictor.ResidualShare ?? 1;
        if (_head is not IExplainedHead)
        {
            throw new NotSupportedException($"{_head.GetType().Name} has no quantity that integrated gradients explain. Use Shapley values, which ask for predictions only.");
        }

        _network = new OutcomeNetwork(backend, null, predictor.Inputs, predictor.Head, predictor.Options, offset is not null);
        _network.Parameters.Restore(predictor.Members[member]);
    }

    public IComputeBackend Backend { get; }

    /// <summary>Encoded numbers of the subject, by modality.</summary>
    public IReadOnlyList<ModalityNumbers> Numbers { get; }

    /// <summary>The gene network that graph layers multiply by; null where no layer is on one.</summary>
    public SharedGraph? Genes => _network.Genes;

    /// <summary>Computes the quantity of each copy, and its gradients on the tape.</summary>
    /// <param name="tape">Where to compute.</param>
    /// <param name="modalities">One a modality, [copies * rows, columns].</param>
    /// <param name="values">Set to the quantity, shape [copies].</param>
    public void Differentiate(Tape tape, Tensor[] modalities, Span<double> values)
    {
        var count = values.Length;
        using var uploads = new UploadedNumbers(Backend);
        var presence = Enumerable.Range(0, count).SelectMany(_ => Numbers.Select(n => n.IsPresent[0] ? 1f : 0f)).ToArray();
        var offset = _offset is null ? null : tape.Constant(uploads.Of([.. Enumerable.Range(0, count).SelectMany(_ => _offset)], count, _offset.Length), "offset");
        (tape.IsTraining, tape.PatientCount) = (false, count);
        var outputs = _network.Forward(tape, modalities, tape.Constant(uploads.Of(presence, count, Numbers.Count), "presence"), offset);
        var weights = Derivatives(outputs, values);
        tape.Backward(tape.Sum(tape.Multiply(outputs, tape.Constant(uploads.Of(weights, count, _head.OutputCount), "derivatives"))));
    }

    public void Dispose() => _network.Dispose();

    // The quantity is read on the host: what flows back into the network is its derivative by the outputs.
    private float[] Derivatives(Tensor outputs, Span<double> values)
    {
        var width = _head.OutputCount;
        var numbers = new float[values.Length * width];
        Backend.Download(outputs.Value, numbers);
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
}
