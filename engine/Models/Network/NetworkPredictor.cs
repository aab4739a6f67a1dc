using DigitalTwin.Models.Network.Encoders;
using DigitalTwin.Models.Network.Heads;
using DigitalTwin.Models.Network.Training;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Numerics.Compute.Simd;

namespace DigitalTwin.Models.Network;

/// <summary>A trained ensemble of networks. It predicts on processors, whatever it was trained on; safe to call from many threads.</summary>
public sealed class NetworkPredictor : IStoredPredictor
{
    private readonly InputEncoding _inputs;
    private readonly IOutcomeHead _head;
    private readonly NetworkLearnerOptions _options;
    private readonly float[][] _members;
    private readonly double? _share;
    private readonly int _threadCount;

    internal NetworkPredictor(
        InputEncoding inputs, IOutcomeHead head, NetworkLearnerOptions options, float[][] members, double? share, int threadCount, IReadOnlyList<string> findings)
    {
        (_inputs, _head, _options, _members, _share, _threadCount) = (inputs, head, options, members, share, threadCount);
        Findings = findings;
    }

    public IReadOnlyList<string> Findings { get; }

    /// <summary>What training taught about the modalities.</summary>
    internal InputEncoding Inputs => _inputs;

    internal IOutcomeHead Head => _head;

    internal NetworkLearnerOptions Options => _options;

    /// <summary>Numbers of each member, shape [members].</summary>
    internal IReadOnlyList<float[]> Members => _members;

    internal int ThreadCount => _threadCount;

    /// <summary>How much of the residual is kept on top of another model, from 0 to 1; null where there is no other model.</summary>
    public double? ResidualShare => _share;

    /// <summary>What members say of the training subjects of the fold they held out to stop by, in the order of training; null where there are fewer members than folds.
    /// The fold chose the epoch, so that these predictions are a little better than those of new subjects.</summary>
    public OutcomePredictions? HeldOut { get; internal init; }

    /// <exception cref="InvalidOperationException">It was trained on top of another model, whose predictions are needed here too.</exception>
    public OutcomePredictions Predict(SubjectInputs inputs) => _share is null
        ? PredictFrom(inputs, null)
        : throw new InvalidOperationException("The network was trained on top of another model. Give what that predicts for these subjects: Predict(inputs, start).");

    /// <summary>On top of another model.</summary>
    /// <param name="inputs">Of any subjects; modalities may be missing.</param>
    /// <param name="start">What the other model predicts for them.</param>
    /// <exception cref="InvalidOperationException">It was trained on its own.</exception>
    /// <exception cref="ArgumentException">The predictions are of another kind or of other subjects.</exception>
    public OutcomePredictions Predict(SubjectInputs inputs, OutcomePredictions start)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(start);
        if (_share is null)
        {
            throw new InvalidOperationException("The network was trained on its own and starts from no other model. Call Predict(inputs).");
        }

        return start.Count == inputs.Count
            ? PredictFrom(inputs, _head.Offsets(start))
            : throw new ArgumentException($"There are {inputs.Count} subjects and {start.Count} predictions to start from.", nameof(start));
    }

    /// <summary>One member as a predictor of its own.</summary>
    internal NetworkPredictor Only(int member) => new(_inputs, _head, _options, [_members[member]], _share, 1, []);

    PredictionShape IStoredPredictor.Shape => _head.Shape;

    bool IStoredPredictor.AnswersAlone => _share is null;

    void IStored.Write(ModelWriter writer)
    {
        _inputs.Write(writer);
        writer.Part(_head);
        _options.WriteShape(writer);
        writer.List(_members, m => writer.Singles(m));
        writer.Flag(_share is not null);
        writer.Number(_share ?? 0);
        writer.Texts(Findings);
    }

    internal static NetworkPredictor Read(ModelReader reader)
    {
        var (inputs, head, options) = (InputEncoding.Read(reader), reader.Part<IOutcomeHead>(), NetworkLearnerOptions.ReadShape(reader));
        var members = reader.List(reader.Singles, sizeof(int));
        var (hasShare, share) = (reader.Flag(), reader.Number());
        reader.Require(share is >= 0 and <= 1, $"{share} of a residual is kept");
        reader.Require(members.Length > 0 && members.All(m => m.Length == members[0].Length), $"the {members.Length} members of an ensemble have not as many numbers each");
        using (var backend = new SimdBackend(1))
        using (var network = new OutcomeNetwork(backend, null, inputs, head, options, hasShare, members[0].Length))
        {
            reader.Require(network.Parameters.Length == members[0].Length, $"a network has {network.Parameters.Length} numbers, and its members have {members[0].Length}");
        }

        return new NetworkPredictor(inputs, head, options, members, hasShare ? share : null, reader.ThreadCount, reader.Texts());
    }

    private OutcomePredictions PredictFrom(SubjectInputs inputs, float[]? offsets)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return offsets is not null && _share == 0 ? _head.Predict([offsets]) : _head.Predict(Outputs(inputs, offsets));
    }

    private float[][] Outputs(SubjectInputs inputs, float[]? offsets)
    {
        var numbers = _inputs.Encode(inputs);
        string[] names = [.. inputs.Subjects.Select(s => s.Value)];
        var batchSize = NetworkBatches.SizeFor(numbers);
        var parts = NetworkBatches.PartsFor(inputs.Count, batchSize, _members.Length, _threadCount);
        var outputs = MemberWork.Run(_members.Length * parts.Count, null, _threadCount, (item, backend) =>
        {
            using var network = new OutcomeNetwork(backend, null, _inputs, _head, _options, offsets is not null);
            using var data = new NetworkData(backend, numbers, names, offsets);
            network.Parameters.Restore(_members[item / parts.Count]);
            return network.Outputs(data, parts[item % parts.Count], batchSize);
        });
        float[][] ofMembers = [.. Enumerable.Range(0, _members.Length).Select(m => outputs.Skip(m * parts.Count).Take(parts.Count).SelectMany(o => o).ToArray())];
        return offsets is null ? ofMembers : Array.ConvertAll(ofMembers, own => Training.ResidualShare.Mixed(offsets, own, _share!.Value));
    }
}
