using System.Text;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Cohorts.Csv;

/// <summary>Reads comma-separated text row by row, each field with its place. Quoted fields may hold commas, doubled quotes and line ends.</summary>
/// <remarks>Source: [RFC4180], with LF beside CRLF and an optional byte order mark. Bounded: a field of 64 Ki characters, a row of 20,000 fields.</remarks>
internal sealed class CsvReader(TextReader text, string fileName)
{
    private const int LongestField = 1 << 16;
    private const int MostFields = 20_000;

    private readonly StringBuilder _field = new();
    private int _line = 1;
    private int _column = 1;
    private int _next = SkipMark(text);

    /// <summary>The next row, or null at the end. A line without any character is skipped.</summary>
    /// <exception cref="InvalidInputException">A quote is misplaced or not closed, or a limit is passed.</exception>
    public CsvRow? ReadRow()
    {
        while (_next is '\r' or '\n')
        {
            SkipLineEnd();
        }

        if (_next < 0)
        {
            return null;
        }

        var row = new CsvRow(fileName);
        while (true)
        {
            var (line, column) = (_line, _column);
            var value = _next == '"' ? ReadQuoted() : ReadPlain();
            if (row.Count == MostFields)
            {
                throw Fault(line, column, $"A row has more than {MostFields} fields. Check the delimiter.");
            }

            row.Add(value, line, column);
            if (_next != ',')
            {
                SkipLineEnd();
                return row;
            }

            Advance();
        }
    }

    private string ReadPlain()
    {
        _field.Clear();
        while (_next is >= 0 and not (',' or '\r' or '\n'))
        {
            if (_next == '"')
            {
                throw Fault(_line, _column, "A quote stands inside a field that does not start with one. Quote the whole field and double the quotes in it.");
            }

            Take();
        }

        return _field.ToString();
    }

    private string ReadQuoted()
    {
        var (line, column) = (_line, _column);
        _field.Clear();
        Advance();
        while (true)
        {
            if (_next < 0)
            {
                throw Fault(line, column, "This quote is not closed. Close the field, or double a quote that belongs to its text.");
            }

            if (_next == '"')
            {
                Advance();
                if (_next != '"')
                {
                    break;
                }
            }

            Take();
        }

        return _next is < 0 or ',' or '\r' or '\n'
            ? _field.ToString()
            : throw Fault(_line, _column, "Text follows a closing quote. Double a quote that belongs to the text.");
    }

    private void Take()
    {
        if (_field.Length == LongestField)
        {
            throw Fault(_line, _column, $"A field has more than {LongestField} characters. Check the quotes above.");
        }

        _field.Append((char)_next);
        Advance();
    }

    private void Advance()
    {
        (_line, _column) = _next == '\n' ? (_line + 1, 1) : (_line, _column + 1);
        _next = text.Read();
    }

    private void SkipLineEnd()
    {
        if (_next == '\r')
        {
            Advance();
        }

        if (_next == '\n')
        {
            Advance();
        }
        else
        {
            (_line, _column) = (_line + 1, 1);
        }
    }

    private static int SkipMark(TextReader text)
    {
        var first = text.Read();
        return first == '\uFEFF' ? text.Read() : first;
    }

    private InvalidInputException Fault(int line, int column, string message) => new(new TextLocation(fileName, line, column), message);
}
