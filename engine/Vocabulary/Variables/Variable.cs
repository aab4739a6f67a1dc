namespace DigitalTwin.Vocabulary;

/// <summary>How the values of a variable are to be read.</summary>
public enum VariableType
{
    /// <summary>A number on a scale.</summary>
    Continuous,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>0 or 1.</summary>
    Binary,

    /// <summary>One of a closed list of levels.</summary>
    Categorical,
}

/// <summary>What a variable is for.</summary>
public enum VariableRole
{
    /// <summary>Measured at or before time zero; may be adjusted for.</summary>
    Covariate,

    /// <summary>The treatment received; may select a population, never adjusts.</summary>
    Treatment,

    /// <summary>Measured after time zero; never adjusts.</summary>
    Outcome,

    /// <summary>Administrative: site, year of entry and the like; may select a population.</summary>
    Administrative,
}

/// <summary>Inclusive limits of a numeric variable, in its unit. Either side may be open (infinite).</summary>
public readonly record struct AllowedRange(double Minimum, double Maximum)
{
    public bool Contains(double value) => value >= Minimum && value <= Maximum;
}

/// <summary>What is known of one column of a cohort.</summary>
/// <param name="Name">Identifier used in scenarios: a letter, then letters, digits or underscores.</param>
/// <param name="Type">How values are read.</param>
/// <param name="Role">What the variable is for.</param>
/// <param name="Unit">UCUM code, <c>"1"</c> for a pure number; empty for categorical variables.</param>
/// <param name="Label">Words for tables and plots.</param>
/// <param name="Range">Allowed range of a numeric variable, or null.</param>
/// <param name="Levels">Levels of a categorical variable in their order, the first being the reference; empty otherwise.</param>
public sealed record Variable(
    string Name,
    VariableType Type,
    VariableRole Role,
    string Unit,
    string Label,
    AllowedRange? Range,
    IReadOnlyList<string> Levels)
{
    public bool IsNumeric => Type != VariableType.Categorical;
}
