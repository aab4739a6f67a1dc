namespace DigitalTwin.Vocabulary;

/// <summary>What one column of a <see cref="CovariateMatrix"/> stands for.</summary>
/// <param name="Variable">Name of the variable.</param>
/// <param name="Level">Level this column indicates, or null for a numeric variable.</param>
/// <param name="Label">Words for tables and plots.</param>
/// <param name="IsBinary">True for 0/1 columns: their standardized differences divide by the binomial SD.</param>
/// <param name="Unit">UCUM code; empty for indicators.</param>
public sealed record CovariateColumn(string Variable, string? Level, string Label, bool IsBinary, string Unit);

/// <summary>Baseline covariates ready for regression: complete, row-major, shape [subjects, columns].
/// A categorical variable of k levels gives k-1 indicator columns; the first level is the reference.</summary>
public sealed class CovariateMatrix
{
    private readonly double[] _values;

    /// <exception cref="ArgumentException">The values do not fill [subjects, columns] or one is not finite.</exception>
    public CovariateMatrix(IReadOnlyList<CovariateColumn> columns, int subjectCount, double[] values)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length != subjectCount * columns.Count)
        {
            throw new ArgumentException($"{values.Length} values do not fill [{subjectCount} subjects, {columns.Count} columns].", nameof(values));
        }

        if (values.Any(v => !double.IsFinite(v)))
        {
            throw new ArgumentException("Covariates must be complete and finite.", nameof(values));
        }

        Columns = columns;
        SubjectCount = subjectCount;
        _values = values;
    }

    public IReadOnlyList<CovariateColumn> Columns { get; }

    public int SubjectCount { get; }

    public int ColumnCount => Columns.Count;

    /// <summary>Row-major, shape [subjects, columns].</summary>
    public ReadOnlyMemory<double> Values => _values;

    /// <summary>Covariates of one subject, shape [columns].</summary>
    public ReadOnlySpan<double> Row(int subject) => _values.AsSpan(subject * ColumnCount, ColumnCount);

    /// <summary>One column of every subject, shape [subjects], copied.</summary>
    public double[] CopyColumn(int column)
    {
        var copy = new double[SubjectCount];
        for (var i = 0; i < copy.Length; i++)
        {
            copy[i] = _values[(i * ColumnCount) + column];
        }

        return copy;
    }

    public CovariateMatrix Take(ReadOnlySpan<int> subjects)
    {
        var taken = new double[subjects.Length * ColumnCount];
        for (var i = 0; i < subjects.Length; i++)
        {
            Row(subjects[i]).CopyTo(taken.AsSpan(i * ColumnCount));
        }

        return new CovariateMatrix(Columns, subjects.Length, taken);
    }
}
