using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language.Expressions;

/// <summary>Evaluates checked expressions over the columns of a cohort. A missing operand makes a number, a text or a comparison missing;
/// so does an undefined number (division by zero, the logarithm of a number that is not positive, an overflow).</summary>
public static class ExpressionEvaluator
{
    /// <summary>A truth for every subject, shape [subjects].</summary>
    /// <exception cref="ArgumentException">The expression does not fit the cohort: it was checked against another.</exception>
    public static Truth[] Truths(Expression expression, Cohort cohort)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        var at = CompileTruth(expression, cohort);
        var truths = new Truth[cohort.Count];
        for (var i = 0; i < truths.Length; i++)
        {
            truths[i] = at(i);
        }

        return truths;
    }

    /// <summary>A number for every subject, shape [subjects]; NaN = missing.</summary>
    /// <exception cref="ArgumentException">The expression does not fit the cohort: it was checked against another.</exception>
    public static double[] Numbers(Expression expression, Cohort cohort)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        var at = CompileNumber(expression, cohort);
        var numbers = new double[cohort.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = at(i);
        }

        return numbers;
    }

    private static Func<int, Truth> CompileTruth(Expression expression, Cohort cohort)
    {
        switch (expression)
        {
            case Logical l:
                return Combine(l.Operator, CompileTruth(l.Left, cohort), CompileTruth(l.Right, cohort));
            case LogicalNot n:
                var negated = CompileTruth(n.Operand, cohort);
                return i => Not(negated(i));
            case Comparison c when IsText(c.Left, cohort):
                return Compare(c.Operator, CompileText(c.Left, cohort), CompileText(c.Right, cohort));
            case Comparison c:
                return Compare(c.Operator, CompileNumber(c.Left, cohort), CompileNumber(c.Right, cohort));
            case Membership m:
                return Member(m, cohort);
            case MissingTest m:
                var isMissing = CompileMissing(m.Operand, cohort);
                return i => isMissing(i) != m.IsNegated ? Truth.True : Truth.False;
            default:
                throw Unfit(expression);
        }
    }

    private static Func<int, double> CompileNumber(Expression expression, Cohort cohort)
    {
        switch (expression)
        {
            case NumberLiteral n:
                return _ => n.Value;
            case VariableReference v when cohort.TryGetColumn(v.Name, out var column) && column is NumericColumn numeric:
                return i => numeric.Values[i];
            case Negation n:
                var operand = CompileNumber(n.Operand, cohort);
                return i => -operand(i);
            case Arithmetic a:
                return Calculate(a.Operator, CompileNumber(a.Left, cohort), CompileNumber(a.Right, cohort));
            case FunctionCall c:
                return Call(c.Function, [.. c.Arguments.Select(x => CompileNumber(x, cohort))]);
            default:
                throw Unfit(expression);
        }
    }

    private static Func<int, string?> CompileText(Expression expression, Cohort cohort) => expression switch
    {
        TextLiteral t => _ => t.Value,
        VariableReference v when cohort.TryGetColumn(v.Name, out var column) && column is CategoricalColumn levels => levels.Level,
        _ => throw Unfit(expression),
    };

    private static Func<int, bool> CompileMissing(Expression expression, Cohort cohort)
    {
        if (IsText(expression, cohort))
        {
            var text = CompileText(expression, cohort);
            return i => text(i) is null;
        }

        if (ExpressionChecker.IsTruth(expression))
        {
            var truth = CompileTruth(expression, cohort);
            return i => truth(i) == Truth.Missing;
        }

        var number = CompileNumber(expression, cohort);
        return i => double.IsNaN(number(i));
    }

    private static Func<int, Truth> Member(Membership m, Cohort cohort)
    {
        if (IsText(m.Operand, cohort))
        {
            var text = CompileText(m.Operand, cohort);
            var levels = m.Items.Select(x => ((TextLiteral)x).Value).ToHashSet(StringComparer.Ordinal);
            return i => text(i) is { } value ? ToTruth(levels.Contains(value) != m.IsNegated) : Truth.Missing;
        }

        var number = CompileNumber(m.Operand, cohort);
        var items = m.Items.Select(x => CompileNumber(x, cohort)(0)).ToHashSet();
        return i => number(i) is var value && double.IsNaN(value) ? Truth.Missing : ToTruth(items.Contains(value) != m.IsNegated);
    }

    private static Func<int, Truth> Compare(ComparisonOperator op, Func<int, string?> left, Func<int, string?> right) => i =>
        left(i) is not { } a || right(i) is not { } b
            ? Truth.Missing
            : ToTruth(string.Equals(a, b, StringComparison.Ordinal) == (op == ComparisonOperator.Equal));

    private static Func<int, Truth> Compare(ComparisonOperator op, Func<int, double> left, Func<int, double> right) => i =>
    {
        var (a, b) = (left(i), right(i));
        return double.IsNaN(a) || double.IsNaN(b) ? Truth.Missing : ToTruth(op switch
        {
            ComparisonOperator.Equal => a == b,
            ComparisonOperator.NotEqual => a != b,
            ComparisonOperator.Less => a < b,
            ComparisonOperator.LessOrEqual => a <= b,
            ComparisonOperator.Greater => a > b,
            ComparisonOperator.GreaterOrEqual => a >= b,
            _ => throw new ArgumentOutOfRangeException(nameof(op), op, "Unknown operator."),
        });
    };

    private static Func<int, Truth> Combine(LogicalOperator op, Func<int, Truth> left, Func<int, Truth> right)
    {
        var decisive = op == LogicalOperator.And ? Truth.False : Truth.True;
        return i =>
        {
            var (a, b) = (left(i), right(i));
            return a == decisive || b == decisive ? decisive
                : a == Truth.Missing || b == Truth.Missing ? Truth.Missing
                : a;
        };
    }

    private static Func<int, double> Calculate(ArithmeticOperator op, Func<int, double> left, Func<int, double> right) => op switch
    {
        ArithmeticOperator.Add => i => Defined(left(i) + right(i)),
        ArithmeticOperator.Subtract => i => Defined(left(i) - right(i)),
        ArithmeticOperator.Multiply => i => Defined(left(i) * right(i)),
        ArithmeticOperator.Divide => i => Defined(left(i) / right(i)),
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "Unknown operator."),
    };

    private static Func<int, double> Call(ExpressionFunction function, Func<int, double>[] arguments) => function switch
    {
        ExpressionFunction.Log => i => Defined(Math.Log(arguments[0](i))),
        ExpressionFunction.Sqrt => i => Defined(Math.Sqrt(arguments[0](i))),
        ExpressionFunction.Abs => i => Math.Abs(arguments[0](i)),
        ExpressionFunction.Min => i => arguments.Select(a => a(i)).Aggregate(Math.Min),
        ExpressionFunction.Max => i => arguments.Select(a => a(i)).Aggregate(Math.Max),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "Unknown function."),
    };

    private static bool IsText(Expression expression, Cohort cohort) =>
        expression is TextLiteral
        || (expression is VariableReference v && cohort.TryGetColumn(v.Name, out var column) && column is CategoricalColumn);

    private static double Defined(double number) => double.IsFinite(number) ? number : double.NaN;

    private static Truth Not(Truth truth) => truth switch
    {
        Truth.True => Truth.False,
        Truth.False => Truth.True,
        _ => Truth.Missing,
    };

    private static Truth ToTruth(bool value) => value ? Truth.True : Truth.False;

    private static ArgumentException Unfit(Expression expression) =>
        new($"'{expression}' does not fit the cohort's columns; check it before evaluating.", nameof(expression));
}
