using DigitalTwin.Cohorts.Csv;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Cohorts.Import;

/// <summary>Gathers the values of one variable, row by row.</summary>
/// <param name="variable">As the manifest declares it.</param>
/// <param name="parser">Reads its fields.</param>
/// <param name="column">Its column in the file of subjects; below 0 where it stands in another table.</param>
internal sealed class VariableImport(Variable variable, ValueParser parser, int column)
{
    private readonly List<double> _values = [];

    public void Take(CsvRow row, string id, ImportFaults faults) => _values.Add(column < 0 ? double.NaN : Parse(row, column, id, faults));

    /// <summary>Takes the value of a subject from another table.</summary>
    public void TakeAt(int subject, CsvRow row, int field, string id, ImportFaults faults) => _values[subject] = Parse(row, field, id, faults);

    /// <summary>Reports levels that were to be found and are too few or too many.</summary>
    public void Check(ImportFaults faults)
    {
        if (parser.FindsLevels && parser.Levels.Count is < 2 or > short.MaxValue)
        {
            faults.Add(
                new TextLocation("cohort.yaml", 0, 0),
                $"'{variable.Name}' has {parser.Levels.Count} levels in the source. A categorical variable needs from 2 to {short.MaxValue}.");
        }
    }

    /// <param name="order">Place in the file of each subject of the cohort, shape [subjects].</param>
    public Column Build(int[] order)
    {
        if (variable.IsNumeric)
        {
            return new NumericColumn(variable, Array.ConvertAll(order, i => _values[i]));
        }

        if (!parser.FindsLevels)
        {
            return new CategoricalColumn(variable, Array.ConvertAll(order, i => Code(_values[i])));
        }

        // Levels were numbered as they came; their order must not depend on that of the rows.
        string[] levels = [.. parser.Levels.Order(StringComparer.Ordinal)];
        var places = parser.Levels.Select(l => (double)Array.BinarySearch(levels, l, StringComparer.Ordinal)).ToArray();
        return new CategoricalColumn(
            variable with { Levels = levels }, Array.ConvertAll(order, i => Code(double.IsNaN(_values[i]) ? double.NaN : places[(int)_values[i]])));
    }

    private double Parse(CsvRow row, int field, string id, ImportFaults faults)
    {
        if (parser.Parse(row[field], out var value) is { } fault)
        {
            faults.Add(row.LocationOf(field), $"'{variable.Name}' of subject '{id}' {fault}");
        }

        return value;
    }

    private static short Code(double value) => double.IsNaN(value) ? CategoricalColumn.Missing : (short)value;
}
