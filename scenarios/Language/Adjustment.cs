using DigitalTwin.Scenarios.Language.Expressions;

namespace DigitalTwin.Scenarios.Language;

/// <summary>What to do with a subject whose covariate is missing.</summary>
public enum MissingCovariates
{
    /// <summary>The subject is left out, and the flow of exclusions says so.</summary>
    CompleteCase,

    /// <summary>The median (level: the most frequent) over both arms stands in, and an indicator column marks it.</summary>
    ImputeMedian,
}

/// <summary>Baseline covariates the arms are made comparable on.</summary>
/// <param name="Terms">In the order of the file, each once; may be empty.</param>
/// <param name="Missing">What to do where a value is missing.</param>
public sealed record Adjustment(IReadOnlyList<CovariateTerm> Terms, MissingCovariates Missing);

/// <summary>One covariate: a variable as it stands, or a number or condition computed from variables.</summary>
/// <param name="Name">Name used to pick the term elsewhere in the scenario: the expression in its canonical spelling.</param>
/// <param name="Expression">What it is.</param>
/// <param name="Variable">Name of the variable when the term is one variable as it stands, else null.</param>
public sealed record CovariateTerm(string Name, Expression Expression, string? Variable);
