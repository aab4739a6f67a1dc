using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.Language.Expressions;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Study.Populations;

/// <summary>One covariate term evaluated on every subject of a cohort: level codes for a categorical variable, numbers otherwise.</summary>
/// <param name="Term">The term.</param>
/// <param name="Values">Shape [subjects]; the code of a level for a categorical variable, 0 or 1 for a condition; NaN = missing.</param>
/// <param name="Levels">Levels of a categorical variable; empty otherwise.</param>
/// <param name="IsBinary">Whether the values are 0 and 1.</param>
/// <param name="Label">Words for tables and plots.</param>
/// <param name="Unit">UCUM code; empty for levels and conditions.</param>
internal sealed record TermValues(
    CovariateTerm Term, double[] Values, IReadOnlyList<string> Levels, bool IsBinary, string Label, string Unit);

/// <summary>Evaluates covariate terms and lays them out as columns.</summary>
internal static class CovariateBuilder
{
    public static TermValues Evaluate(CovariateTerm term, Cohort cohort)
    {
        if (term.Variable is { } name && cohort.TryGetColumn(name, out var column))
        {
            return column switch
            {
                CategoricalColumn c => new TermValues(
                    term, Array.ConvertAll(c.Codes.ToArray(), code => code < 0 ? double.NaN : code), c.Variable.Levels, IsBinary: false, c.Variable.Label, string.Empty),
                NumericColumn n => new TermValues(
                    term, n.Values.ToArray(), [], n.Variable.Type == VariableType.Binary, n.Variable.Label, n.Variable.Unit),
                _ => throw new ArgumentException($"Column '{name}' has an unknown kind {column.GetType().Name}.", nameof(cohort)),
            };
        }

        if (!ExpressionChecker.IsTruth(term.Expression))
        {
            return new TermValues(term, ExpressionEvaluator.Numbers(term.Expression, cohort), [], IsBinary: false, term.Name, "1");
        }

        var truths = ExpressionEvaluator.Truths(term.Expression, cohort);
        return new TermValues(
            term, Array.ConvertAll(truths, t => t == Truth.Missing ? double.NaN : (double)t), [], IsBinary: true, term.Name, string.Empty);
    }

    /// <summary>Rows where the term has no value although every variable it reads has one: a logarithm of zero and the like.</summary>
    public static IReadOnlyList<int> FindUndefined(TermValues values, Cohort cohort)
    {
        var columns = ExpressionChecker.VariablesOf(values.Term.Expression)
            .Select(name => cohort.TryGetColumn(name, out var column) ? column : throw new ArgumentException($"The cohort has no column '{name}'.", nameof(cohort)))
            .ToList();
        return [.. Enumerable.Range(0, cohort.Count).Where(i => double.IsNaN(values.Values[i]) && columns.TrueForAll(c => !c.IsMissing(i)))];
    }

    /// <summary>The columns of one term over both arms: one number, or an indicator for each level but the first; and a mark of what was imputed.</summary>
    /// <param name="treated">The term in the treated arm.</param>
    /// <param name="control">The term in the control arm.</param>
    public static IReadOnlyList<(CovariateColumn Column, double[] Values)> LayOut(TermValues treated, TermValues control)
    {
        double[] values = [.. treated.Values, .. control.Values];
        var isMissing = Array.ConvertAll(values, double.IsNaN);
        var columns = new List<(CovariateColumn, double[])>();
        if (isMissing.Contains(true))
        {
            var stand = treated.Levels.Count > 0 || treated.IsBinary ? MostFrequent(values) : Median(values);
            values = Array.ConvertAll(values, v => double.IsNaN(v) ? stand : v);
        }

        if (treated.Levels.Count == 0)
        {
            columns.Add((new CovariateColumn(treated.Term.Name, null, treated.Label, treated.IsBinary, treated.Unit), values));
        }

        for (var level = 1; level < treated.Levels.Count; level++)
        {
            var code = level;
            columns.Add((
                new CovariateColumn(treated.Term.Name, treated.Levels[level], $"{treated.Label}: {treated.Levels[level]}", IsBinary: true, string.Empty),
                Array.ConvertAll(values, v => v == code ? 1.0 : 0.0)));
        }

        if (isMissing.Contains(true))
        {
            columns.Add((
                new CovariateColumn(treated.Term.Name, "missing", $"{treated.Label}: missing", IsBinary: true, string.Empty),
                Array.ConvertAll(isMissing, m => m ? 1.0 : 0.0)));
        }

        return columns;
    }

    // A term nobody has a value of becomes constant, and constant columns are dropped with a warning.
    private static double Median(double[] values)
    {
        var known = values.Where(v => !double.IsNaN(v)).Order().ToArray();
        return known.Length == 0 ? 0 : (known[(known.Length - 1) / 2] + known[known.Length / 2]) / 2;
    }

    // The smaller value wins a tie, so that the answer does not depend on the order of subjects.
    private static double MostFrequent(double[] values) =>
        values.Where(v => !double.IsNaN(v)).GroupBy(v => v).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).FirstOrDefault()?.Key ?? 0;
}
