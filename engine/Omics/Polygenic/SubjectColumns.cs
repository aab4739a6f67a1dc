using DigitalTwin.Vocabulary;

namespace DigitalTwin.Omics.Polygenic;

/// <summary>Subjects as the columns of a genotype file.</summary>
internal static class SubjectColumns
{
    /// <exception cref="InvalidInputException">There are too many, or one is empty or stands twice.</exception>
    public static SubjectId[] Parse(ReadOnlySpan<string> columns, VariantLines lines, PolygenicReadLimits limits)
    {
        if (columns.Length > limits.MostSubjects)
        {
            throw lines.Fault($"There are {columns.Length} subjects, more than {limits.MostSubjects}. Raise the limit if this is meant.");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var column in columns)
        {
            if (column.Length == 0 || !seen.Add(column))
            {
                throw lines.Fault(column.Length == 0 ? "A subject has no name. Name it." : $"Subject '{column}' stands twice. Keep one.");
            }
        }

        return Array.ConvertAll(columns.ToArray(), c => new SubjectId(c));
    }
}
