using DigitalTwin.Cohorts.Yaml;
using DigitalTwin.Scenarios.Language.Grammar;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language.Reading;

/// <summary>A value and where it stands.</summary>
public readonly record struct Located<T>(T Value, TextLocation Location);

/// <summary>One mapping of a document, read by key. An absent key gives its default; a value that does not fit its shape
/// (and so has its fault already) gives null, as does an absent key without a default.</summary>
/// <param name="Mapping">The mapping.</param>
/// <param name="Shape">Its keys.</param>
/// <param name="Path">Keys from the root, joined by dots.</param>
public sealed record DocumentSection(YamlMapping Mapping, MappingShape Shape, string Path)
{
    public TextLocation Location => Mapping.Location;

    /// <summary>Path of a key, for faults.</summary>
    public string PathOf(string key) => Path.Length == 0 ? key : $"{Path}.{key}";

    /// <summary>Whether the key stands in the file.</summary>
    public bool Has(string key) => Mapping.Contains(key);

    /// <summary>Place of a key's value, or of the mapping when the key is absent.</summary>
    public TextLocation LocationOf(string key) => Mapping.TryGet(key, out var node) ? node.Location : Location;

    /// <summary>Text, a name or a choice.</summary>
    public Located<string>? Text(string key) => Scalar(key) is { } s ? new(s.Text, s.Location) : null;

    public Located<double>? Number(string key) =>
        Scalar(key) is { } s && s.TryGetNumber(out var value) ? new(value, s.Location) : null;

    public Located<long>? Integer(string key) =>
        Scalar(key) is { } s && s.TryGetInteger(out var value) ? new(value, s.Location) : null;

    public bool? Boolean(string key) => Scalar(key) is { } s && s.TryGetBoolean(out var value) ? value : null;

    public Located<StatedDuration>? Duration(string key) => Scalar(key) is { } s ? ToDuration(s) : null;

    /// <summary>A duration or a list of durations; empty when absent.</summary>
    public IReadOnlyList<Located<StatedDuration>> Durations(string key) =>
        [.. Scalars(key).Select(ToDuration).OfType<Located<StatedDuration>>()];

    /// <summary>The scalars of a list, or the one scalar of its short form; empty when absent.</summary>
    public IReadOnlyList<YamlScalar> Scalars(string key) => Find(key) switch
    {
        (YamlSequence s, ListShape list) => [.. s.Items.OfType<YamlScalar>().Where(i => Fits(i, list.Item))],
        (YamlScalar s, var shape) when Fits(s, shape) => [s],
        _ => [],
    };

    /// <summary>A mapping; null when absent or in its short form.</summary>
    public DocumentSection? Section(string key) => Find(key) is var (node, shape) ? Open(node, shape, PathOf(key)) : null;

    /// <summary>The mappings and scalars of a list, in order; each is one or the other.</summary>
    public IReadOnlyList<(YamlScalar? Short, DocumentSection? Long)> Items(string key) =>
        Find(key) is (YamlSequence sequence, ListShape list)
            ? [.. sequence.Items.Select((item, i) => (item as YamlScalar, Open(item, list.Item, $"{PathOf(key)}[{i + 1}]")))]
            : [];

    /// <summary>The entries of a mapping from names, in order.</summary>
    public IReadOnlyList<(YamlScalar Name, DocumentSection Section)> Entries(string key) =>
        Find(key) is (YamlMapping mapping, NamedShape named)
            ? [.. from e in mapping.Entries
                  let section = Open(e.Value, named.Item, $"{PathOf(key)}.{e.Key.Text}")
                  where section is not null
                  select (e.Key, section)]
            : [];

    private static DocumentSection? Open(YamlNode node, ValueShape shape, string path) => (node, shape) switch
    {
        (_, EitherShape either) => Open(node, ShapeChecker.Choose(either, node), path),
        (YamlMapping mapping, MappingShape fields) => new DocumentSection(mapping, fields, path),
        (YamlMapping mapping, VariantShape variants)
            when mapping.TryGet(VariantShape.Discriminator, out var type) && variants.TryGet((type as YamlScalar)?.Text ?? "", out var variant) =>
            new DocumentSection(mapping, variant.Shape, path),
        _ => null,
    };

    /// <summary>The value of the key <c>type</c>, which the grammar has already matched to this section's shape.</summary>
    public string Type => Mapping.TryGet(VariantShape.Discriminator, out var node) && node is YamlScalar scalar ? scalar.Text : string.Empty;

    private YamlScalar? Scalar(string key) => Find(key) is (YamlScalar scalar, var shape) && Fits(scalar, shape) ? scalar : null;

    private (YamlNode Node, ValueShape Shape)? Find(string key)
    {
        if (!Shape.TryGet(key, out var field))
        {
            throw new ArgumentException($"The grammar has no key '{PathOf(key)}'.", nameof(key));
        }

        if (!Mapping.TryGet(key, out var node))
        {
            return field.Default is null ? null : (new YamlScalar(field.Default, isPlain: true, Location), field.Shape is EitherShape { Short: var s } ? s : field.Shape);
        }

        return (node, field.Shape is EitherShape either ? ShapeChecker.Choose(either, node) : field.Shape);
    }

    private static bool Fits(YamlScalar scalar, ValueShape shape) => ScalarReading.Complaint(scalar, shape) is null;

    private static Located<StatedDuration>? ToDuration(YamlScalar scalar) =>
        DurationText.TryParse(scalar.Text, out var duration, out var unit)
            ? new(new StatedDuration(duration, unit), scalar.Location)
            : null;
}

/// <summary>A duration and the unit it was written in.</summary>
public readonly record struct StatedDuration(Duration Duration, TimeUnit Unit);
