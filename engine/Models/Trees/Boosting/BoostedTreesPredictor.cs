using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Models.Trees.Features;
using DigitalTwin.Models.Trees.Nodes;
using DigitalTwin.Models.Trees.Readings;

namespace DigitalTwin.Models.Trees.Boosting;

/// <summary>Boosted trees. Immutable; safe to call from many threads.</summary>
public sealed class BoostedTreesPredictor : IStoredPredictor
{
    private readonly TreeEncoding _encoding;
    private readonly double[] _base;
    private readonly TreeSet _trees;
    private readonly TreeReading _reading;
    private readonly int _threadCount;

    internal BoostedTreesPredictor(
        TreeEncoding encoding, double[] baseScores, IReadOnlyList<GrownTree> trees, TreeReading reading, int threadCount, IReadOnlyList<string> findings)
        : this(
            encoding, baseScores, new TreeSet(trees), [.. Enumerable.Range(0, trees.Count == 0 ? 0 : trees[0].Gains.Length).Select(f => trees.Sum(t => t.Gains[f]))], reading, threadCount, findings)
    {
    }

    private BoostedTreesPredictor(
        TreeEncoding encoding, double[] baseScores, TreeSet trees, double[] gains, TreeReading reading, int threadCount, IReadOnlyList<string> findings) =>
        (_encoding, _base, _trees, Gains, _reading, _threadCount, Findings) = (encoding, baseScores, trees, gains, reading, threadCount, findings);

    public IReadOnlyList<string> Findings { get; }

    /// <summary>Trees in all.</summary>
    public int TreeCount => _trees.TreeCount;

    internal double[] Gains { get; }

    public OutcomePredictions Predict(SubjectInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return _reading.Of(BoostedScores.Of(_base, _trees, _encoding.Encode(inputs), _threadCount));
    }

    PredictionShape IStoredPredictor.Shape => _reading.Shape;

    void IStored.Write(ModelWriter writer)
    {
        _encoding.Write(writer);
        writer.Part(_reading);
        writer.Numbers(_base);
        _trees.Write(writer);
        writer.Numbers(Gains);
        writer.Texts(Findings);
    }

    internal static BoostedTreesPredictor Read(ModelReader reader)
    {
        var (encoding, reading) = (TreeEncoding.Read(reader), reader.Part<TreeReading>());
        var scores = reader.Numbers(reading.Width, "scores before the first tree");
        var trees = TreeSet.Read(reader, encoding.FeatureCount, reading.Width);
        var gains = reader.Numbers(trees.TreeCount == 0 ? 0 : encoding.FeatureCount, "gains of features");
        return new BoostedTreesPredictor(encoding, scores, trees, gains, reading, reader.ThreadCount, reader.Texts());
    }
}
