using DigitalTwin.Models.Network.Encoders;
using DigitalTwin.Models.Network.Fusion;
using DigitalTwin.Models.Network.Heads;
using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Models.Network.Training;

/// <summary>One network: an encoder for each modality, fusion, head.</summary>
internal sealed class OutcomeNetwork : IDisposable
{
    private readonly ITokenEncoder[] _encoders;
    private readonly IFusion _fusion;
    private readonly IHeadLayer _headLayer;
    private readonly IOutcomeHead _head;

    /// <param name="backend">Where it computes.</param>
    /// <param name="seed">Of the first values; null where trained ones are put in.</param>
    /// <param name="inputs">What training taught about the modalities.</param>
    /// <param name="head">Of the kind of outcome.</param>
    /// <param name="options">Sizes.</param>
    /// <param name="hasOffset">Whether it is added to what another model predicts.</param>
    /// <param name="mostNumbers">Numbers of all parameters at most.</param>
    /// <exception cref="ArgumentException">It would have more numbers, or a size is out of range.</exception>
    public OutcomeNetwork(
        IComputeBackend backend, ulong? seed, InputEncoding inputs, IOutcomeHead head, NetworkLearnerOptions options, bool hasOffset, long mostNumbers = long.MaxValue)
    {
        Parameters = new ParameterSet(backend) { LengthLimit = mostNumbers };
        var scope = new LayerScope(Parameters, seed);
        _head = head;
        _encoders = [.. inputs.Modalities.Select(m => m.CreateEncoder(scope.Part(m.Name), options))];
        _fusion = Fusions.Create(scope.Part("fusion"), _encoders.Length, head.CoefficientCount, options);
        _headLayer = head.CreateLayer(scope.Part("head"), hasOffset);
    }

    public ParameterSet Parameters { get; }

    /// <summary>The gene network that graph layers multiply by; null where no layer is on one.</summary>
    public SharedGraph? Genes => _encoders.OfType<MolecularEncoder>().FirstOrDefault()?.Genes;

    /// <summary>[subjects, outputs].</summary>
    public Tensor Forward(Tape tape, NetworkData data, ReadOnlySpan<int> subjects)
    {
        var modalities = new Tensor[_encoders.Length];
        for (var m = 0; m < modalities.Length; m++)
        {
            modalities[m] = data.Modality(tape, m, subjects);
        }

        return Forward(tape, modalities, data.Presence(tape, subjects), data.Offset(tape, subjects));
    }

    /// <summary>From numbers that are on the tape already: [subjects, outputs].</summary>
    /// <param name="tape">Where to compute.</param>
    /// <param name="modalities">One a modality, [subjects * rows, columns].</param>
    /// <param name="presence">[subjects, modalities].</param>
    /// <param name="offset">[subjects, outputs], or none.</param>
    public Tensor Forward(Tape tape, IReadOnlyList<Tensor> modalities, Tensor presence, Tensor? offset)
    {
        var tokens = new Tensor[_encoders.Length];
        for (var m = 0; m < tokens.Length; m++)
        {
            tokens[m] = _encoders[m].Forward(tape, modalities[m]);
        }

        return _headLayer.Forward(tape, _fusion.Forward(tape, tokens, presence), offset);
    }

    /// <summary>Outputs of all subjects out of training, row-major [subjects, outputs].</summary>
    /// <param name="data">Of the subjects.</param>
    /// <param name="batchSize">Subjects computed at once; the numbers do not depend on it.</param>
    public float[] Outputs(NetworkData data, int batchSize) => Outputs(data, Enumerable.Range(0, data.SubjectCount).ToArray(), batchSize);

    /// <summary>Outputs of some subjects out of training, row-major [subjects, outputs].</summary>
    public float[] Outputs(NetworkData data, ReadOnlySpan<int> subjects, int batchSize)
    {
        var numbers = new float[subjects.Length * _head.OutputCount];
        using var tape = new Tape(Parameters.Backend);
        for (var start = 0; start < subjects.Length; start += batchSize)
        {
            var part = subjects.Slice(start, Math.Min(batchSize, subjects.Length - start));
            tape.Reset();
            (tape.IsTraining, tape.PatientCount) = (false, part.Length);
            var outputs = Forward(tape, data, part);
            Parameters.Backend.Download(outputs.Value, numbers.AsSpan(start * _head.OutputCount, part.Length * _head.OutputCount));
        }

        return numbers;
    }

    public void Dispose()
    {
        Array.ForEach(_encoders, e => e.Dispose());
        _fusion.Dispose();
        Parameters.Dispose();
    }
}
