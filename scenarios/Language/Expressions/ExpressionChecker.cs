using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language.Expressions;

/// <summary>What an expression gives for one subject.</summary>
public enum ExpressionType
{
    Number,

    /// <summary>A level of a categorical variable.</summary>
    Text,

    /// <summary>True, false or missing.</summary>
    Truth,
}

/// <summary>Checks an expression against the variables of a cohort: names, types and levels; reports every fault.</summary>
/// <param name="variables">Variables of the cohort.</param>
/// <param name="cohort">Name of the cohort, for faults.</param>
/// <param name="source">The text the expression was parsed from.</param>
/// <param name="faults">Receives the faults.</param>
public sealed class ExpressionChecker(IReadOnlyList<Variable> variables, CohortId cohort, ExpressionText source, ICollection<Fault> faults)
{
    /// <summary>Type of the expression, or null after a fault.</summary>
    public ExpressionType? Check(Expression expression) => expression switch
    {
        NumberLiteral => ExpressionType.Number,
        TextLiteral => ExpressionType.Text,
        VariableReference v => CheckVariable(v),
        Negation n => Require(n.Operand, ExpressionType.Number, ExpressionType.Number),
        Arithmetic a => RequireAll([a.Left, a.Right], ExpressionType.Number, ExpressionType.Number),
        FunctionCall c => RequireAll(c.Arguments, ExpressionType.Number, ExpressionType.Number),
        Comparison c => CheckComparison(c),
        Membership m => CheckMembership(m),
        MissingTest m => Check(m.Operand) is null ? null : ExpressionType.Truth,
        LogicalNot n => Require(n.Operand, ExpressionType.Truth, ExpressionType.Truth),
        Logical l => RequireAll([l.Left, l.Right], ExpressionType.Truth, ExpressionType.Truth),
        _ => throw new ArgumentOutOfRangeException(nameof(expression), expression?.GetType(), "Unknown node."),
    };

    /// <summary>Names of the variables an expression reads, each once, in order of appearance.</summary>
    public static IReadOnlyList<string> VariablesOf(Expression expression) => [.. References(expression).Distinct(StringComparer.Ordinal)];

    internal static bool IsTruth(Expression expression) =>
        expression is Logical or LogicalNot or Comparison or Membership or MissingTest;

    private static IEnumerable<string> References(Expression expression) => expression switch
    {
        VariableReference v => [v.Name],
        Negation n => References(n.Operand),
        Arithmetic a => References(a.Left).Concat(References(a.Right)),
        FunctionCall c => c.Arguments.SelectMany(References),
        Comparison c => References(c.Left).Concat(References(c.Right)),
        Membership m => References(m.Operand),
        MissingTest m => References(m.Operand),
        LogicalNot n => References(n.Operand),
        Logical l => References(l.Left).Concat(References(l.Right)),
        _ => [],
    };

    private ExpressionType? CheckVariable(VariableReference reference)
    {
        if (Find(reference) is { } variable)
        {
            return variable.IsNumeric ? ExpressionType.Number : ExpressionType.Text;
        }

        Report(reference, $"'{reference.Name}' is not a variable of cohort '{cohort}'.{Nearest.Suggest(reference.Name, variables.Select(v => v.Name))}");
        return null;
    }

    private ExpressionType? CheckComparison(Comparison comparison)
    {
        var (left, right) = (Check(comparison.Left), Check(comparison.Right));
        if (left is null || right is null)
        {
            return null;
        }

        if (left != right || left == ExpressionType.Truth)
        {
            Report(comparison, $"'{comparison}' compares {InWords(left.Value)} with {InWords(right.Value)}. Compare numbers with numbers, or a level with a text in quotes.");
            return null;
        }

        if (left == ExpressionType.Text && comparison.Operator is not (ComparisonOperator.Equal or ComparisonOperator.NotEqual))
        {
            Report(comparison, $"'{comparison}' puts levels in order. Use '==', '!=' or 'in [...]' for them.");
            return null;
        }

        return CheckLevels(comparison.Left, [comparison.Right]) & CheckLevels(comparison.Right, [comparison.Left]) ? ExpressionType.Truth : null;
    }

    private ExpressionType? CheckMembership(Membership membership)
    {
        var type = Check(membership.Operand);
        var isFaulty = type is null;
        foreach (var item in membership.Items)
        {
            var itemType = item is TextLiteral ? ExpressionType.Text : ExpressionType.Number;
            if (type is not null && itemType != type)
            {
                Report(item, $"'{membership.Operand}' is {InWords(type.Value)}, but {item} is {InWords(itemType)}. Make the list all of one kind.");
                isFaulty = true;
            }
        }

        return !isFaulty && CheckLevels(membership.Operand, membership.Items) ? ExpressionType.Truth : null;
    }

    // A text that is no level of the variable could never match: a misspelling, not a condition.
    private bool CheckLevels(Expression operand, IEnumerable<Expression> literals)
    {
        if (operand is not VariableReference reference || Find(reference) is not { IsNumeric: false } variable)
        {
            return true;
        }

        var unknown = literals.OfType<TextLiteral>().Where(l => !variable.Levels.Contains(l.Value, StringComparer.Ordinal)).ToList();
        foreach (var literal in unknown)
        {
            Report(literal, $"'{literal.Value}' is not a level of '{variable.Name}'.{Nearest.Suggest(literal.Value, variable.Levels)}");
        }

        return unknown.Count == 0;
    }

    private ExpressionType? RequireAll(IReadOnlyList<Expression> operands, ExpressionType required, ExpressionType result)
    {
        var types = operands.Select(o => Require(o, required, result)).ToList();
        return types.Contains(null) ? null : result;
    }

    private ExpressionType? Require(Expression operand, ExpressionType required, ExpressionType result)
    {
        var type = Check(operand);
        if (type is null || type == required)
        {
            return type is null ? null : result;
        }

        var remedy = required == ExpressionType.Truth ? $"Compare it with something, for example '{operand} == 1'." : "Use a numeric variable or a number.";
        Report(operand, $"'{operand}' is {InWords(type.Value)} where {InWords(required)} is needed. {remedy}");
        return null;
    }

    private Variable? Find(VariableReference reference) => variables.FirstOrDefault(v => v.Name == reference.Name);

    private void Report(Expression at, string message) => faults.Add(source.FaultAt(at.Offset, message));

    private static string InWords(ExpressionType type) => type switch
    {
        ExpressionType.Number => "a number",
        ExpressionType.Text => "a text",
        ExpressionType.Truth => "true or false",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Unknown type."),
    };
}
