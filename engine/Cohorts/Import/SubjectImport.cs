using DigitalTwin.Cohorts.Csv;
using DigitalTwin.Cohorts.Tables;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Cohorts.Import;

/// <summary>Reads the CSV of subjects: ids, variables and endpoints.</summary>
internal static class SubjectImport
{
    public static (SubjectId[] Subjects, Column[] Columns, EventColumn[] Events, Dictionary<string, int> RowOf) Read(
        CohortManifest manifest, ImportLayout layout, string path, IReadOnlyDictionary<string, string> tables, ImportFaults faults)
    {
        using var table = CsvTable.Open(path);
        var missing = new List<Fault>();
        int[] idColumns = [.. layout.SubjectColumns.Select(c => table.Find(c, missing))];
        var variables = manifest.Variables
            .Zip(layout.Variables, (v, s) => new VariableImport(v, new ValueParser(v, s), s.Table is null ? table.Find(s.Column, missing) : -1))
            .ToArray();
        var endpoints = manifest.Endpoints
            .Zip(layout.Endpoints, (e, s) => new EndpointImport(e, s, table.Find(s.TimeColumn, missing), table.Find(s.StatusColumn, missing)))
            .ToArray();
        if (missing.Count > 0)
        {
            throw new InvalidInputException(missing);
        }

        var ids = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (!faults.IsFull && table.ReadRow(faults) is { } row)
        {
            var id = idColumns.Length == 1 ? row[idColumns[0]] : string.Join(ImportLayout.IdSeparator, idColumns.Select(c => row[c]));
            if (idColumns.Any(c => ValueParser.IsMissing(row[c])))
            {
                faults.Add(row.LocationOf(idColumns[0]), "The row has no subject id. Give one.");
            }
            else if (!seen.Add(id))
            {
                faults.Add(row.LocationOf(idColumns[0]), $"Subject '{id}' stands in two rows. Keep one row a subject.");
            }

            ids.Add(layout.SubjectPrefix + id);
            foreach (var variable in variables)
            {
                variable.Take(row, id, faults);
            }

            foreach (var endpoint in endpoints)
            {
                endpoint.Take(row, id, faults);
            }
        }

        if (ids.Count == 0 && !faults.IsFull)
        {
            faults.Add(new TextLocation(table.Name, 0, 0), "The file has no rows under its header.");
        }

        faults.ThrowIfAny();
        JoinedImport.Read(layout, [.. ids.Select(i => i[layout.SubjectPrefix.Length..])], variables, tables, faults);
        foreach (var variable in variables)
        {
            variable.Check(faults);
        }

        faults.ThrowIfAny();
        var order = Enumerable.Range(0, ids.Count).ToArray();
        Array.Sort(order, (a, b) => string.CompareOrdinal(ids[a], ids[b]));
        var subjects = Array.ConvertAll(order, i => new SubjectId(ids[i]));
        var rowOf = subjects.Index().ToDictionary(s => s.Item.Value, s => s.Index, StringComparer.Ordinal);
        return (subjects, [.. variables.Select(v => v.Build(order))], [.. endpoints.Select(e => e.Build(order))], rowOf);
    }

    private sealed class EndpointImport(EventEndpoint endpoint, EndpointSource source, int timeColumn, int statusColumn)
    {
        private readonly List<double> _days = [];
        private readonly List<byte> _status = [];
        private readonly UcumUnit _unit = UcumUnit.Parse(source.TimeUnit);
        private readonly UcumUnit _day = UcumUnit.Parse("d");

        public void Take(CsvRow row, string id, ImportFaults faults)
        {
            var days = double.NaN;
            if (!ValueParser.IsMissing(row[timeColumn]) && !ValueParser.TryReadNumber(row[timeColumn], out days))
            {
                faults.Add(row.LocationOf(timeColumn), $"The time of '{endpoint.Name}' of subject '{id}' is not a number. Correct it.");
            }

            var hasStatus = source.Codes.TryGetValue(row[statusColumn], out var status);
            if (!hasStatus && !ValueParser.IsMissing(row[statusColumn]))
            {
                faults.Add(row.LocationOf(statusColumn), $"The status of '{endpoint.Name}' of subject '{id}' is no code of the manifest. Add it to 'codes' or correct it.");
            }
            else if (!hasStatus && !double.IsNaN(days))
            {
                faults.Add(row.LocationOf(statusColumn), $"'{endpoint.Name}' of subject '{id}' has a time but no status. Give both or neither.");
            }

            days = source.TimeUnit == "d" ? days : UcumUnit.Convert(days, _unit, _day);
            if (EventTable.FaultOf(endpoint, days, status) is { } fault)
            {
                faults.Add(row.LocationOf(timeColumn), $"'{endpoint.Name}' of subject '{id}' {fault}. Correct it.");
            }

            _days.Add(days);
            _status.Add(status);
        }

        public EventColumn Build(int[] order) => new(
            endpoint.Name, endpoint.Label, Array.ConvertAll(order, i => _days[i]), Array.ConvertAll(order, i => _status[i]));
    }
}
