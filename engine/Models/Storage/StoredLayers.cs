using DigitalTwin.Omics.Features;
using DigitalTwin.Omics.Normalization;

namespace DigitalTwin.Models.Storage;

/// <summary>What steps on omics layers have learnt.</summary>
internal static class StoredLayers
{
    /// <summary>Training values are singles: their doubles are not stored. Scores follow from ranks.</summary>
    public static void Write(NormalScores scores, ModelWriter writer)
    {
        writer.Text(scores.InputUnit);
        writer.Texts(scores.InputFeatures);
        writer.Ints([.. scores.Seen.Select(s => s.Values.Length)]);
        writer.Singles([.. scores.Seen.SelectMany(s => s.Values).Select(v => (float)v)]);
        writer.Ints([.. scores.Seen.Select(s => s.Counts is null ? 0 : 1)]);
        writer.Ints([.. scores.Seen.SelectMany(s => s.Counts ?? [])]);
    }

    public static NormalScores ReadScores(ModelReader reader)
    {
        var (unit, features) = (reader.Text(), reader.Texts());
        var (lengths, values, tied, counts) = (reader.Ints(), reader.Singles(), reader.Ints(), reader.Ints());
        reader.Require(lengths.Length == features.Length && tied.Length == features.Length, $"there are {features.Length} features and training values of {lengths.Length}");
        reader.Require(lengths.All(n => n >= 0) && lengths.Sum(n => (long)n) == values.Length, $"training values are {values.Length}, and features have another number");
        reader.Require(lengths.Where((_, f) => tied[f] != 0).Sum(n => (long)n) == counts.Length, $"counts of training values are {counts.Length}, and features have another number");
        var seen = new SeenValues[lengths.Length];
        var (value, count) = (0, 0);
        for (var f = 0; f < seen.Length; f++)
        {
            var isTied = tied[f] != 0;
            seen[f] = new SeenValues(Array.ConvertAll(values[value..(value + lengths[f])], v => (double)v), isTied ? counts[count..(count + lengths[f])] : null);
            value += lengths[f];
            count += isTied ? lengths[f] : 0;
        }

        return new NormalScores(unit, features, seen);
    }

    /// <summary>Whether two steps have learnt the same: each part of a twin fits its own to the same training subjects.</summary>
    public static bool AreSame(NormalScores first, NormalScores second) =>
        ReferenceEquals(first, second)
        || (first.InputUnit == second.InputUnit && first.Seen.Count == second.Seen.Count && first.Seen.Zip(second.Seen).All(s => AreSame(s.First, s.Second))
            && first.InputFeatures.SequenceEqual(second.InputFeatures, StringComparer.Ordinal));

    public static void Write(FittedNodeMapping mapping, ModelWriter writer)
    {
        writer.Text(mapping.InputUnit);
        writer.Texts(mapping.InputFeatures);
        writer.Texts(mapping.OutputFeatures);
        writer.List(mapping.Sources, s => writer.Ints([.. s]));
        var report = mapping.Report;
        writer.Text(report.LayerName);
        writer.Int(report.FeatureCount);
        writer.Int(report.NodeCount);
        writer.Int(report.Exact);
        writer.Texts(report.Aliases);
        writer.Texts(report.Ambiguous);
        writer.Texts(report.Unknown);
        writer.Texts(report.Malformed);
        writer.List(report.Duplicates, d =>
        {
            writer.Text(d.Node);
            writer.Texts(d.Features);
            writer.OptionalText(d.Kept);
        });
    }

    public static FittedNodeMapping ReadMapping(ModelReader reader)
    {
        var (unit, features, nodes, sources) = (reader.Text(), reader.Texts(), reader.Texts(), reader.List(reader.Ints, sizeof(int)));
        reader.Require(nodes.Distinct(StringComparer.Ordinal).Count() == nodes.Length, $"two nodes that features are laid on have one name");
        var report = new MappingReport(
            reader.Text(), reader.Int(), reader.Int(), reader.Int(), reader.Texts(), reader.Texts(), reader.Texts(), reader.Texts(),
            reader.List(() => new DuplicateFeatures(reader.Text(), reader.Texts(), reader.OptionalText()), 3));
        return new FittedNodeMapping(unit, features, nodes, sources, report);
    }

    private static bool AreSame(SeenValues first, SeenValues second) =>
        first.Values.AsSpan().SequenceEqual(second.Values) && (first.Counts is null) == (second.Counts is null) && first.Counts.AsSpan().SequenceEqual(second.Counts);
}
