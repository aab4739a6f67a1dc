using DigitalTwin.Cohorts.Yaml;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language.Expressions;

/// <summary>An expression as written, and where it stands in the scenario file.</summary>
/// <param name="Text">The expression.</param>
/// <param name="Start">Place of its first character, or of the YAML value that holds it.</param>
/// <param name="IsOneLine">True when characters of the text follow each other in the file, so that columns can be told.</param>
public readonly record struct ExpressionText(string Text, TextLocation Start, bool IsOneLine)
{
    /// <summary>The expression a YAML value holds.</summary>
    public static ExpressionText From(YamlScalar scalar)
    {
        ArgumentNullException.ThrowIfNull(scalar);
        var start = scalar.IsPlain ? scalar.Location : scalar.Location with { Column = scalar.Location.Column + 1 };
        return new ExpressionText(scalar.Text, scalar.IsBlock ? scalar.Location : start, !scalar.IsBlock);
    }

    /// <summary>Place of a character.</summary>
    /// <param name="offset">Counted from 0.</param>
    public TextLocation Locate(int offset) => IsOneLine ? Start with { Column = Start.Column + offset } : Start;

    /// <summary>A fault at a character.</summary>
    public Fault FaultAt(int offset, string message) => new(Locate(offset), message);
}
