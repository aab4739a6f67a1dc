namespace DigitalTwin.Models.Encoding;

/// <summary>Numbers of some subjects under named features: what linear models, trees and table encoders read.</summary>
/// <param name="Names">Shape [features]; each names where it comes from, such as <c>age</c>, <c>grade=3</c>, <c>age (missing)</c>, <c>rna:TP53</c>.</param>
/// <param name="Values">Row-major, shape [subjects, features]. NaN only where the encoding says that missing values stay.</param>
/// <param name="SubjectCount">Number of rows.</param>
public sealed record FeatureMatrix(IReadOnlyList<string> Names, double[] Values, int SubjectCount)
{
    public int FeatureCount => Names.Count;

    public ReadOnlySpan<double> Row(int subject) => Values.AsSpan(subject * Names.Count, Names.Count);

    /// <summary>Features side by side, of the same subjects.</summary>
    /// <exception cref="ArgumentException">The subjects' numbers differ.</exception>
    public static FeatureMatrix Join(params ReadOnlySpan<FeatureMatrix> parts)
    {
        var subjectCount = parts[0].SubjectCount;
        var names = new List<string>();
        foreach (var part in parts)
        {
            names.AddRange(part.SubjectCount == subjectCount
                ? part.Names
                : throw new ArgumentException($"{part.SubjectCount} and {subjectCount} subjects cannot stand side by side.", nameof(parts)));
        }

        var values = new double[subjectCount * names.Count];
        var offset = 0;
        foreach (var part in parts)
        {
            for (var i = 0; i < subjectCount; i++)
            {
                part.Row(i).CopyTo(values.AsSpan((i * names.Count) + offset));
            }

            offset += part.FeatureCount;
        }

        return new FeatureMatrix(names, values, subjectCount);
    }
}
