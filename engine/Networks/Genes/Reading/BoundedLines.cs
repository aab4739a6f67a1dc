using System.Text;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Networks.Genes.Reading;

/// <summary>Reads a text line by line within <see cref="ReadLimits"/>. LF, CRLF and CR end a line; a byte order mark is dropped.</summary>
internal sealed class BoundedLines(TextReader text, string sourceName, ReadLimits limits)
{
    private readonly char[] _buffer = new char[8192];
    private readonly StringBuilder _line = new();
    private int _next;
    private int _end;

    /// <summary>Number of the line read last, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>The next line, or null at the end.</summary>
    /// <exception cref="InvalidInputException">A line is too long, or there are too many.</exception>
    public string? Read()
    {
        _line.Clear();
        if (Peek() < 0)
        {
            return null;
        }

        if (Number == limits.MostLines)
        {
            throw Fault($"There are more than {limits.MostLines} lines. Cut the file down, or raise the limit of lines.");
        }

        Number++;
        for (var c = Peek(); c is >= 0 and not ('\n' or '\r'); c = Peek())
        {
            if (_line.Length == limits.LongestLine)
            {
                throw Fault($"The line has more than {limits.LongestLine} characters. Check that this is a text with one record a line, or raise the limit of a line.");
            }

            _next++;
            if (c != '\uFEFF' || Number > 1 || _line.Length > 0)
            {
                _line.Append((char)c);
            }
        }

        var wasReturn = Peek() == '\r';
        _next++;
        if (wasReturn && Peek() == '\n')
        {
            _next++;
        }

        return _line.ToString();
    }

    /// <summary>The next line that is neither empty nor a comment, or null at the end.</summary>
    public string? ReadRecord(string commentMark = "#")
    {
        while (Read() is { } line)
        {
            if (line.AsSpan().Trim().Length > 0 && !line.StartsWith(commentMark, StringComparison.Ordinal))
            {
                return line;
            }
        }

        return null;
    }

    /// <summary>An error at the line read last.</summary>
    public InvalidInputException Fault(string message) => new(new TextLocation(sourceName, Number, 1), message);

    private int Peek()
    {
        if (_next >= _end)
        {
            // A line end at the very end of a buffer leaves the place one behind it, never more.
            _next -= _end;
            _end = text.Read(_buffer, 0, _buffer.Length);
            if (_end <= 0)
            {
                _end = 0;
                _next = 0;
                return -1;
            }
        }

        return _buffer[_next];
    }
}
