using System.Globalization;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language.Expressions;

/// <summary>Top-down operator-precedence parser [Pratt1973] of the expression language. Binding, loosest first:
/// <c>or</c>; <c>and</c>; <c>not</c>; comparisons, <c>in</c>, <c>is missing</c>; <c>+ -</c>; <c>* /</c>; unary <c>-</c>.</summary>
public sealed class ExpressionParser
{
    /// <summary>Deepest nesting of a tree.</summary>
    public const int MaximumDepth = 64;

    private static readonly Dictionary<string, ComparisonOperator> Comparisons = new(StringComparer.Ordinal)
    {
        ["=="] = ComparisonOperator.Equal,
        ["!="] = ComparisonOperator.NotEqual,
        ["<"] = ComparisonOperator.Less,
        ["<="] = ComparisonOperator.LessOrEqual,
        [">"] = ComparisonOperator.Greater,
        [">="] = ComparisonOperator.GreaterOrEqual,
    };

    private readonly ExpressionText _source;
    private readonly IReadOnlyList<ExpressionToken> _tokens;
    private int _next;
    private int _depth;

    private ExpressionParser(ExpressionText source)
    {
        _source = source;
        _tokens = ExpressionLexer.Tokenize(source);
    }

    private ExpressionToken Current => _tokens[_next];

    /// <exception cref="InvalidInputException">The text is no expression; the fault tells the column.</exception>
    public static Expression Parse(ExpressionText source)
    {
        var parser = new ExpressionParser(source);
        var expression = parser.ParseOr();
        return parser.Current.Kind == TokenKind.End ? expression : throw parser.Unexpected("an operator");
    }

    private Expression ParseOr() => ParseChain(LogicalOperator.Or, "or", ParseAnd);

    private Expression ParseAnd() => ParseChain(LogicalOperator.And, "and", ParseNot);

    private Expression ParseChain(LogicalOperator op, string symbol, Func<Expression> operand)
    {
        var left = operand();
        var links = 0;
        while (Accept(symbol))
        {
            Bound(++links);
            left = new Logical(op, left, operand()) { Offset = left.Offset };
        }

        return left;
    }

    private Expression ParseNot()
    {
        var offset = Current.Offset;
        return Accept("not") ? new LogicalNot(Nested(ParseNot)) { Offset = offset } : ParseRelation();
    }

    private Expression ParseRelation()
    {
        var left = ParseSum();
        if (Current.Kind == TokenKind.Symbol && Comparisons.TryGetValue(Current.Text, out var comparison))
        {
            _next++;
            var relation = new Comparison(comparison, left, ParseSum()) { Offset = left.Offset };
            return Comparisons.ContainsKey(Current.Text) && Current.Kind == TokenKind.Symbol
                ? throw new InvalidInputException(_source.FaultAt(
                    Current.Offset, "Comparisons cannot be chained. Join two of them with 'and': 'x > 1 and x < 5'."))
                : relation;
        }

        if (Accept("is"))
        {
            var isNegated = Accept("not");
            Require("missing");
            return new MissingTest(left, isNegated) { Offset = left.Offset };
        }

        if (Accept("in"))
        {
            return new Membership(left, ParseItems(), IsNegated: false) { Offset = left.Offset };
        }

        if (Current.Is("not") && _tokens[_next + 1].Is("in"))
        {
            _next += 2;
            return new Membership(left, ParseItems(), IsNegated: true) { Offset = left.Offset };
        }

        return left;
    }

    private List<Expression> ParseItems()
    {
        Require("[");
        var items = new List<Expression> { ParseItem() };
        while (Accept(","))
        {
            items.Add(ParseItem());
        }

        Require("]");
        return items;
    }

    private Expression ParseItem()
    {
        var offset = Current.Offset;
        var isNegative = Accept("-");
        return Current.Kind switch
        {
            TokenKind.Number when isNegative => new Negation(ParseNumber()) { Offset = offset },
            TokenKind.Number => ParseNumber(),
            TokenKind.Text when !isNegative => ParsePrimary(),
            _ => throw Unexpected("a number or a text in quotes"),
        };
    }

    private Expression ParseSum()
    {
        var left = ParseProduct();
        for (var links = 1; Current.Is("+") || Current.Is("-"); links++)
        {
            Bound(links);
            var op = Accept("+") ? ArithmeticOperator.Add : Subtract();
            left = new Arithmetic(op, left, ParseProduct()) { Offset = left.Offset };
        }

        return left;

        ArithmeticOperator Subtract()
        {
            Require("-");
            return ArithmeticOperator.Subtract;
        }
    }

    private Expression ParseProduct()
    {
        var left = ParseUnary();
        for (var links = 1; Current.Is("*") || Current.Is("/"); links++)
        {
            Bound(links);
            var op = Current.Is("*") ? ArithmeticOperator.Multiply : ArithmeticOperator.Divide;
            _next++;
            left = new Arithmetic(op, left, ParseUnary()) { Offset = left.Offset };
        }

        return left;
    }

    private Expression ParseUnary()
    {
        var offset = Current.Offset;
        return Accept("-") ? new Negation(Nested(ParseUnary)) { Offset = offset } : ParsePrimary();
    }

    private Expression ParsePrimary()
    {
        var token = Current;
        if (Accept("("))
        {
            var inner = Nested(ParseOr);
            Require(")");
            return inner;
        }

        switch (token.Kind)
        {
            case TokenKind.Number:
                return ParseNumber();
            case TokenKind.Text:
                _next++;
                return new TextLiteral(token.Text) { Offset = token.Offset };
            case TokenKind.Name:
                _next++;
                return Current.Is("(") ? ParseCall(token) : new VariableReference(token.Text) { Offset = token.Offset };
            default:
                throw Unexpected("a variable, a number or a text in quotes");
        }
    }

    private NumberLiteral ParseNumber()
    {
        var token = Current;
        _next++;
        var value = double.Parse(token.Text, CultureInfo.InvariantCulture);
        return double.IsFinite(value)
            ? new NumberLiteral(value) { Offset = token.Offset }
            : throw new InvalidInputException(_source.FaultAt(token.Offset, $"The number {token.Text} is too large."));
    }

    private FunctionCall ParseCall(ExpressionToken name)
    {
        if (!ExpressionFunctions.TryParse(name.Text, out var function))
        {
            throw new InvalidInputException(_source.FaultAt(
                name.Offset, $"There is no function '{name.Text}'.{Nearest.Suggest(name.Text, ExpressionFunctions.Names)}"));
        }

        Require("(");
        var arguments = new List<Expression> { Nested(ParseOr) };
        while (Accept(","))
        {
            Bound(arguments.Count);
            arguments.Add(Nested(ParseOr));
        }

        Require(")");
        var (fewest, most) = ExpressionFunctions.ArgumentCount(function);
        return arguments.Count >= fewest && arguments.Count <= most
            ? new FunctionCall(function, arguments) { Offset = name.Offset }
            : throw new InvalidInputException(_source.FaultAt(
                name.Offset,
                $"'{name.Text}' has {arguments.Count} argument{(arguments.Count == 1 ? "" : "s")}; it takes {(fewest == most ? $"{fewest}" : $"{fewest} or more")}."));
    }

    private Expression Nested(Func<Expression> parse)
    {
        Bound(++_depth);
        var expression = parse();
        _depth--;
        return expression;
    }

    // A chain such as a + b + c nests its tree as deep as it is long.
    private void Bound(int depth)
    {
        if (depth + _depth > MaximumDepth)
        {
            throw new InvalidInputException(_source.FaultAt(
                Current.Offset, $"The expression is nested deeper than {MaximumDepth} levels. Split it or use 'in [...]'."));
        }
    }

    private bool Accept(string symbol)
    {
        var accepted = Current.Is(symbol);
        _next += accepted ? 1 : 0;
        return accepted;
    }

    private void Require(string symbol)
    {
        if (!Accept(symbol))
        {
            throw Unexpected($"'{symbol}'");
        }
    }

    private InvalidInputException Unexpected(string expected) =>
        new(_source.FaultAt(Current.Offset, $"Found {Current.InWords} where {expected} should stand."));
}
