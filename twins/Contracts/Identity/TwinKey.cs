using DigitalTwin.Vocabulary;

namespace DigitalTwin.Contracts;

/// <summary>Names one twin: <c>study/subject</c>. The study ends at the first slash; a subject id may hold more of them.</summary>
public readonly record struct TwinKey(StudyId Study, SubjectId Subject)
{
    /// <summary>Most characters a subject id may have here.</summary>
    public const int MaximumSubjectLength = 200;

    public override string ToString() => $"{Study}/{Subject}";

    /// <summary>Reads <c>study/subject</c>.</summary>
    /// <exception cref="FormatException">No slash, an empty part, or a part that is too long.</exception>
    public static TwinKey Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || !IsSubject(text[(slash + 1)..]))
        {
            throw new FormatException($"A twin is named STUDY/SUBJECT, with a subject id of 1 to {MaximumSubjectLength} characters.");
        }

        return new TwinKey(ParseStudy(text[..slash]), new SubjectId(text[(slash + 1)..]));
    }

    /// <summary>Reads the name of a study.</summary>
    /// <exception cref="FormatException">Not a name a study can have.</exception>
    public static StudyId ParseStudy(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return StudyId.IsValid(text)
            ? new StudyId(text)
            : throw new FormatException($"A study is named with 1 to {StudyId.MaximumLength} letters, digits, '-', '_' or '.'.");
    }

    /// <summary>Whether a subject id can name a twin.</summary>
    public static bool IsSubject(string? value) => value is { Length: > 0 and <= MaximumSubjectLength };
}
