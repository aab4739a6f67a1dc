using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Trees.Features;
using DigitalTwin.Models.Trees.Nodes;

namespace DigitalTwin.Models.Trees.Boosting;

/// <summary>Boosted trees. Immutable; safe to call from many threads.</summary>
public sealed class BoostedTreesPredictor : IOutcomePredictor
{
    private readonly TreeEncoding _encoding;
    private readonly double[] _base;
    private readonly TreeSet _trees;
    private readonly Func<double[], OutcomePredictions> _reading;
    private readonly int _threadCount;

    internal BoostedTreesPredictor(
        TreeEncoding encoding, double[] baseScores, IReadOnlyList<GrownTree> trees, Func<double[], OutcomePredictions> reading, int threadCount, IReadOnlyList<string> findings)
    {
        (_encoding, _base, _trees, _reading, _threadCount, Findings) = (encoding, baseScores, new TreeSet(trees), reading, threadCount, findings);
        Gains = [.. Enumerable.Range(0, trees.Count == 0 ? 0 : trees[0].Gains.Length).Select(f => trees.Sum(t => t.Gains[f]))];
    }

    public IReadOnlyList<string> Findings { get; }

    /// <summary>Trees in all.</summary>
    public int TreeCount => _trees.TreeCount;

    internal double[] Gains { get; }

    public OutcomePredictions Predict(SubjectInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return _reading(BoostedScores.Of(_base, _trees, _encoding.Encode(inputs), _threadCount));
    }
}
