namespace DigitalTwin.Contracts;

/// <summary>Name of a study in the twin service: letters, digits, hyphens, underscores and dots, 1 to 100 of them.</summary>
[GenerateSerializer]
[Alias("dt.StudyId")]
public readonly record struct StudyId
{
    /// <summary>Most characters a study id may have.</summary>
    public const int MaximumLength = 100;

    /// <exception cref="ArgumentException">Empty, too long, or with another character.</exception>
    public StudyId(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!IsValid(value))
        {
            throw new ArgumentException(
                $"A study id has 1 to {MaximumLength} letters, digits, '-', '_' or '.'; this one has {value.Length} characters or another character.", nameof(value));
        }

        Value = value;
    }

    [Id(0)]
    public string Value { get; }

    public override string ToString() => Value;

    /// <summary>Whether the text can name a study.</summary>
    public static bool IsValid(string? value) =>
        value is { Length: > 0 and <= MaximumLength } && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
