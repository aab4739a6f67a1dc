namespace DigitalTwin.Scenarios.Language.Grammar;

/// <summary>What may stand at a place of a scenario file. The reader, the JSON Schema and the documentation test all read these shapes:
/// they are the one description of the language's keys.</summary>
public abstract record ValueShape
{
    /// <summary>What should stand here, for a fault: "a whole number from 2 to 20".</summary>
    public abstract string InWords { get; }
}

/// <summary>Any text that is not empty.</summary>
public sealed record TextShape : ValueShape
{
    public const int MaximumLength = 2_000;

    public override string InWords => "text";
}

/// <summary>A name the scenario gives or refers to: a letter, then letters, digits, <c>-</c> or <c>_</c>, at most 64.</summary>
public sealed record NameShape : ValueShape
{
    public const string Pattern = "^[A-Za-z][A-Za-z0-9_-]{0,63}$";

    public static bool IsName(string text) =>
        text.Length is > 0 and <= 64
        && char.IsAsciiLetter(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    public override string InWords => "a name (a letter, then letters, digits, '-' or '_', at most 64 characters)";
}

/// <summary>A finite number within limits.</summary>
/// <param name="Minimum">Smallest value.</param>
/// <param name="Maximum">Largest value.</param>
/// <param name="ExcludesLimits">True when the limits themselves are not allowed.</param>
public sealed record NumberShape(double Minimum, double Maximum, bool ExcludesLimits = false) : ValueShape
{
    public override string InWords => FormattableString.Invariant(
        $"a number{(double.IsInfinity(Minimum) ? "" : ExcludesLimits ? $" above {Minimum}" : $" from {Minimum}")}{(double.IsInfinity(Maximum) ? "" : ExcludesLimits ? $" and below {Maximum}" : $" to {Maximum}")}");

    public bool Contains(double value) =>
        ExcludesLimits ? value > Minimum && value < Maximum : value >= Minimum && value <= Maximum;
}

/// <summary>A whole number within limits.</summary>
public sealed record IntegerShape(long Minimum, long Maximum) : ValueShape
{
    public override string InWords => FormattableString.Invariant($"a whole number from {Minimum} to {Maximum}");
}

/// <summary><c>true</c> or <c>false</c>.</summary>
public sealed record BooleanShape : ValueShape
{
    public override string InWords => "true or false";
}

/// <summary>A number and a unit of time.</summary>
/// <param name="AllowsZero">Whether no time at all is allowed.</param>
public sealed record DurationShape(bool AllowsZero = false) : ValueShape
{
    public override string InWords => "a duration";
}

/// <summary>One of a closed list of words.</summary>
public sealed record ChoiceShape(IReadOnlyList<string> Choices) : ValueShape
{
    public override string InWords => Choices is [var only] ? $"'{only}'" : $"one of {string.Join(", ", Choices)}";
}

/// <summary>An expression over the variables of a cohort.</summary>
public sealed record ExpressionShape : ValueShape
{
    public override string InWords => "an expression";
}

/// <summary>A list, each item of one shape.</summary>
/// <param name="Item">Shape of each item.</param>
/// <param name="MinimumCount">Fewest items.</param>
public sealed record ListShape(ValueShape Item, int MinimumCount = 1) : ValueShape
{
    public override string InWords => "a list";
}

/// <summary>A mapping from names the scenario chooses to values of one shape.</summary>
/// <param name="Thing">What a name stands for: "cohort", "arm".</param>
/// <param name="Item">Shape of each value.</param>
public sealed record NamedShape(string Thing, ValueShape Item) : ValueShape
{
    public override string InWords => $"a mapping from {Thing} names";
}

/// <summary>A value of either shape: a scalar or list as a short form, told apart by the kind of node.</summary>
/// <param name="Short">Shape of the short form.</param>
/// <param name="Long">Shape of the long form.</param>
public sealed record EitherShape(ValueShape Short, ValueShape Long) : ValueShape
{
    public override string InWords => $"{Short.InWords}, or {Long.InWords}";
}
