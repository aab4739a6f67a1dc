using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language.Expressions;

/// <summary>Cuts an expression into tokens.</summary>
internal static class ExpressionLexer
{
    public const int MaximumLength = 2_000;

    private static readonly HashSet<string> Words = ["and", "or", "not", "in", "is", "missing"];
    private static readonly string[] Symbols = ["==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "(", ")", "[", "]", ","];

    private static readonly (string Written, string Meant)[] Habits =
        [("&&", "and"), ("||", "or"), ("=", "=="), ("<>", "!="), ("!", "not"), ("&", "and"), ("|", "or"), ("^", "x * x")];

    /// <exception cref="InvalidInputException">A character that starts no token, an unfinished text, or a text too long.</exception>
    public static IReadOnlyList<ExpressionToken> Tokenize(ExpressionText source)
    {
        var text = source.Text;
        if (text.Length > MaximumLength)
        {
            throw new InvalidInputException(source.FaultAt(0, $"The expression has {text.Length} characters; at most {MaximumLength} are allowed. Shorten it."));
        }

        var tokens = new List<ExpressionToken>();
        var position = 0;
        while (true)
        {
            while (position < text.Length && char.IsWhiteSpace(text[position]))
            {
                position++;
            }

            if (position == text.Length)
            {
                tokens.Add(new ExpressionToken(TokenKind.End, string.Empty, position));
                return tokens;
            }

            tokens.Add(Next(source, ref position));
        }
    }

    private static ExpressionToken Next(ExpressionText source, ref int position)
    {
        var text = source.Text;
        var start = position;
        if (char.IsAsciiDigit(text[start]))
        {
            position = EndOfNumber(text, start);
            return new ExpressionToken(TokenKind.Number, text[start..position], start);
        }

        if (char.IsAsciiLetter(text[start]))
        {
            while (position < text.Length && (char.IsAsciiLetterOrDigit(text[position]) || text[position] == '_'))
            {
                position++;
            }

            var word = text[start..position];
            return new ExpressionToken(Words.Contains(word) ? TokenKind.Symbol : TokenKind.Name, word, start);
        }

        if (text[start] is '\'' or '"')
        {
            var end = text.IndexOf(text[start], start + 1);
            if (end < 0)
            {
                throw new InvalidInputException(source.FaultAt(start, $"The text that starts here has no closing {text[start]}. Close it."));
            }

            position = end + 1;
            return new ExpressionToken(TokenKind.Text, text[(start + 1)..end], start);
        }

        if (Array.Find(Symbols, s => string.CompareOrdinal(text, start, s, 0, s.Length) == 0) is { } symbol
            && string.CompareOrdinal(text, start, "<>", 0, 2) != 0)
        {
            position += symbol.Length;
            return new ExpressionToken(TokenKind.Symbol, symbol, start);
        }

        throw new InvalidInputException(source.FaultAt(start, Unknown(text, start)));
    }

    private static int EndOfNumber(string text, int start)
    {
        var position = Digits(text, start);
        if (position + 1 < text.Length && text[position] == '.' && char.IsAsciiDigit(text[position + 1]))
        {
            position = Digits(text, position + 1);
        }

        if (position < text.Length && text[position] is 'e' or 'E')
        {
            var exponent = position + 1;
            exponent += exponent < text.Length && text[exponent] is '+' or '-' ? 1 : 0;
            position = exponent < text.Length && char.IsAsciiDigit(text[exponent]) ? Digits(text, exponent) : position;
        }

        return position;
    }

    private static int Digits(string text, int position)
    {
        while (position < text.Length && char.IsAsciiDigit(text[position]))
        {
            position++;
        }

        return position;
    }

    private static string Unknown(string text, int position)
    {
        foreach (var (written, meant) in Habits)
        {
            if (string.CompareOrdinal(text, position, written, 0, written.Length) == 0)
            {
                return $"'{written}' is not an operator here. Write '{meant}'.";
            }
        }

        return $"The character '{text[position]}' has no meaning in an expression. Remove it.";
    }
}
