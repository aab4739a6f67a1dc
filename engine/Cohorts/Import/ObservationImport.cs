using DigitalTwin.Cohorts.Csv;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Cohorts.Import;

/// <summary>Reads the CSV of observations: one row a visit with a column for each variable, or one row a value.</summary>
internal static class ObservationImport
{
    public static ObservationTable Read(
        IReadOnlyList<Variable> variables, ObservationSource source, string prefix, string path, Dictionary<string, int> rowOf, ImportFaults faults)
    {
        using var table = CsvTable.Open(path);
        var missing = new List<Fault>();
        var idColumn = table.Find(source.SubjectColumn, missing);
        var timeColumn = table.Find(source.TimeColumn, missing);
        var nameColumn = source.VariableColumn is null ? -1 : table.Find(source.VariableColumn, missing);
        var valueColumn = source.ValueColumn is null ? -1 : table.Find(source.ValueColumn, missing);
        var columns = source.Variables.Select(s => nameColumn < 0 && source.VariableColumn is null ? table.Find(s.Column, missing) : valueColumn).ToArray();
        if (missing.Count > 0)
        {
            throw new InvalidInputException(missing);
        }

        var parsers = variables.Zip(source.Variables, (v, s) => new ValueParser(v, s)).ToArray();
        var indexOf = source.Variables.Index().ToDictionary(v => v.Item.Column, v => v.Index, StringComparer.Ordinal);
        var unit = UcumUnit.Parse(source.TimeUnit);
        var day = UcumUnit.Parse("d");
        var observed = new List<(int Subject, double Day, short Variable, double Value)>();
        while (!faults.IsFull && table.ReadRow(faults) is { } row)
        {
            var id = row[idColumn];
            if (!rowOf.TryGetValue(prefix + id, out var subject))
            {
                faults.Add(row.LocationOf(idColumn), $"Subject '{id}' is not in the file of subjects. Add the subject or remove the row.");
            }

            if (!ValueParser.TryReadNumber(row[timeColumn], out var time))
            {
                faults.Add(row.LocationOf(timeColumn), $"The time of an observation of subject '{id}' is not a number. Correct it.");
                continue;
            }

            time = source.TimeUnit == "d" ? time : UcumUnit.Convert(time, unit, day);
            foreach (var variable in VariablesOf(row))
            {
                if (parsers[variable].Parse(row[columns[variable]], out var value) is { } fault)
                {
                    faults.Add(row.LocationOf(columns[variable]), $"'{variables[variable].Name}' of subject '{id}' {fault}");
                }
                else if (!double.IsNaN(value))
                {
                    observed.Add((subject, time, (short)variable, value));
                }
            }
        }

        faults.ThrowIfAny();
        observed.Sort();
        return new ObservationTable(
            variables,
            [.. observed.Select(o => o.Subject)],
            [.. observed.Select(o => o.Day)],
            [.. observed.Select(o => o.Variable)],
            [.. observed.Select(o => o.Value)]);

        IEnumerable<int> VariablesOf(CsvRow row)
        {
            if (nameColumn < 0)
            {
                return Enumerable.Range(0, parsers.Length);
            }

            // The long form may hold variables nobody asked for.
            return indexOf.TryGetValue(row[nameColumn], out var index) ? [index] : [];
        }
    }
}
