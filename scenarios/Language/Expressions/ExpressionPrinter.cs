using System.Globalization;

namespace DigitalTwin.Scenarios.Language.Expressions;

/// <summary>Spells a tree with one space around operators and only the brackets it needs.</summary>
internal static class ExpressionPrinter
{
    // Binding strengths; a child that binds weaker than its place asks for gets brackets.
    private const int Or = 1;
    private const int And = 2;
    private const int Not = 3;
    private const int Relation = 4;
    private const int Sum = 5;
    private const int Product = 6;
    private const int Unary = 7;
    private const int Primary = 8;

    public static string Print(Expression expression) => expression switch
    {
        NumberLiteral n => n.Value.ToString("R", CultureInfo.InvariantCulture),
        TextLiteral t => t.Value.Contains('\'', StringComparison.Ordinal) ? $"\"{t.Value}\"" : $"'{t.Value}'",
        VariableReference v => v.Name,
        Negation n => "-" + At(n.Operand, Unary),
        Arithmetic a => $"{At(a.Left, Strength(a))} {Symbol(a.Operator)} {At(a.Right, Strength(a) + 1)}",
        FunctionCall c => $"{ExpressionFunctions.NameOf(c.Function)}({string.Join(", ", c.Arguments.Select(Print))})",
        Comparison c => $"{At(c.Left, Sum)} {Symbol(c.Operator)} {At(c.Right, Sum)}",
        Membership m => $"{At(m.Operand, Sum)} {(m.IsNegated ? "not in" : "in")} [{string.Join(", ", m.Items.Select(Print))}]",
        MissingTest m => $"{At(m.Operand, Sum)} {(m.IsNegated ? "is not missing" : "is missing")}",
        LogicalNot n => "not " + At(n.Operand, Not),
        Logical l => $"{At(l.Left, Strength(l))} {(l.Operator == LogicalOperator.And ? "and" : "or")} {At(l.Right, Strength(l) + 1)}",
        _ => throw new ArgumentOutOfRangeException(nameof(expression), expression.GetType(), "Unknown node."),
    };

    private static string At(Expression expression, int strength) =>
        Strength(expression) < strength ? $"({Print(expression)})" : Print(expression);

    private static int Strength(Expression expression) => expression switch
    {
        Logical { Operator: LogicalOperator.Or } => Or,
        Logical => And,
        LogicalNot => Not,
        Comparison or Membership or MissingTest => Relation,
        Arithmetic { Operator: ArithmeticOperator.Add or ArithmeticOperator.Subtract } => Sum,
        Arithmetic => Product,
        Negation => Unary,
        _ => Primary,
    };

    private static string Symbol(ArithmeticOperator op) => op switch
    {
        ArithmeticOperator.Add => "+",
        ArithmeticOperator.Subtract => "-",
        ArithmeticOperator.Multiply => "*",
        ArithmeticOperator.Divide => "/",
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "Unknown operator."),
    };

    private static string Symbol(ComparisonOperator op) => op switch
    {
        ComparisonOperator.Equal => "==",
        ComparisonOperator.NotEqual => "!=",
        ComparisonOperator.Less => "<",
        ComparisonOperator.LessOrEqual => "<=",
        ComparisonOperator.Greater => ">",
        ComparisonOperator.GreaterOrEqual => ">=",
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "Unknown operator."),
    };
}
