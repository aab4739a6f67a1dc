namespace DigitalTwin.Vocabulary;

/// <summary>Name of a cohort: lower-case letters, digits and hyphens.</summary>
public readonly record struct CohortId(string Value)
{
    public override string ToString() => Value;
}
