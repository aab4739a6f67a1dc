namespace DigitalTwin.Vocabulary;

/// <summary>One variable of every subject of a cohort. Immutable.</summary>
public abstract class Column(Variable variable)
{
    public Variable Variable { get; } = variable;

    /// <summary>Number of subjects.</summary>
    public abstract int Count { get; }

    public abstract bool IsMissing(int subject);

    /// <summary>The column of the chosen subjects, in the order given.</summary>
    /// <param name="subjects">Row numbers, shape [chosen], each in 0..Count-1.</param>
    public abstract Column Take(ReadOnlySpan<int> subjects);

    /// <summary>Number of subjects without a value.</summary>
    public int CountMissing()
    {
        var missing = 0;
        for (var i = 0; i < Count; i++)
        {
            missing += IsMissing(i) ? 1 : 0;
        }

        return missing;
    }
}

/// <summary>Numbers, NaN meaning missing. Binary variables hold 0 and 1.</summary>
/// <param name="variable">Variable of a numeric type.</param>
/// <param name="values">Shape [subjects], in the variable's unit; finite or NaN. Owned by the column from here on.</param>
public sealed class NumericColumn(Variable variable, double[] values) : Column(variable)
{
    /// <summary>Shape [subjects], in the variable's unit; NaN = missing.</summary>
    public ReadOnlySpan<double> Values => values;

    public override int Count => values.Length;

    public override bool IsMissing(int subject) => double.IsNaN(values[subject]);

    public override Column Take(ReadOnlySpan<int> subjects)
    {
        var taken = new double[subjects.Length];
        for (var i = 0; i < taken.Length; i++)
        {
            taken[i] = values[subjects[i]];
        }

        return new NumericColumn(Variable, taken);
    }
}

/// <summary>Levels as codes into <see cref="Variable.Levels"/>; -1 means missing.</summary>
/// <param name="variable">Variable of categorical type.</param>
/// <param name="codes">Shape [subjects], -1 or an index into the levels. Owned by the column from here on.</param>
public sealed class CategoricalColumn(Variable variable, short[] codes) : Column(variable)
{
    /// <summary>Code of a missing value.</summary>
    public const short Missing = -1;

    /// <summary>Shape [subjects]; index into the levels, or <see cref="Missing"/>.</summary>
    public ReadOnlySpan<short> Codes => codes;

    public override int Count => codes.Length;

    public override bool IsMissing(int subject) => codes[subject] < 0;

    /// <summary>Level of a subject, or null when missing.</summary>
    public string? Level(int subject) => codes[subject] < 0 ? null : Variable.Levels[codes[subject]];

    public override Column Take(ReadOnlySpan<int> subjects)
    {
        var taken = new short[subjects.Length];
        for (var i = 0; i < taken.Length; i++)
        {
            taken[i] = codes[subjects[i]];
        }

        return new CategoricalColumn(Variable, taken);
    }
}
