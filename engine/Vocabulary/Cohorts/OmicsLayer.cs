namespace DigitalTwin.Vocabulary;

/// <summary>One assay of a cohort: subjects x features. Where many subjects share a sample (a cell line under many drugs, an organ in many sections) its row is
/// held once, and an index says which row is whose: whoever asks for the row of a subject need not know.</summary>
public sealed class OmicsLayer
{
    private readonly float[] _values;
    private readonly int[]? _rowOf;

    /// <summary>A row a subject.</summary>
    /// <param name="name">Identifier, e.g. <c>rna</c>.</param>
    /// <param name="unit">UCUM code of the values, <c>"1"</c> for pure numbers.</param>
    /// <param name="features">Feature identifiers, shape [features].</param>
    /// <param name="values">Row-major, shape [subjects, features]; NaN = missing. Owned from here on.</param>
    public OmicsLayer(string name, string unit, IReadOnlyList<string> features, float[] values)
        : this(name, unit, features, values, null, 0)
    {
    }

    /// <summary>Rows that subjects share.</summary>
    /// <param name="name">Identifier, e.g. <c>rna</c>.</param>
    /// <param name="unit">UCUM code of the values, <c>"1"</c> for pure numbers.</param>
    /// <param name="features">Feature identifiers, shape [features].</param>
    /// <param name="rows">Row-major, shape [rows, features]; NaN = missing. Owned from here on.</param>
    /// <param name="rowOf">Row of each subject, shape [subjects]; a negative number where a subject has none, all of whose values are then missing.</param>
    /// <exception cref="ArgumentException">A row number is beyond the rows, or the values do not fill whole rows.</exception>
    public static OmicsLayer Shared(string name, string unit, IReadOnlyList<string> features, float[] rows, ReadOnlySpan<int> rowOf)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(rows);
        var count = features.Count == 0 ? 0 : rows.Length / features.Count;
        if (rows.Length != count * features.Count)
        {
            throw new ArgumentException($"Layer '{name}' has {rows.Length} values, which are no whole rows of {features.Count} features.", nameof(rows));
        }

        var index = rowOf.ToArray();
        for (var i = 0; i < index.Length; i++)
        {
            if (index[i] >= count)
            {
                throw new ArgumentException($"Subject {i} of layer '{name}' has row {index[i]}; there are rows 0 to {count - 1}.", nameof(rowOf));
            }

            index[i] = index[i] < 0 ? count : index[i];
        }

        if (Array.IndexOf(index, count) < 0)
        {
            return new OmicsLayer(name, unit, features, rows, index, count);
        }

        // The missing row stands last, so that a subject without a sample has a row like any other.
        var length = rows.Length;
        Array.Resize(ref rows, length + features.Count);
        rows.AsSpan(length).Fill(float.NaN);
        return new OmicsLayer(name, unit, features, rows, index, count + 1);
    }

    private OmicsLayer(string name, string unit, IReadOnlyList<string> features, float[] values, int[]? rowOf, int rowCount)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(values);
        (Name, Unit, Features, _values, _rowOf) = (name, unit, features, values, rowOf);
        RowCount = rowOf is null ? features.Count == 0 ? 0 : values.Length / features.Count : rowCount;
    }

    public string Name { get; }

    public string Unit { get; }

    public IReadOnlyList<string> Features { get; }

    public int SubjectCount => _rowOf?.Length ?? RowCount;

    /// <summary>Whether rows are held once for many subjects.</summary>
    public bool IsShared => _rowOf is not null;

    /// <summary>Rows held; of a layer that is shared some may belong to none of its subjects.</summary>
    public int RowCount { get; }

    /// <summary>Values of one subject, shape [features].</summary>
    public ReadOnlySpan<float> Row(int subject) => HeldRow(RowOf(subject));

    /// <summary>Which of the rows held is a subject's.</summary>
    public int RowOf(int subject) => _rowOf is null ? subject : _rowOf[subject];

    /// <summary>Values of a row held, shape [features].</summary>
    public ReadOnlySpan<float> HeldRow(int row) => _values.AsSpan(row * Features.Count, Features.Count);

    /// <summary>Whether a subject has any value.</summary>
    public bool HasValue(int subject) => Row(subject).ContainsAnyExcept(float.NaN);

    /// <summary>The layer with other features in the order given. Shared rows stay shared.</summary>
    /// <param name="features">Their identifiers, shape [chosen].</param>
    /// <param name="places">Place of each among <see cref="Features"/>, negative for one that is missing in everybody; shape [chosen].</param>
    public OmicsLayer Choose(IReadOnlyList<string> features, int[] places)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(places);
        var chosen = new float[RowCount * places.Length];
        for (var r = 0; r < RowCount; r++)
        {
            var row = HeldRow(r);
            for (var k = 0; k < places.Length; k++)
            {
                chosen[(r * places.Length) + k] = places[k] < 0 ? float.NaN : row[places[k]];
            }
        }

        return new OmicsLayer(Name, Unit, features, chosen, _rowOf, RowCount);
    }

    /// <summary>One subject for each row that is anybody's: the first who has it, in the order of the subjects. Everybody where rows are not shared.</summary>
    public int[] FirstSubjects()
    {
        if (_rowOf is null)
        {
            return [.. Enumerable.Range(0, SubjectCount)];
        }

        var isSeen = new bool[RowCount];
        var first = new List<int>();
        for (var i = 0; i < _rowOf.Length; i++)
        {
            if (!isSeen[_rowOf[i]])
            {
                isSeen[_rowOf[i]] = true;
                first.Add(i);
            }
        }

        return [.. first];
    }

    /// <summary>Features that no subject of the layer has a value of, in their order.</summary>
    public IReadOnlyList<string> FeaturesWithoutValue()
    {
        var isMeasured = new bool[Features.Count];
        foreach (var subject in FirstSubjects())
        {
            var row = Row(subject);
            for (var f = 0; f < row.Length; f++)
            {
                isMeasured[f] |= !float.IsNaN(row[f]);
            }
        }

        return [.. Features.Where((_, f) => !isMeasured[f])];
    }

    /// <summary>The layer of the chosen subjects, in the order given. Shared rows stay where they are.</summary>
    public OmicsLayer Take(ReadOnlySpan<int> subjects)
    {
        if (_rowOf is not null)
        {
            var rows = new int[subjects.Length];
            for (var i = 0; i < rows.Length; i++)
            {
                rows[i] = _rowOf[subjects[i]];
            }

            return new OmicsLayer(Name, Unit, Features, _values, rows, RowCount);
        }

        var taken = new float[subjects.Length * Features.Count];
        for (var i = 0; i < subjects.Length; i++)
        {
            Row(subjects[i]).CopyTo(taken.AsSpan(i * Features.Count));
        }

        return new OmicsLayer(Name, Unit, Features, taken);
    }
}
