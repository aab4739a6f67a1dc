using DigitalTwin.Cohorts.Yaml;
using DigitalTwin.Scenarios.Language.Expressions;
using DigitalTwin.Scenarios.Language.Grammar;
using DigitalTwin.Scenarios.Language.Reading;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language.Binding;

/// <summary>Binds <c>covariates</c>, and the lists elsewhere that pick from its terms.</summary>
internal static class CovariateBinder
{
    // cohorts: names of the cohorts of both arms, each once, the treated arm's first.
    public static Adjustment Bind(BindingContext context, DocumentSection root, IReadOnlyList<string> cohorts)
    {
        if (root.Section("covariates") is not { } section)
        {
            return new Adjustment([], MissingCovariates.CompleteCase);
        }

        var terms = new List<CovariateTerm>();
        foreach (var scalar in section.Scalars("terms"))
        {
            if (BindTerm(context, scalar, cohorts) is not { } term)
            {
                continue;
            }

            if (terms.Any(t => t.Name == term.Name))
            {
                context.Report(scalar.Location, $"The covariate '{term.Name}' stands twice. Keep one of them.");
            }
            else
            {
                terms.Add(term);
            }
        }

        return new Adjustment(terms, Spelling.Parse<MissingCovariates>(section.Text("missing")?.Value) ?? MissingCovariates.CompleteCase);
    }

    /// <summary>Terms picked by a list at <paramref name="key"/>; all of them when the key is absent.</summary>
    public static IReadOnlyList<string> BindSubset(BindingContext context, DocumentSection section, string key, DocumentSection root, Adjustment adjustment)
    {
        if (!section.Has(key))
        {
            return [.. adjustment.Terms.Select(t => t.Name)];
        }

        var names = new List<string>();
        foreach (var scalar in section.Scalars(key))
        {
            if (Parse(context, scalar) is not { } expression)
            {
                continue;
            }

            var name = expression.ToString();
            if (names.Contains(name))
            {
                context.Report(scalar.Location, $"'{name}' stands twice in {section.PathOf(key)}. Keep one of them.");
            }
            else if (adjustment.Terms.All(t => t.Name != name) && !IsWritten(root, name))
            {
                context.Report(scalar.Location, $"'{name}' in {section.PathOf(key)} is not one of covariates.terms.{Nearest.Suggest(name, adjustment.Terms.Select(t => t.Name))}");
            }
            else
            {
                names.Add(name);
            }
        }

        return names;
    }

    // A term that is listed but faulty has its fault already.
    private static bool IsWritten(DocumentSection root, string name) =>
        root.Section("covariates")?.Scalars("terms").Any(s => s.Text.Trim() == name) ?? false;

    private static CovariateTerm? BindTerm(BindingContext context, YamlScalar scalar, IReadOnlyList<string> cohorts)
    {
        if (Parse(context, scalar) is not { } expression)
        {
            return null;
        }

        var source = ExpressionText.From(scalar);
        var variables = ExpressionChecker.VariablesOf(expression);
        if (variables.Count == 0)
        {
            context.Report(scalar.Location, $"The covariate '{expression}' reads no variable: it is the same for every subject. Remove it.");
            return null;
        }

        var faultCount = context.Faults.Count;
        foreach (var cohort in cohorts)
        {
            if (context.Manifest(cohort) is { } manifest)
            {
                _ = new ExpressionChecker(manifest.Variables, new CohortId(cohort), source, context.Faults).Check(expression);
            }
        }

        foreach (var name in variables)
        {
            CheckVariable(context, source, expression, name, cohorts);
        }

        return context.Faults.Count == faultCount
            ? new CovariateTerm(expression.ToString(), expression, (expression as VariableReference)?.Name)
            : null;
    }

    private static void CheckVariable(BindingContext context, ExpressionText source, Expression term, string name, IReadOnlyList<string> cohorts)
    {
        (string Cohort, Variable Variable)? first = null;
        foreach (var cohort in cohorts)
        {
            if (context.Manifest(cohort) is not { } manifest || !manifest.TryGetVariable(name, out var variable))
            {
                continue;
            }

            if (variable.Role != VariableRole.Covariate)
            {
                Report($"'{name}' has the role {EndpointBinder.RoleInWords(variable.Role)} in cohort '{cohort}'. Only variables of role covariate, measured at or before day 0, may be adjusted for. Remove it.");
                return;
            }

            if (first is { } other && Difference(other.Variable, variable) is { } difference)
            {
                Report($"'{name}' {difference.First} in cohort '{other.Cohort}' but {difference.Second} in cohort '{cohort}'. Nothing is converted here: import one of them again so that both agree.");
                return;
            }

            first ??= (cohort, variable);
        }

        void Report(string message)
        {
            var offset = term is VariableReference v ? v.Offset : Math.Max(0, source.Text.IndexOf(name, StringComparison.Ordinal));
            context.Faults.Add(source.FaultAt(offset, message));
        }
    }

    private static (string First, string Second)? Difference(Variable a, Variable b) => (a, b) switch
    {
        _ when a.IsNumeric != b.IsNumeric || (a.Type == VariableType.Binary) != (b.Type == VariableType.Binary) => ($"is {InWords(a)}", InWords(b)),
        _ when a.Unit != b.Unit => ($"is in '{a.Unit}'", $"in '{b.Unit}'"),
        _ when !a.Levels.SequenceEqual(b.Levels, StringComparer.Ordinal) =>
            ($"has the levels [{string.Join(", ", a.Levels)}]", $"[{string.Join(", ", b.Levels)}]"),
        _ => null,
    };

    private static string InWords(Variable variable) => variable.Type.ToString().ToLowerInvariant();

    private static Expression? Parse(BindingContext context, YamlScalar scalar)
    {
        try
        {
            return ExpressionParser.Parse(ExpressionText.From(scalar));
        }
        catch (InvalidInputException e)
        {
            context.Faults.AddRange(e.Faults);
            return null;
        }
    }
}
