using DigitalTwin.Omics.Faults;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Omics.Layers;

/// <summary>An omics layer with the subjects of its rows. Immutable.</summary>
public sealed class SubjectLayer
{
    /// <param name="layer">Shape [subjects, features]; NaN = missing, else finite.</param>
    /// <param name="subjects">Shape [subjects], each once.</param>
    /// <exception cref="LayerShapeException">The numbers of subjects differ, a subject or a feature stands twice, or a value is infinite.</exception>
    public SubjectLayer(OmicsLayer layer, IReadOnlyList<SubjectId> subjects)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(subjects);
        if (layer.Features.Count > 0 && layer.SubjectCount != subjects.Count)
        {
            throw new LayerShapeException(
                layer.Name, $"It has {layer.SubjectCount} rows for {subjects.Count} subjects.", "Give one row a subject, in the order of the subjects.");
        }

        RefuseTwice(layer.Name, "subject", subjects.Select(s => s.Value));
        RefuseTwice(layer.Name, "feature", layer.Features);
        foreach (var s in layer.FirstSubjects())
        {
            var row = layer.Row(s);
            for (var f = 0; f < row.Length; f++)
            {
                if (float.IsInfinity(row[f]))
                {
                    throw new LayerShapeException(
                        layer.Name, $"Subject '{subjects[s]}' has an infinite value in feature '{layer.Features[f]}'.", "Correct it, or mark it missing.");
                }
            }
        }

        Layer = layer;
        Subjects = subjects;
    }

    public OmicsLayer Layer { get; }

    /// <summary>Shape [subjects].</summary>
    public IReadOnlyList<SubjectId> Subjects { get; }

    public int SubjectCount => Subjects.Count;

    public int FeatureCount => Layer.Features.Count;

    /// <summary>The layer of other subjects in the order given.</summary>
    /// <param name="rows">Row numbers, each at most once.</param>
    public SubjectLayer Take(ReadOnlySpan<int> rows)
    {
        var subjects = new SubjectId[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            subjects[i] = Subjects[rows[i]];
        }

        return new SubjectLayer(Layer.Take(rows), subjects);
    }

    /// <summary>The same subjects with other values, features and unit.</summary>
    /// <param name="unit">UCUM code.</param>
    /// <param name="features">Shape [features].</param>
    /// <param name="values">Row-major, shape [subjects, features].</param>
    public SubjectLayer With(string unit, IReadOnlyList<string> features, float[] values) =>
        new(new OmicsLayer(Layer.Name, unit, features, values), Subjects);

    /// <summary>The values of a feature that are there, in the order of the subjects.</summary>
    internal double[] Observed(int feature)
    {
        var values = new List<double>(SubjectCount);
        for (var s = 0; s < SubjectCount; s++)
        {
            var value = Layer.Row(s)[feature];
            if (!float.IsNaN(value))
            {
                values.Add(value);
            }
        }

        return [.. values];
    }

    /// <summary>Refuses features and subjects without a single value.</summary>
    /// <exception cref="AllMissingFeatureException">A feature has no value.</exception>
    /// <exception cref="AllMissingSubjectException">A subject has no value.</exception>
    public void RefuseAllMissing(string step)
    {
        var featureSeen = new bool[FeatureCount];
        var empty = new List<string>();
        for (var s = 0; s < SubjectCount; s++)
        {
            var row = Layer.Row(s);
            var any = false;
            for (var f = 0; f < row.Length; f++)
            {
                var isThere = !float.IsNaN(row[f]);
                featureSeen[f] |= isThere;
                any |= isThere;
            }

            if (!any)
            {
                empty.Add(Subjects[s].Value);
            }
        }

        var unseen = Layer.Features.Where((_, f) => !featureSeen[f]).ToArray();
        if (unseen.Length > 0)
        {
            throw new AllMissingFeatureException(Layer.Name, step, unseen);
        }

        if (empty.Count > 0)
        {
            throw new AllMissingSubjectException(Layer.Name, step, empty);
        }
    }

    private static void RefuseTwice(string layer, string kind, IEnumerable<string> names)
    {
        var twice = names.GroupBy(n => n, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key).ToArray();
        if (twice.Length > 0)
        {
            throw new LayerShapeException(layer, $"{twice.Length} {kind}s stand more than once: {OmicsException.Some(twice)}.", $"Keep each {kind} once.");
        }
    }
}
