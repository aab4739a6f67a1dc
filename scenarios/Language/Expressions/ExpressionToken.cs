namespace DigitalTwin.Scenarios.Language.Expressions;

internal enum TokenKind
{
    Number,
    Text,
    Name,

    /// <summary>Operators, brackets, commas, and the words and, or, not, in, is, missing.</summary>
    Symbol,
    End,
}

/// <param name="Kind">What it is.</param>
/// <param name="Text">As written; without the quotes for text.</param>
/// <param name="Offset">Place of its first character, from 0.</param>
internal readonly record struct ExpressionToken(TokenKind Kind, string Text, int Offset)
{
    public bool Is(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    public string InWords => Kind == TokenKind.End ? "the end of the expression" : $"'{Text}'";
}
