using DigitalTwin.Models.Prediction;
using DigitalTwin.Omics.Layers;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Explanation;

/// <summary>One subject many times over, each time with something changed: what a model is asked to find out what matters to it.</summary>
/// <param name="subject">Inputs of one subject.</param>
internal sealed class RepeatedSubject(SubjectInputs subject)
{
    /// <summary>Value of a covariate (the code of a level) in a row: row, place of the covariate, own value; NaN for missing.</summary>
    public Func<int, int, double, double>? Covariate { get; init; }

    /// <summary>Changes the values of a layer in a row, which hold the subject's own: row, place of the layer, values.</summary>
    public Action<int, int, float[]>? Layer { get; init; }

    /// <summary>The treatments that <see cref="Arm"/> numbers; null for those of the subject.</summary>
    public IReadOnlyList<Treatment>? Treatments { get; init; }

    /// <summary>Arm of a row.</summary>
    public Func<int, int>? Arm { get; init; }

    /// <summary>Whose observations a row has; null for those of the subject.</summary>
    public Func<int, (SubjectInputs From, int Row)>? Observed { get; init; }

    public SubjectInputs Rows(int count)
    {
        SubjectId[] ids = [.. Enumerable.Range(0, count).Select(r => new SubjectId($"{subject.Subjects[0]}#{r}"))];
        var arms = subject.Treatments is null ? null
            : new TreatmentColumn(Treatments ?? subject.Treatments.Treatments, [.. Enumerable.Range(0, count).Select(r => Arm?.Invoke(r) ?? subject.Treatments.Indices[0])]);
        return new SubjectInputs(
            ids,
            [.. subject.Covariates.Select((c, v) => Repeated(c, v, count))],
            [.. subject.Layers.Select((l, k) => Repeated(l, k, ids))],
            subject.Observations is null ? null : Observations(count),
            arms);
    }

    /// <summary>Value of a covariate of a subject: the number, or the code of the level; NaN for missing.</summary>
    public static double ValueOf(Column column, int row) => column switch
    {
        NumericColumn numeric => numeric.Values[row],
        _ => column.IsMissing(row) ? double.NaN : ((CategoricalColumn)column).Codes[row],
    };

    private Column Repeated(Column column, int place, int count)
    {
        var own = ValueOf(column, 0);
        double[] values = [.. Enumerable.Range(0, count).Select(r => Covariate?.Invoke(r, place, own) ?? own)];
        return column is NumericColumn
            ? new NumericColumn(column.Variable, values)
            : new CategoricalColumn(column.Variable, Array.ConvertAll(values, v => double.IsNaN(v) ? CategoricalColumn.Missing : (short)v));
    }

    private SubjectLayer Repeated(SubjectLayer layer, int place, SubjectId[] ids)
    {
        var width = layer.FeatureCount;
        var values = new float[ids.Length * width];
        for (var r = 0; r < ids.Length; r++)
        {
            var row = layer.Layer.Row(0).ToArray();
            Layer?.Invoke(r, place, row);
            row.CopyTo(values, r * width);
        }

        return new SubjectLayer(new OmicsLayer(layer.Layer.Name, layer.Layer.Unit, layer.Layer.Features, values), ids);
    }

    private ObservationTable Observations(int count)
    {
        List<int> subjects = [];
        List<double> days = [];
        List<short> variables = [];
        List<double> values = [];
        for (var r = 0; r < count; r++)
        {
            var (from, row) = Observed?.Invoke(r) ?? (subject, 0);
            var table = from.Observations!;
            for (var k = 0; k < table.Count; k++)
            {
                if (table.Subjects[k] == row)
                {
                    subjects.Add(r);
                    days.Add(table.Days[k]);
                    variables.Add(table.VariableIndices[k]);
                    values.Add(table.Values[k]);
                }
            }
        }

        return new ObservationTable(subject.Observations!.Variables, [.. subjects], [.. days], [.. variables], [.. values]);
    }
}
