using DigitalTwin.Omics.Faults;
using DigitalTwin.Omics.Layers;

namespace DigitalTwin.Omics.Features;

/// <summary>What becomes of several features of one node.</summary>
public enum DuplicateRule
{
    /// <summary>The mean of those that are there, subject by subject.</summary>
    Mean,

    /// <summary>The feature with the highest variance among training subjects; the first of equals.</summary>
    HighestVariance,

    /// <summary>The feature with the fewest missing values among training subjects; the first of equals.</summary>
    FewestMissing,
}

/// <summary>Brings the features of a layer onto the nodes of a network. Which of several features speaks for a node is learnt from training subjects.</summary>
/// <param name="kind">What the features are named by.</param>
/// <param name="resolver">The network's answer to a feature.</param>
/// <param name="duplicates">What becomes of several features of one node.</param>
/// <param name="leastShare">Share of the features, in [0, 1], that must be on the network.</param>
public sealed class NodeMapping(FeatureKind kind, INodeResolver resolver, DuplicateRule duplicates = DuplicateRule.Mean, double leastShare = 0) : IOmicsTransform
{
    public string Name => FittedNodeMapping.StepName;

    /// <exception cref="NoFeatureOnNetworkException">No feature is on the network.</exception>
    /// <exception cref="UnknownFeaturesException">Fewer than the stated share are.</exception>
    public FittedNodeMapping FitMapping(TrainingLayer training)
    {
        ArgumentNullException.ThrowIfNull(training);
        var layer = training.Values.Layer;
        var nodes = new SortedDictionary<string, List<int>>(StringComparer.Ordinal);
        List<string> aliases = [], ambiguous = [], unknown = [], malformed = [];
        var exact = 0;
        for (var f = 0; f < layer.Features.Count; f++)
        {
            var feature = layer.Features[f];
            if (!FeatureIdParser.TryParse(kind, feature, out var id))
            {
                malformed.Add(feature);
                continue;
            }

            var answer = resolver.Resolve(id);
            if (answer.Node is not { } node)
            {
                (answer.Match == NodeMatch.Ambiguous ? ambiguous : unknown).Add(feature);
                continue;
            }

            if (answer.Match == NodeMatch.Exact)
            {
                exact++;
            }
            else
            {
                aliases.Add($"{feature} -> {node}");
            }

            if (!nodes.TryGetValue(node, out var members))
            {
                nodes.Add(node, members = []);
            }

            members.Add(f);
        }

        var lost = unknown.Concat(ambiguous).Concat(malformed).ToArray();
        if (nodes.Count == 0)
        {
            throw new NoFeatureOnNetworkException(layer.Name, kind, layer.Features.Count, lost);
        }

        if (exact + aliases.Count < leastShare * layer.Features.Count)
        {
            throw new UnknownFeaturesException(layer.Name, exact + aliases.Count, layer.Features.Count, leastShare, lost);
        }

        int[][] sources = [.. nodes.Values.Select(members => Chosen(training.Values, members))];
        var several = nodes.Zip(sources).Where(n => n.First.Value.Count > 1).Select(n => new DuplicateFeatures(
            n.First.Key, [.. n.First.Value.Select(f => layer.Features[f])], duplicates == DuplicateRule.Mean ? null : layer.Features[n.Second[0]]));
        var report = new MappingReport(layer.Name, layer.Features.Count, nodes.Count, exact, aliases, ambiguous, unknown, malformed, [.. several]);
        return new FittedNodeMapping(Name, training.Values, [.. nodes.Keys], sources, report);
    }

    public FittedTransform Fit(TrainingLayer training) => FitMapping(training);

    private int[] Chosen(SubjectLayer training, List<int> members) => duplicates switch
    {
        _ when members.Count == 1 => [members[0]],
        DuplicateRule.Mean => [.. members],
        DuplicateRule.HighestVariance => [members.MaxBy(f => FeatureMoments.Of(training.Observed(f)).Variance)],
        _ => [members.MaxBy(f => training.Observed(f).Length)],
    };
}

/// <summary>A mapping with its nodes chosen: features go in, nodes in ordinal order come out.</summary>
public sealed class FittedNodeMapping : FittedTransform
{
    internal const string StepName = "network mapping";

    private readonly int[][] _sources;

    internal FittedNodeMapping(string name, SubjectLayer training, string[] nodes, int[][] sources, MappingReport report)
        : base(name, training, outputFeatures: nodes)
    {
        _sources = sources;
        Report = report;
    }

    /// <summary>A mapping that learnt elsewhere.</summary>
    /// <param name="unit">UCUM code of the values.</param>
    /// <param name="features">Shape [features].</param>
    /// <param name="nodes">Shape [nodes].</param>
    /// <param name="sources">Features that speak for each node, one or more; shape [nodes][features of the node].</param>
    /// <param name="report">What mapping came to.</param>
    /// <exception cref="ArgumentException">Not sources for each node, or of features that are not there.</exception>
    public FittedNodeMapping(string unit, IReadOnlyList<string> features, IReadOnlyList<string> nodes, int[][] sources, MappingReport report)
        : base(StepName, unit, features, unit, nodes)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentNullException.ThrowIfNull(sources);
        if (sources.Length != nodes.Count || sources.Any(s => s.Length == 0 || s.Any(f => (uint)f >= (uint)features.Count)))
        {
            throw new ArgumentException($"Each of {nodes.Count} nodes needs one or more of the {features.Count} features to speak for it.", nameof(sources));
        }

        _sources = sources;
        Report = report;
    }

    public MappingReport Report { get; }

    /// <summary>Features that speak for each node, shape [nodes][features of the node].</summary>
    public IReadOnlyList<IReadOnlyList<int>> Sources => _sources;

    private protected override float[] Compute(SubjectLayer layer)
    {
        var values = new float[layer.SubjectCount * _sources.Length];
        for (var s = 0; s < layer.SubjectCount; s++)
        {
            var row = layer.Layer.Row(s);
            for (var n = 0; n < _sources.Length; n++)
            {
                double sum = 0;
                var count = 0;
                foreach (var f in _sources[n])
                {
                    if (!float.IsNaN(row[f]))
                    {
                        sum += row[f];
                        count++;
                    }
                }

                values[(s * _sources.Length) + n] = count == 0 ? float.NaN : (float)(sum / count);
            }
        }

        return values;
    }
}
