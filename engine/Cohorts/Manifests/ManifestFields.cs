using System.Text.RegularExpressions;
using DigitalTwin.Cohorts.Yaml;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Cohorts.Manifests;

/// <summary>One mapping of a manifest, read key by key. What is wrong goes to one list of faults; reading goes on.</summary>
/// <param name="mapping">The mapping.</param>
/// <param name="path">Where it stands, in words for a fault: <c>variables.age</c>; empty for the whole file.</param>
/// <param name="faults">Collects every fault.</param>
internal sealed partial class ManifestFields(YamlMapping mapping, string path, List<Fault> faults)
{
    private const int LongestText = 4000;

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>Whether a text may name a variable, an endpoint or a layer.</summary>
    public static bool IsName(string text) => NamePattern().IsMatch(text);

    public TextLocation Location => mapping.Location;

    public string Path => path;

    /// <summary>The fields of a node, or null, with a fault, when the node is no mapping.</summary>
    public static ManifestFields? Of(YamlNode node, string path, List<Fault> faults)
    {
        if (node is YamlMapping mapping)
        {
            return new ManifestFields(mapping, path, faults);
        }

        faults.Add(new Fault(node.Location, $"{Named(path)} is {node.KindInWords}; a mapping of keys and values belongs here."));
        return null;
    }

    public void Report(TextLocation location, string message) => faults.Add(new Fault(location, message));

    public YamlNode? Node(string key, bool required = false)
    {
        _known.Add(key);
        if (mapping.TryGet(key, out var node) && node is not YamlScalar { IsNull: true })
        {
            return node;
        }

        if (required)
        {
            Report(node?.Location ?? mapping.Location, $"{Named(path)} has no '{key}'. Add it.");
        }

        return null;
    }

    /// <summary>A scalar as text, or null (with a fault when required).</summary>
    public YamlScalar? Scalar(string key, bool required = false)
    {
        switch (Node(key, required))
        {
            case null:
                return null;
            case YamlScalar { Text.Length: <= LongestText } scalar when scalar.Text.Length > 0 || !required:
                return scalar;
            case YamlScalar scalar:
                Report(scalar.Location, scalar.Text.Length == 0 ? $"{Dotted(key)} is empty. Write a text." : $"{Dotted(key)} is longer than {LongestText} characters. Shorten it.");
                return null;
            case var node:
                Report(node.Location, $"{Dotted(key)} is {node.KindInWords}; a text belongs here.");
                return null;
        }
    }

    public string? Text(string key, bool required = false) => Scalar(key, required)?.Text;

    /// <summary>A name of a variable, an endpoint or a layer: a letter, then letters, digits or underscores.</summary>
    public string? Name(string key)
    {
        var scalar = Scalar(key, required: true);
        if (scalar is null || NamePattern().IsMatch(scalar.Text))
        {
            return scalar?.Text;
        }

        Report(scalar.Location, $"{Dotted(key)} is '{scalar.Text}', which is not a name. Use a letter, then letters, digits or underscores, at most 64.");
        return null;
    }

    /// <summary>A UCUM code, or <paramref name="absent"/> where none is given.</summary>
    public string Unit(string key, string absent, bool required = false)
    {
        var scalar = Scalar(key, required);
        if (scalar is null)
        {
            return absent;
        }

        try
        {
            return UcumUnit.Parse(scalar.Text).Code;
        }
        catch (UcumException e)
        {
            Report(scalar.Location, $"{Dotted(key)} is not a unit: {e.Message}");
            return absent;
        }
    }

    /// <summary>One of a closed list of words; null, with a fault, for any other word, and <paramref name="absent"/> where none is given.</summary>
    public T? Choice<T>(string key, T? absent)
        where T : struct, Enum
    {
        var scalar = Scalar(key, required: absent is null);
        if (scalar is null)
        {
            return absent;
        }

        var names = Enum.GetNames<T>().Select(n => n.ToLowerInvariant()).ToArray();
        var index = Array.IndexOf(names, scalar.Text);
        if (index >= 0)
        {
            return Enum.GetValues<T>()[index];
        }

        var nearest = NearestName.Find(scalar.Text, names);
        Report(scalar.Location, $"{Dotted(key)} is '{scalar.Text}'. " + (nearest is null ? $"Use one of: {string.Join(", ", names)}." : $"Did you mean '{nearest}'?"));
        return null;
    }

    /// <summary>One of a closed list of words; <paramref name="absent"/> where none is given, and, with a fault, for any other word.</summary>
    public string Word(string key, IReadOnlyList<string> words, string absent)
    {
        if (Scalar(key) is not { } scalar || words.Contains(scalar.Text))
        {
            return Text(key) ?? absent;
        }

        var nearest = NearestName.Find(scalar.Text, words);
        Report(scalar.Location, $"{Dotted(key)} is '{scalar.Text}'. " + (nearest is null ? $"Use one of: {string.Join(", ", words)}." : $"Did you mean '{nearest}'?"));
        return absent;
    }

    /// <summary>A text, or a list of texts; empty, with a fault, where there is none.</summary>
    public IReadOnlyList<string> TextOrTexts(string key) =>
        Node(key) is YamlSequence ? Texts(key) : Text(key, required: true) is { } text ? [text] : [];

    /// <summary>A whole number from 0 to the largest array; 0 where it may be absent and is.</summary>
    public int Count(string key, bool required = true)
    {
        var scalar = Scalar(key, required);
        if (scalar is null)
        {
            return 0;
        }

        if (scalar.TryGetInteger(out var number) && number >= 0 && number <= Array.MaxLength)
        {
            return (int)number;
        }

        Report(scalar.Location, $"{Dotted(key)} is '{scalar.Text}'. Use a whole number from 0 to {Array.MaxLength}.");
        return 0;
    }

    public ManifestFields? Mapping(string key, bool required = false) =>
        Node(key, required) is { } node ? Of(node, Dotted(key), faults) : null;

    /// <summary>The items of a list; empty where the key is absent.</summary>
    public IReadOnlyList<YamlNode> Items(string key, bool required = false)
    {
        switch (Node(key, required))
        {
            case null:
                return [];
            case YamlSequence sequence:
                return sequence.Items;
            case var node:
                Report(node.Location, $"{Dotted(key)} is {node.KindInWords}; a list belongs here.");
                return [];
        }
    }

    /// <summary>Texts of a list of scalars.</summary>
    public IReadOnlyList<string> Texts(string key, bool required = false)
    {
        var texts = new List<string>();
        foreach (var item in Items(key, required))
        {
            if (item is not YamlScalar { Text.Length: > 0 and <= LongestText } scalar)
            {
                Report(item.Location, $"{Dotted(key)} holds {item.KindInWords}; texts belong here.");
            }
            else if (texts.Contains(scalar.Text))
            {
                Report(scalar.Location, $"{Dotted(key)} holds '{scalar.Text}' twice. Remove one.");
            }
            else
            {
                texts.Add(scalar.Text);
            }
        }

        return texts;
    }

    /// <summary>Keys and scalar values as the file writes them, in its order.</summary>
    public IReadOnlyList<(YamlScalar Key, YamlScalar Value)> Pairs(string key, bool required = false)
    {
        var pairs = new List<(YamlScalar, YamlScalar)>();
        switch (Node(key, required))
        {
            case null:
                break;
            case YamlMapping map:
                foreach (var entry in map.Entries)
                {
                    if (entry.Value is YamlScalar value)
                    {
                        pairs.Add((entry.Key, value));
                    }
                    else
                    {
                        Report(entry.Value.Location, $"{Dotted(key)}.{entry.Key.Text} is {entry.Value.KindInWords}; a text belongs here.");
                    }
                }

                break;
            case var node:
                Report(node.Location, $"{Dotted(key)} is {node.KindInWords}; a mapping belongs here.");
                break;
        }

        return pairs;
    }

    /// <summary>Reports every key that was not asked for.</summary>
    public void RefuseUnknownKeys()
    {
        foreach (var entry in mapping.Entries.Where(e => !_known.Contains(e.Key.Text)))
        {
            var nearest = NearestName.Find(entry.Key.Text, _known);
            Report(entry.Key.Location, $"{Named(path)} has an unknown key '{entry.Key.Text}'. "
                + (nearest is null ? $"Known keys: {string.Join(", ", _known.Order(StringComparer.Ordinal))}." : $"Did you mean '{nearest}'?"));
        }
    }

    public string Dotted(string key) => path.Length == 0 ? key : $"{path}.{key}";

    private static string Named(string path) => path.Length == 0 ? "The manifest" : path;

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]{0,63}$")]
    private static partial Regex NamePattern();
}
