using System.Globalization;
using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Explanation.Likeness;

/// <summary>The training subjects as a measure of whom a model knows: how far a new subject is from them, why, and who of them is most like it. Immutable; safe to call from
/// many threads.</summary>
/// <remarks>Covariates and each layer are a block: encoded as for linear models, turned into principal components of 80 % of its variance (at most 30, and one for
/// five subjects) of unit variance. The distance is a mean over the components of a block and over the blocks that a subject has; what lies outside of the components
/// is added. Against the distances of training subjects that were held out, by the same blocks, it becomes a p-value that holds for exchangeable subjects, as in conformal
/// anomaly detection [Laxhammar2010] (here with spaces learnt without the held-out subjects, fold by fold, so that it holds about). A single feature among thousands moves the
/// distance little, however far it is: encodings cut it, and its block is a mean.</remarks>
public sealed class TrainingReference
{
    private const int NeighborCount = 10;
    private const int NamedFeatures = 3;
    private const int FewestSubjects = 20;

    private readonly SubjectInputs _training;
    private readonly LikenessSpace _space;
    private readonly LikenessPoint[] _points;
    private readonly HeldOutScores _heldOut;
    private readonly TrainingValues _values;
    private readonly ObservationSummary? _summary;

    private TrainingReference(SubjectInputs training, LikenessSpace space, HeldOutScores heldOut, ObservationSummary? summary)
    {
        (_training, _space, _points, _heldOut, _summary) = (training, space, space.Points(training), heldOut, summary);
        _values = new TrainingValues(training);
    }

    /// <summary>Learns from training subjects; their order plays no part.</summary>
    /// <param name="training">Their inputs; observations are summed up as a layer.</param>
    /// <param name="threadCount">Threads; nothing depends on it.</param>
    /// <exception cref="UnlearnableException">There are fewer than 20 subjects, or nothing varies.</exception>
    public static TrainingReference Fit(SubjectInputs training, int threadCount = 1)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (training.Count < FewestSubjects)
        {
            throw new UnlearnableException($"There are {training.Count} training subjects; how unusual another is can be told from {FewestSubjects} on.");
        }

        var ordered = training.Take([.. Enumerable.Range(0, training.Count).OrderBy(i => training.Subjects[i])]);
        var summary = ordered.Observations is { Count: > 0 } observations ? ObservationSummary.Fit(observations) : null;
        ordered = summary?.AsLayer(ordered) ?? ordered;
        var space = LikenessSpace.Fit(ordered);
        return space.Blocks.Count > 0
            ? new TrainingReference(ordered, space, HeldOutScores.Of(ordered, space, threadCount), summary)
            : throw new UnlearnableException($"No covariate or layer varies among the {training.Count} training subjects: nothing tells one from another.");
    }

    /// <summary>How like the training subjects each subject is. A training subject itself is compared with the others.</summary>
    /// <param name="inputs">Of any subjects; covariates and layers may be missing.</param>
    /// <param name="similarCount">Similar training subjects to name.</param>
    /// <exception cref="ArgumentException">Nothing is known of a subject that training subjects had too, or features and units are others.</exception>
    public IReadOnlyList<SubjectLikeness> Assess(SubjectInputs inputs, int similarCount = 5)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentOutOfRangeException.ThrowIfNegative(similarCount);
        inputs = inputs.Observations is null || _summary is null ? inputs : _summary.AsLayer(inputs);
        RefuseStrangers(inputs);
        var points = _space.Points(inputs);
        var scores = new Dictionary<string, double[]>(StringComparer.Ordinal);
        var results = new SubjectLikeness[inputs.Count];
        for (var i = 0; i < results.Length; i++)
        {
            bool[] asked = [.. Enumerable.Range(0, _space.Blocks.Count).Select(points[i].Has)];
            var key = string.Concat(asked.Select(a => a ? '1' : '0'));
            if (!scores.TryGetValue(key, out var heldOut))
            {
                scores[key] = heldOut = _heldOut.By(asked, NeighborCount);
            }

            results[i] = Assess(inputs, i, points[i], asked, heldOut, similarCount);
        }

        return results;
    }

    private SubjectLikeness Assess(SubjectInputs inputs, int subject, LikenessPoint point, bool[] asked, double[] heldOut, int similarCount)
    {
        var id = inputs.Subjects[subject];
        var (score, nearest) = LikenessSpace.Score(point, _points, asked, Math.Max(NeighborCount, similarCount), i => _training.Subjects[i] == id);
        if (nearest.Length == 0)
        {
            throw new ArgumentException($"Subject '{id}' has no covariate or layer that any training subject has too: there is nothing to compare.", nameof(inputs));
        }

        (score, _) = similarCount > NeighborCount ? LikenessSpace.Score(point, _points, asked, NeighborCount, i => _training.Subjects[i] == id) : (score, nearest);
        var farther = heldOut.Count(s => s >= score);
        var p = (1.0 + farther) / (1 + heldOut.Length);
        var percentile = heldOut.Length == 0 ? double.NaN : heldOut.Count(s => s < score) / (double)heldOut.Length;
        var unusual = Unusual(inputs, subject, point, [.. nearest.Take(NeighborCount).Select(n => _points[n.Subject])]);
        var findings = Findings(inputs, subject, point);
        return new SubjectLikeness(
            id,
            score,
            percentile,
            p,
            unusual,
            findings,
            [.. nearest.Take(similarCount).Select(n => Similar(point, n.Subject, n.Distance))],
            Sentence(percentile, p, heldOut.Length, unusual, findings));
    }

    private UnusualFeature[] Unusual(SubjectInputs inputs, int subject, LikenessPoint point, LikenessPoint[] nearest)
    {
        var parts = new List<(int Block, int Feature, double Size)>();
        for (var b = 0; b < _space.Blocks.Count; b++)
        {
            LikenessPoint[] with = [.. nearest.Where(n => n.Has(b))];
            for (var f = 0; point.Has(b) && with.Length > 0 && f < point.Features[b].Length; f++)
            {
                var apart = point.Features[b][f] - with.Average(n => n.Features[b][f]);
                parts.Add((b, f, apart * apart / point.Features[b].Length));
            }
        }

        var total = Math.Max(parts.Sum(p => p.Size), double.Epsilon);
        string NameOf(int block, int feature) => _space.Blocks[block].Names[feature];
        return
        [
            .. parts.GroupBy(p => _values.NameOf(_space.Blocks[p.Block].Name, NameOf(p.Block, p.Feature)))
                .Select(g => (First: g.First(), Size: g.Sum(p => p.Size)))
                .OrderByDescending(g => g.Size).ThenBy(g => g.First.Block).ThenBy(g => g.First.Feature)
                .Take(NamedFeatures)
                .Select(g => _values.Describe(_space.Blocks[g.First.Block].Name, NameOf(g.First.Block, g.First.Feature), inputs, subject, g.Size / total)),
        ];
    }

    private List<string> Findings(SubjectInputs inputs, int subject, LikenessPoint point)
    {
        var findings = new List<string>();
        for (var b = 0; b < _space.Blocks.Count; b++)
        {
            if (!point.Has(b) && _points.All(p => p.Has(b)))
            {
                findings.Add($"it has no {(_space.Blocks[b].Name == FeatureName.Covariates ? "covariate" : $"layer '{_space.Blocks[b].Name}'")}, which nobody in training lacked");
            }
        }

        foreach (var (own, other) in inputs.Covariates.Zip(_training.Covariates))
        {
            if (own is CategoricalColumn column && !own.IsMissing(subject) && !((CategoricalColumn)other).Codes.Contains(column.Codes[subject]))
            {
                findings.Add($"'{own.Variable.Name}' is '{column.Level(subject)}', which nobody in training had");
            }
        }

        if (inputs.Treatments is { } given && _training.Treatments is { } known)
        {
            var arm = given.Of(subject).Arm;
            if (!known.Indices.ToArray().Distinct().Any(k => known.Treatments[k].Arm == arm))
            {
                findings.Add($"the arm '{arm}' was not given to anybody in training");
            }
        }

        return findings;
    }

    private SimilarSubject Similar(LikenessPoint point, int training, double distance)
    {
        var other = _points[training];
        var shared = new List<string>();
        var features = new List<(FeatureName Name, double Alike, double Apart)>();
        for (var b = 0; b < _space.Blocks.Count; b++)
        {
            if (!point.Has(b) || !other.Has(b))
            {
                continue;
            }

            shared.Add(_space.Blocks[b].Name);
            var names = _space.Blocks[b].Names;
            for (var f = 0; f < names.Count; f++)
            {
                var (own, theirs) = (point.Features[b][f], other.Features[b][f]);
                features.Add((_values.NameOf(_space.Blocks[b].Name, names[f]), own * theirs > 0 ? Math.Min(Math.Abs(own), Math.Abs(theirs)) : 0, Math.Abs(own - theirs)));
            }
        }

        return new SimilarSubject(
            _training.Subjects[training],
            Math.Sqrt(distance),
            shared,
            [.. features.Where(f => f.Alike > 0).OrderByDescending(f => f.Alike).Select(f => f.Name).Distinct().Take(NamedFeatures)],
            [.. features.Where(f => f.Apart > 0).OrderByDescending(f => f.Apart).Select(f => f.Name).Distinct().Take(NamedFeatures)]);
    }

    private static string Sentence(double percentile, double p, int count, UnusualFeature[] unusual, List<string> findings)
    {
        var measure = string.Create(CultureInfo.InvariantCulture, $"farther from its nearest {NeighborCount} than {percentile:P0} of {count} training subjects, p = {p:0.000}");
        if (p > SubjectLikeness.UnlikeBelow && findings.Count == 0)
        {
            return $"This patient is like the training data ({measure}).";
        }

        string[] reasons =
        [
            .. findings,
            .. p > SubjectLikeness.UnlikeBelow ? [] : unusual.Select(u => string.Create(
                CultureInfo.InvariantCulture, $"{u.Feature} is {u.Value} ({u.Training}{(double.IsNaN(u.Quantile) ? "" : string.Create(CultureInfo.InvariantCulture, $", above {u.Quantile:P0}"))})")),
        ];
        return $"This patient is unlike the training data ({measure}) because {string.Join("; ", reasons)}.";
    }

    private void RefuseStrangers(SubjectInputs inputs)
    {
        var names = _space.Blocks.Select(b => b.Name).ToArray();
        if (!_space.Blocks.Any(b => b.IsIn(inputs)))
        {
            throw new ArgumentException(
                $"Training had [{string.Join(", ", names)}]; of these the subjects have none (their layers are [{string.Join(", ", inputs.Layers.Select(l => l.Layer.Name))}]).", nameof(inputs));
        }
    }
}
