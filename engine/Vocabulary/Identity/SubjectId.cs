namespace DigitalTwin.Vocabulary;

/// <summary>Pseudonymous identifier of one subject, unique inside its cohort. Compared ordinally.</summary>
/// <param name="Value">The identifier as the source wrote it; never empty.</param>
public readonly record struct SubjectId(string Value) : IComparable<SubjectId>
{
    public int CompareTo(SubjectId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;

    public static bool operator <(SubjectId left, SubjectId right) => left.CompareTo(right) < 0;

    public static bool operator >(SubjectId left, SubjectId right) => left.CompareTo(right) > 0;

    public static bool operator <=(SubjectId left, SubjectId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(SubjectId left, SubjectId right) => left.CompareTo(right) >= 0;
}
