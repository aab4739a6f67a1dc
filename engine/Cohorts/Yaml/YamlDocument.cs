using System.Text;
using DigitalTwin.Vocabulary;
using YamlDotNet.Core;

namespace DigitalTwin.Cohorts.Yaml;

/// <summary>Reads the safe part of YAML 1.2 that people write by hand: one document of mappings, lists and scalars.
/// No anchors, aliases, tags, directives, merge keys or duplicate keys; bounded by <see cref="YamlLimits"/>.</summary>
public static class YamlDocument
{
    /// <summary>Reads a file's bytes, which must be UTF-8 (with or without a byte order mark).</summary>
    /// <param name="utf8">The whole file.</param>
    /// <param name="fileName">Name used in faults.</param>
    /// <exception cref="InvalidInputException">With every fault found.</exception>
    public static YamlNode Parse(ReadOnlySpan<byte> utf8, string fileName)
    {
        if (utf8.Length > YamlLimits.MaximumLength)
        {
            throw TooLong(fileName);
        }

        var mark = Encoding.UTF8.Preamble;
        var content = utf8.StartsWith(mark) ? utf8[mark.Length..] : utf8;
        try
        {
            return Parse(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(content), fileName);
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidInputException(WholeFile(fileName), "The file is not UTF-8 text. Save it as UTF-8.");
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The whole document.</param>
    /// <param name="fileName">Name used in faults.</param>
    /// <returns>The root node.</returns>
    /// <exception cref="InvalidInputException">With every fault found.</exception>
    public static YamlNode Parse(string text, string fileName)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(fileName);
        if (text.Length > YamlLimits.MaximumLength)
        {
            throw TooLong(fileName);
        }

        RefuseControlCharacters(text, fileName);
        try
        {
            var reader = new YamlEventReader(new Parser(new StringReader(text)), fileName);
            return reader.ReadDocument();
        }
        catch (YamlException e)
        {
            throw new InvalidInputException(
                Locate(e, text, fileName),
                $"This is not valid YAML: {e.Message.TrimEnd('.')}. Check indentation, quotes and brackets here and just above.");
        }
    }

    private static InvalidInputException TooLong(string fileName) =>
        new(WholeFile(fileName), $"The file is longer than {YamlLimits.MaximumLength / 1024} KiB, which no scenario or manifest needs. Shorten it.");

    private static TextLocation WholeFile(string fileName) => new(fileName, 0, 0);

    // The library blames a tab on the start of the block it stands in; the tab itself is what the writer must find.
    private static TextLocation Locate(YamlException e, string text, string fileName)
    {
        if (e.Message.Contains("tab", StringComparison.OrdinalIgnoreCase))
        {
            var lines = text.Split('\n');
            for (var i = (int)e.Start.Line - 1; i >= 0 && i < lines.Length; i++)
            {
                var indentation = lines[i].Length - lines[i].TrimStart(' ', '\t').Length;
                var tab = lines[i].IndexOf('\t', 0, indentation);
                if (tab >= 0)
                {
                    return new TextLocation(fileName, i + 1, tab + 1);
                }
            }
        }

        return new TextLocation(fileName, (int)e.End.Line, (int)e.End.Column);
    }

    // The YAML library stops silently at NUL, and control characters would reach the report.
    private static void RefuseControlCharacters(string text, string fileName)
    {
        var line = 1;
        var column = 1;
        foreach (var c in text)
        {
            if (char.IsControl(c) && c is not ('\n' or '\r' or '\t' or '\u0085'))
            {
                throw new InvalidInputException(
                    new TextLocation(fileName, line, column), $"Character U+{(int)c:X4} is not text. Remove it.");
            }

            (line, column) = c == '\n' ? (line + 1, 1) : (line, column + 1);
        }
    }
}
