using DigitalTwin.Vocabulary;

namespace DigitalTwin.Networks.Genes.Reading;

/// <summary>A text with a header line: finds columns by name, and gives the records below.</summary>
internal sealed class TableLines
{
    private readonly BoundedLines _lines;
    private readonly ReadLimits _limits;
    private readonly char _delimiter;
    private readonly List<string> _header;

    public TableLines(TextReader text, NetworkReadOptions options, char? delimiter = null)
    {
        _limits = options.Limits;
        _lines = new BoundedLines(text, options.SourceName, options.Limits);

        var header = ReadHeader() ?? throw _lines.Fault("There is no header line. Give a text whose first line names its columns.");
        _delimiter = delimiter ?? FieldSplitter.Guess(header);
        _header = FieldSplitter.Split(header.TrimStart('#'), _delimiter, _lines, _limits)
            ?? throw _lines.Fault("The quotes of the header line do not fit. Quote a whole column name, and write a quote in it twice.");
    }

    public int LineNumber => _lines.Number;

    public bool Has(string column) => IndexOf(column) >= 0;

    /// <summary>Place of a column; upper and lower case are one.</summary>
    /// <exception cref="InvalidInputException">There is no such column.</exception>
    public int Require(string column)
    {
        var index = IndexOf(column);
        if (index >= 0)
        {
            return index;
        }

        var nearest = NearestName.Find(column, _header);
        throw _lines.Fault(
            $"There is no column '{column}'{(nearest is null ? string.Empty : $"; the nearest is '{nearest}'")}. The columns are {string.Join(", ", _header.Take(30))}: name the one that is meant.");
    }

    /// <summary>Place of a column that need not be there; -1 where it has no name or is not there.</summary>
    public int IndexOf(string? column) => column is null ? -1 : _header.FindIndex(h => string.Equals(h, column, StringComparison.OrdinalIgnoreCase));

    /// <summary>The next record with as many fields as the header, or null at the end; others are counted as malformed.</summary>
    public List<string>? Read(FindingTally tally)
    {
        while (_lines.ReadRecord() is { } line)
        {
            var fields = FieldSplitter.Split(line, _delimiter, _lines, _limits);
            if (fields is not null && fields.Count == _header.Count)
            {
                return fields;
            }

            tally.Add(
                FindingKind.MalformedLine,
                _lines.Number,
                fields is null ? $"quotes do not fit: {line}" : $"{fields.Count} fields where the header has {_header.Count}: {line}");
        }

        return null;
    }

    private string? ReadHeader()
    {
        // Some files have a mark before their header; a comment has a blank or another mark behind it.
        while (_lines.ReadRecord(commentMark: "##") is { } line)
        {
            if (!line.StartsWith("# ", StringComparison.Ordinal))
            {
                return line;
            }
        }

        return null;
    }
}
