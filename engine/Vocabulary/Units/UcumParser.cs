using System.Globalization;

namespace DigitalTwin.Vocabulary;

/// <summary>Reads a UCUM code from left to right: terms of units joined by <c>.</c> and <c>/</c>, exponents, parentheses, annotations.</summary>
/// <remarks>Source: grammar of [UCUM] section 2.3. <c>/</c> applies to the next component only: <c>a/b.c</c> is (a/b).c.</remarks>
internal sealed class UcumParser(string code)
{
    private const int MaximumLength = 256;
    private const int MaximumDepth = 16;
    private const int MaximumDigits = 18;
    private const int MaximumExponent = 99;

    private int _position;
    private int _depth;

    public UcumUnit Parse()
    {
        if (code.Length is 0 or > MaximumLength)
        {
            throw Fault(0, code.Length == 0 ? "A unit is empty. Write '1' for a pure number." : $"A unit is longer than {MaximumLength} characters.");
        }

        var odd = code.AsSpan().IndexOfAnyExceptInRange('!', '~');
        if (odd >= 0)
        {
            var hint = UcumSuggestions.ForWord(code);
            throw Fault(odd, $"A UCUM unit has no blanks and only ASCII characters; this one has U+{(int)code[odd]:X4} at {odd + 1}.", hint);
        }

        var unit = ParseTerm();
        return _position == code.Length
            ? unit.ToUnit(code)
            : throw Fault(_position, $"'{code[_position]}' does not fit here.");
    }

    private Term ParseTerm()
    {
        var start = _position;
        var term = new Term(Rational.One, UcumDimension.None, null, Rational.One);
        if (Peek == '/')
        {
            _position++;
            term = Divide(term, ParseComponent(), start);
        }
        else
        {
            term = ParseComponent();
        }

        while (Peek is '.' or '/')
        {
            var operatorPosition = _position;
            var divides = code[_position++] == '/';
            var next = ParseComponent();
            term = divides ? Divide(term, next, operatorPosition) : Multiply(term, next, operatorPosition);
        }

        return term;
    }

    private Term ParseComponent()
    {
        if (Peek == '(')
        {
            return ParseParenthesis();
        }

        if (Peek == '{')
        {
            SkipAnnotation();
            return new Term(Rational.One, UcumDimension.None, null, Rational.One);
        }

        // 10* and 10^ are units, not the number ten.
        var isPowerOfTen = code.AsSpan(_position) is ['1', '0', '*' or '^', ..];
        var component = char.IsAsciiDigit(Peek) && !isPowerOfTen ? ParseFactor() : ParseSimpleUnit(isPowerOfTen);
        if (Peek == '{')
        {
            SkipAnnotation();
        }

        return component;
    }

    private Term ParseParenthesis()
    {
        var start = _position;
        if (++_depth > MaximumDepth)
        {
            throw Fault(start, $"Parentheses are nested deeper than {MaximumDepth}.");
        }

        _position++;
        var term = ParseTerm();
        if (Peek != ')')
        {
            throw Fault(start, "This parenthesis is not closed.");
        }

        _position++;
        _depth--;
        return term;
    }

    private Term ParseFactor()
    {
        var start = _position;
        var number = ParseDigits();
        return number == 0
            ? throw Fault(start, "A factor of zero is no unit.")
            : new Term(new Rational(number, 1), UcumDimension.None, null, Rational.One);
    }

    private Term ParseSimpleUnit(bool isPowerOfTen)
    {
        var start = _position;
        var symbol = isPowerOfTen ? code.Substring(_position, 3) : ReadSymbol();
        _position = start + symbol.Length;
        if (symbol.Length == 0)
        {
            throw Fault(start, start == code.Length ? "The unit ends where another term should stand." : $"A unit should stand before '{code[start]}'.");
        }

        if (!UcumTable.TryFind(symbol, out var prefix, out var atom))
        {
            throw Unknown(symbol, start);
        }

        var exponent = ParseExponent();
        if (atom.Scale is null)
        {
            return new Term((prefix * atom.Factor).Power(exponent), atom.Dimension.Power(exponent), null, Rational.One);
        }

        return exponent == 1
            ? new Term(atom.Factor, atom.Dimension, atom.Scale, prefix)
            : throw Fault(start, $"'{symbol}' is not a ratio scale and takes no exponent.");
    }

    private string ReadSymbol()
    {
        var start = _position;
        var end = start;
        var inBrackets = false;
        while (end < code.Length && (inBrackets || !(code[end] is '.' or '/' or '(' or ')' or '{' or '}' or '+' or '-' || char.IsAsciiDigit(code[end]))))
        {
            inBrackets = code[end] switch { '[' => true, ']' => false, _ => inBrackets };
            end++;
        }

        return inBrackets ? throw Fault(start, "This '[' is not closed.") : code[start..end];
    }

    private int ParseExponent()
    {
        var start = _position;
        var sign = Peek switch { '-' => -1, '+' => 1, _ => 0 };
        if (sign == 0 && !char.IsAsciiDigit(Peek))
        {
            return 1;
        }

        _position += sign == 0 ? 0 : 1;
        if (!char.IsAsciiDigit(Peek))
        {
            throw Fault(start, "A sign needs an exponent after it.");
        }

        var exponent = ParseDigits();
        return exponent > MaximumExponent
            ? throw Fault(start, $"An exponent passes {MaximumExponent}.")
            : (int)exponent * (sign == 0 ? 1 : sign);
    }

    private long ParseDigits()
    {
        var start = _position;
        while (char.IsAsciiDigit(Peek))
        {
            _position++;
        }

        return _position - start > MaximumDigits
            ? throw Fault(start, $"A number has more than {MaximumDigits} digits.")
            : long.Parse(code.AsSpan(start, _position - start), NumberStyles.None, CultureInfo.InvariantCulture);
    }

    private void SkipAnnotation()
    {
        var end = code.IndexOf('}', _position);
        _position = end < 0 ? throw Fault(_position, "This '{' is not closed.") : end + 1;
    }

    private char Peek => _position < code.Length ? code[_position] : '\0';

    private Term Multiply(Term left, Term right, int position) => Combine(left, right, position) is { } special
        ? special
        : new Term(left.Factor * right.Factor, left.Dimension.Multiply(right.Dimension), null, Rational.One);

    private Term Divide(Term left, Term right, int position)
    {
        if (right.Scale is not null)
        {
            throw Fault(position, "Nothing divides by a unit that is not a ratio scale, such as 'Cel' or 'dB'. Use 'K' or a proper unit.");
        }

        return left.Scale is null
            ? new Term(left.Factor / right.Factor, left.Dimension.Divide(right.Dimension), null, Rational.One)
            : Multiply(left, new Term(Rational.One / right.Factor, UcumDimension.None.Divide(right.Dimension), null, Rational.One), position);
    }

    // A special unit may be multiplied by a pure number, which then scales the numbers read ([UCUM] section 3.2).
    private Term? Combine(Term left, Term right, int position)
    {
        if (left.Scale is null && right.Scale is null)
        {
            return null;
        }

        var (special, number) = left.Scale is null ? (right, left) : (left, right);
        return number.Scale is null && number.Dimension.Equals(UcumDimension.None)
            ? special with { ScaleStep = special.ScaleStep * number.Factor }
            : throw Fault(position, "A unit that is not a ratio scale, such as 'Cel' or 'dB', takes no part in a product. Use 'K' or a proper unit.");
    }

    private UcumException Unknown(string symbol, int start)
    {
        var nearest = UcumSuggestions.ForWord(code) ?? UcumSuggestions.ForSymbol(symbol) switch
        {
            { } found when UcumUnit.TryParse(code[..start] + found + code[(start + symbol.Length)..], out var whole) => whole.Code,
            _ => null,
        };
        return Fault(start, $"'{symbol}' is no UCUM unit.", nearest);
    }

    private UcumException Fault(int position, string message, string? suggestion = null) =>
        new(code, position, suggestion is null ? message : $"{message} Did you mean '{suggestion}'?", suggestion);

    private sealed record Term(Rational Factor, UcumDimension Dimension, UcumScale? Scale, Rational ScaleStep)
    {
        public UcumUnit ToUnit(string code) => new(code, Factor, Dimension, Scale, ScaleStep);
    }
}
