namespace DigitalTwin.Scenarios.Language.Expressions;

/// <summary>A node of a parsed expression over the variables of a cohort. <see cref="ToString"/> gives its canonical spelling,
/// which parses back to the same tree.</summary>
public abstract record Expression
{
    /// <summary>Where the node starts, counted from 0 in the text it was parsed from.</summary>
    public int Offset { get; init; }

    public sealed override string ToString() => ExpressionPrinter.Print(this);
}

/// <summary>A number without a unit.</summary>
public sealed record NumberLiteral(double Value) : Expression;

/// <summary>Text in quotes; a level of a categorical variable.</summary>
public sealed record TextLiteral(string Value) : Expression;

/// <summary>The value of a variable of the subject.</summary>
public sealed record VariableReference(string Name) : Expression;

/// <summary>The number with its sign changed.</summary>
public sealed record Negation(Expression Operand) : Expression;

public enum ArithmeticOperator
{
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// <summary>Two numbers make a number.</summary>
public sealed record Arithmetic(ArithmeticOperator Operator, Expression Left, Expression Right) : Expression;

/// <summary>Functions an expression may call.</summary>
public enum ExpressionFunction
{
    /// <summary>Natural logarithm.</summary>
    Log,
    Sqrt,
    Abs,
    Min,
    Max,
}

/// <summary>A function of numbers.</summary>
public sealed record FunctionCall(ExpressionFunction Function, IReadOnlyList<Expression> Arguments) : Expression;

public enum ComparisonOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>Two numbers, or two texts (equal or not only), make a truth.</summary>
public sealed record Comparison(ComparisonOperator Operator, Expression Left, Expression Right) : Expression;

/// <summary>Whether a value stands in a list of literals.</summary>
public sealed record Membership(Expression Operand, IReadOnlyList<Expression> Items, bool IsNegated) : Expression;

/// <summary>Whether a value is missing; itself never missing.</summary>
public sealed record MissingTest(Expression Operand, bool IsNegated) : Expression;

/// <summary>The opposite truth.</summary>
public sealed record LogicalNot(Expression Operand) : Expression;

public enum LogicalOperator
{
    And,
    Or,
}

/// <summary>Two truths make a truth, in Kleene's three-valued logic.</summary>
public sealed record Logical(LogicalOperator Operator, Expression Left, Expression Right) : Expression;
