using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Models.Trees.Features;
using DigitalTwin.Models.Trees.Readings;

namespace DigitalTwin.Models.Trees.Forests;

/// <summary>A grown forest. Immutable; safe to call from many threads.</summary>
public sealed class ForestPredictor : IStoredPredictor
{
    private readonly TreeEncoding _encoding;
    private readonly Forest _forest;
    private readonly TreeReading _reading;

    internal ForestPredictor(TreeEncoding encoding, Forest forest, TreeReading reading, OutcomePredictions? outOfBag, IReadOnlyList<string> findings) =>
        (_encoding, _forest, _reading, OutOfBag, Findings) = (encoding, forest, reading, outOfBag, findings);

    /// <summary>What the trees that did not see a training subject say of it, in the order of training: an honest validation that costs nothing.
    /// Null in a forest that was read from bytes, which say nothing of training subjects.</summary>
    public OutcomePredictions? OutOfBag { get; }

    public IReadOnlyList<string> Findings { get; }

    internal Forest Forest => _forest;

    public OutcomePredictions Predict(SubjectInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return _reading.Of(_forest.Mean(_encoding.Encode(inputs)));
    }

    PredictionShape IStoredPredictor.Shape => _reading.Shape;

    void IStored.Write(ModelWriter writer)
    {
        _encoding.Write(writer);
        writer.Part(_reading);
        _forest.Write(writer);
        writer.Texts(Findings);
    }

    internal static ForestPredictor Read(ModelReader reader)
    {
        var (encoding, reading) = (TreeEncoding.Read(reader), reader.Part<TreeReading>());
        return new ForestPredictor(encoding, Forest.Read(reader, encoding.FeatureCount, reading.Width), reading, null, reader.Texts());
    }
}
