using System.Text;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Omics.Polygenic;

/// <summary>Lines of a text within bounds, with their numbers. LF and CRLF end a line; a byte order mark is dropped.</summary>
internal sealed class VariantLines(TextReader text, string sourceName, PolygenicReadLimits limits)
{
    private readonly char[] _buffer = new char[1 << 14];
    private readonly StringBuilder _line = new();
    private int _next;
    private int _end;
    private int _variantCount;

    /// <summary>Number of the line read last, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>The next line, or null at the end.</summary>
    /// <exception cref="InvalidInputException">The line is too long.</exception>
    public string? Read()
    {
        _line.Clear();
        Number++;
        while (true)
        {
            if (_next == _end)
            {
                (_next, _end) = (0, text.Read(_buffer, 0, _buffer.Length));
                if (_end <= 0)
                {
                    _end = 0;
                    return _line.Length > 0 ? Finished() : null;
                }
            }

            var rest = _buffer.AsSpan(_next, _end - _next);
            var end = rest.IndexOf('\n');
            var part = end < 0 ? rest : rest[..end];
            if (_line.Length + part.Length > limits.LongestLine)
            {
                throw Fault($"The line has more than {limits.LongestLine} characters. Check that this is a text with one variant a line, or raise the limit.");
            }

            _line.Append(part);
            _next += part.Length + (end < 0 ? 0 : 1);
            if (end >= 0)
            {
                return Finished();
            }
        }
    }

    /// <summary>Counts a variant against the limit.</summary>
    /// <exception cref="InvalidInputException">There are too many.</exception>
    public void CountVariant()
    {
        if (++_variantCount > limits.MostVariants)
        {
            throw Fault($"There are more than {limits.MostVariants} variants. Cut the file down, or raise the limit.");
        }
    }

    /// <summary>An error at the line read last.</summary>
    public InvalidInputException Fault(string message) => new(new TextLocation(sourceName, Number, 1), message);

    private string Finished()
    {
        if (_line.Length > 0 && _line[^1] == '\r')
        {
            _line.Length--;
        }

        if (Number == 1 && _line.Length > 0 && _line[0] == '\uFEFF')
        {
            _line.Remove(0, 1);
        }

        return _line.ToString();
    }
}
