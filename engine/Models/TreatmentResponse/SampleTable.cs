using System.Runtime.InteropServices;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.TreatmentResponse;

/// <summary>Which subjects are one sample under several treatments: those of whom everything but treatment and outcome is the same, value for value. Whether a layer
/// holds the row of a sample once or repeats it makes no difference.</summary>
/// <param name="SampleOf">Sample of each subject, shape [subjects].</param>
/// <param name="First">One subject of each sample, the first by id; samples are in the order of these ids. Shape [samples].</param>
internal sealed record SampleTable(int[] SampleOf, int[] First)
{
    public int Count => First.Length;

    public static SampleTable Of(SubjectInputs inputs)
    {
        var classes = new int[inputs.Count];
        foreach (var layer in inputs.Layers)
        {
            classes = Joined(classes, RowClasses(layer.Layer));
        }

        foreach (var column in inputs.Covariates)
        {
            classes = Joined(classes, ValueClasses(column));
        }

        var number = new Dictionary<int, int>();
        var sampleOf = new int[inputs.Count];
        var first = new List<int>();
        foreach (var i in Enumerable.Range(0, inputs.Count).OrderBy(i => inputs.Subjects[i]))
        {
            if (number.TryAdd(classes[i], first.Count))
            {
                first.Add(i);
            }

            sampleOf[i] = number[classes[i]];
        }

        return new SampleTable(sampleOf, [.. first]);
    }

    private static int[] Joined(int[] left, int[] right)
    {
        var number = new Dictionary<(int, int), int>();
        var joined = new int[left.Length];
        for (var i = 0; i < joined.Length; i++)
        {
            number.TryAdd((left[i], right[i]), number.Count);
            joined[i] = number[(left[i], right[i])];
        }

        return joined;
    }

    private static int[] RowClasses(OmicsLayer layer)
    {
        // Rows held once are compared once, however many subjects share them.
        var classOfRow = new int[layer.RowCount];
        var byHash = new Dictionary<int, List<int>>();
        for (var row = 0; row < classOfRow.Length; row++)
        {
            var values = MemoryMarshal.AsBytes(layer.HeldRow(row));
            var hash = default(HashCode);
            hash.AddBytes(values);
            var alike = CollectionsMarshal.GetValueRefOrAddDefault(byHash, hash.ToHashCode(), out _) ??= [];
            classOfRow[row] = row;
            foreach (var other in alike)
            {
                if (MemoryMarshal.AsBytes(layer.HeldRow(other)).SequenceEqual(values))
                {
                    classOfRow[row] = other;
                    break;
                }
            }

            if (classOfRow[row] == row)
            {
                alike.Add(row);
            }
        }

        return [.. Enumerable.Range(0, layer.SubjectCount).Select(i => classOfRow[layer.RowOf(i)])];
    }

    private static int[] ValueClasses(Column column)
    {
        if (column is CategoricalColumn categorical)
        {
            return [.. categorical.Codes.ToArray().Select(c => (int)c)];
        }

        var number = new Dictionary<double, int>();
        var classes = new int[column.Count];
        for (var i = 0; i < classes.Length; i++)
        {
            number.TryAdd(((NumericColumn)column).Values[i], number.Count);
            classes[i] = number[((NumericColumn)column).Values[i]];
        }

        return classes;
    }
}
