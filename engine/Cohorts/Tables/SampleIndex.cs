using DigitalTwin.Vocabulary;

namespace DigitalTwin.Cohorts.Tables;

/// <summary>Which sample, named by a level of a key variable, each row of a shared layer is.</summary>
/// <param name="Names">Samples that have a value, in the order of the levels.</param>
/// <param name="Rows">Row of the layer that holds each, shape [samples].</param>
internal sealed record SampleIndex(string[] Names, int[] Rows)
{
    /// <summary>Null where the layer is not shared, or not by this key: a level with two rows, or a subject without a level that has values.</summary>
    public static SampleIndex? Of(Cohort cohort, OmicsLayer layer, string key)
    {
        if (!layer.IsShared || !cohort.TryGetColumn(key, out var column) || column is not CategoricalColumn levels)
        {
            return null;
        }

        var rowOf = new int[column.Variable.Levels.Count];
        Array.Fill(rowOf, -1);
        for (var i = 0; i < cohort.Count; i++)
        {
            var (row, level) = (layer.RowOf(i), levels.Codes[i]);
            if (level < 0 ? HasValue(layer, row) : rowOf[level] >= 0 && rowOf[level] != row)
            {
                return null;
            }

            if (level >= 0)
            {
                rowOf[level] = row;
            }
        }

        int[] kept = [.. Enumerable.Range(0, rowOf.Length).Where(l => rowOf[l] >= 0 && HasValue(layer, rowOf[l]))];
        return new SampleIndex([.. kept.Select(l => column.Variable.Levels[l])], [.. kept.Select(l => rowOf[l])]);
    }

    private static bool HasValue(OmicsLayer layer, int row) => layer.HeldRow(row).ContainsAnyExcept(float.NaN);
}
