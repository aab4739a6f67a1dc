using System.Globalization;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Evaluation;

/// <summary>Groups of subjects by the value of a variable.</summary>
internal static class GroupCodes
{
    /// <returns>Shape [subjects]; -1 for a missing value.</returns>
    public static int[] Of(Column column) => Of(column, out _);

    /// <param name="column">Categorical, or numeric with few values.</param>
    /// <param name="texts">Text of each group: the level, or the number.</param>
    public static int[] Of(Column column, out IReadOnlyList<string> texts)
    {
        if (column is CategoricalColumn categorical)
        {
            texts = column.Variable.Levels;
            return [.. categorical.Codes.ToArray().Select(c => (int)c)];
        }

        var values = ((NumericColumn)column).Values.ToArray();
        double[] distinct = [.. values.Where(v => !double.IsNaN(v)).Distinct().Order()];
        texts = [.. distinct.Select(v => v.ToString("R", CultureInfo.InvariantCulture))];
        return [.. values.Select(v => double.IsNaN(v) ? -1 : Array.BinarySearch(distinct, v))];
    }
}
