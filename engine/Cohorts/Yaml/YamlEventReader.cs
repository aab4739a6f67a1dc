using DigitalTwin.Vocabulary;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace DigitalTwin.Cohorts.Yaml;

/// <summary>Builds nodes from the event stream of the YAML library and refuses what the safe part of YAML leaves out.
/// Faults that leave the structure readable are collected; a limit passed or a second document ends the reading.</summary>
internal sealed class YamlEventReader(IParser parser, string fileName)
{
    private readonly List<Fault> _faults = [];
    private int _nodeCount;

    /// <exception cref="InvalidInputException">With every fault found.</exception>
    /// <exception cref="YamlException">The text is not YAML.</exception>
    public YamlNode ReadDocument()
    {
        Expect<StreamStart>();
        if (Current is StreamEnd)
        {
            throw new InvalidInputException(new TextLocation(fileName, 0, 0), "The file is empty.");
        }

        if (Current is DocumentStart start && (start.Version is not null || start.Tags?.Count(t => !IsDefault(t)) > 0))
        {
            Report(start, "A YAML directive (a line that starts with '%') is not allowed here. Remove it.");
        }

        Expect<DocumentStart>();
        var root = ReadNode(depth: 1);
        Expect<DocumentEnd>();
        if (Current is not StreamEnd)
        {
            Report(Current, "A second document starts here ('---'). Keep one document a file.");
        }

        ThrowIfFaulty();
        return root;
    }

    private ParsingEvent Current => parser.Current ?? throw new YamlException("The text ends too early.");

    private YamlNode ReadNode(int depth)
    {
        var node = Current;
        if (++_nodeCount > YamlLimits.MaximumNodeCount)
        {
            throw Stop(node, $"The file has more than {YamlLimits.MaximumNodeCount} values. Shorten it.");
        }

        if (depth > YamlLimits.MaximumDepth)
        {
            throw Stop(node, $"Lists and mappings are nested deeper than {YamlLimits.MaximumDepth} levels. Flatten them.");
        }

        if (node is NodeEvent { Anchor.IsEmpty: false } anchored)
        {
            Report(node, $"The anchor '&{anchored.Anchor.Value}' is not allowed. Write the value out where it is used.");
        }

        if (node is NodeEvent { Tag.IsEmpty: false } tagged)
        {
            Report(node, $"The tag '{tagged.Tag}' is not allowed. Write the value without a tag.");
        }

        return node switch
        {
            Scalar scalar => ReadScalar(scalar),
            SequenceStart => ReadSequence(depth),
            MappingStart => ReadMapping(depth),
            AnchorAlias alias => ReadAlias(alias),
            _ => throw new YamlException(node.Start, node.End, "A value is missing"),
        };
    }

    private YamlScalar ReadScalar(Scalar scalar)
    {
        Advance();
        var isBlock = scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded || scalar.End.Line != scalar.Start.Line;
        return new YamlScalar(scalar.Value, scalar.Style == ScalarStyle.Plain, Locate(scalar), isBlock);
    }

    private YamlScalar ReadAlias(AnchorAlias alias)
    {
        Report(alias, $"The alias '*{alias.Value.Value}' is not allowed. Write the value out here.");
        Advance();
        return new YamlScalar(string.Empty, isPlain: true, Locate(alias));
    }

    private YamlSequence ReadSequence(int depth)
    {
        var location = Locate(Current);
        Advance();
        var items = new List<YamlNode>();
        while (Current is not SequenceEnd)
        {
            items.Add(ReadNode(depth + 1));
        }

        Advance();
        return new YamlSequence(items, location);
    }

    private YamlMapping ReadMapping(int depth)
    {
        var location = Locate(Current);
        Advance();
        var entries = new List<YamlEntry>();
        var firstUse = new Dictionary<string, TextLocation>(StringComparer.Ordinal);
        while (Current is not MappingEnd)
        {
            var keyEvent = Current;
            var key = ReadNode(depth + 1);
            var value = ReadNode(depth + 1);
            if (key is not YamlScalar { Text.Length: > 0 } name)
            {
                Report(keyEvent, $"A key must be text, but this one is {key.KindInWords}. Give it a name.");
            }
            else if (!firstUse.TryAdd(name.Text, name.Location))
            {
                Report(keyEvent, $"The key '{name.Text}' stands twice; it is already on line {firstUse[name.Text].Line}. Keep one of them.");
            }
            else if (name is { Text: "<<", IsPlain: true })
            {
                Report(keyEvent, "The merge key '<<' is not allowed. Write the keys out here.");
            }
            else
            {
                entries.Add(new YamlEntry(name, value));
            }
        }

        Advance();
        return new YamlMapping(entries, location);
    }

    private static bool IsDefault(YamlDotNet.Core.Tokens.TagDirective tag) => tag.Handle is "!" or "!!";

    private void Expect<T>()
        where T : ParsingEvent
    {
        if (parser.Current is null)
        {
            Advance();
        }

        if (Current is not T)
        {
            throw new YamlException(Current.Start, Current.End, $"Something else stands where {typeof(T).Name} was expected");
        }

        Advance();
    }

    private void Advance()
    {
        var previous = parser.Current;
        try
        {
            parser.MoveNext();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // The library reports some malformed scalars and tags this way, without a place.
            var end = previous?.End ?? Mark.Empty;
            throw new YamlException(end, end, "The text after this place cannot be read", e);
        }
    }

    private TextLocation Locate(ParsingEvent e) => new(fileName, checked((int)e.Start.Line), checked((int)e.Start.Column));

    private void Report(ParsingEvent e, string message)
    {
        _faults.Add(new Fault(Locate(e), message));
        if (_faults.Count >= YamlLimits.MaximumFaultCount)
        {
            ThrowIfFaulty();
        }
    }

    private InvalidInputException Stop(ParsingEvent e, string message)
    {
        _faults.Add(new Fault(Locate(e), message));
        return new InvalidInputException(InOrder());
    }

    private void ThrowIfFaulty()
    {
        if (_faults.Count > 0)
        {
            throw new InvalidInputException(InOrder());
        }
    }

    private List<Fault> InOrder() => [.. _faults.OrderBy(f => f.Location.Line).ThenBy(f => f.Location.Column)];
}
