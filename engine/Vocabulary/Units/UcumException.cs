namespace DigitalTwin.Vocabulary;

/// <summary>A text is not a UCUM unit. The message says what is wrong and, where one is near, which code was probably meant.</summary>
/// <param name="code">The whole text.</param>
/// <param name="position">Where the fault starts, from 0.</param>
/// <param name="message">Sentences for the writer of the text.</param>
/// <param name="suggestion">The nearest valid code for the whole text, or null.</param>
public sealed class UcumException(string code, int position, string message, string? suggestion = null) : FormatException(message)
{
    public string Code { get; } = code;

    public int Position { get; } = position;

    public string? Suggestion { get; } = suggestion;
}
