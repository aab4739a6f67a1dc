namespace DigitalTwin.Vocabulary;

/// <summary>One assay of a cohort: subjects x features.</summary>
/// <param name="name">Identifier, e.g. <c>rna</c>.</param>
/// <param name="unit">UCUM code of the values, <c>"1"</c> for pure numbers.</param>
/// <param name="features">Feature identifiers, shape [features].</param>
/// <param name="values">Row-major, shape [subjects, features]; NaN = missing. Owned from here on.</param>
public sealed class OmicsLayer(string name, string unit, IReadOnlyList<string> features, float[] values)
{
    public string Name { get; } = name;

    public string Unit { get; } = unit;

    public IReadOnlyList<string> Features { get; } = features;

    public int SubjectCount => Features.Count == 0 ? 0 : values.Length / Features.Count;

    /// <summary>Values of one subject, shape [features].</summary>
    public ReadOnlySpan<float> Row(int subject) => values.AsSpan(subject * Features.Count, Features.Count);

    public OmicsLayer Take(ReadOnlySpan<int> subjects)
    {
        var taken = new float[subjects.Length * Features.Count];
        for (var i = 0; i < subjects.Length; i++)
        {
            Row(subjects[i]).CopyTo(taken.AsSpan(i * Features.Count));
        }

        return new OmicsLayer(Name, Unit, Features, taken);
    }
}
