using DigitalTwin.Vocabulary;

namespace DigitalTwin.Cohorts.Tables;

/// <summary><c>events.parquet</c>: one row a subject; <c>subject</c>, then for each endpoint <c>NAME_days</c> (double, NaN = not followed) and
/// <c>NAME_status</c> (byte; 0 censored, 1 event, 2 and above competing). A subject without a row was not followed for any endpoint.</summary>
internal static class EventTable
{
    public const string FileName = "events.parquet";

    public static void Write(Stream stream, Cohort cohort, TableCompression compression) => TableWriter.Write(
        stream,
        [
            (SubjectTable.IdColumn, SubjectTable.Ids(cohort)),
            .. cohort.Events.SelectMany(e => new (string, Array)[] { (Days(e.Name), e.Days.ToArray()), (Status(e.Name), e.Status.ToArray()) }),
        ],
        compression);

    public static EventColumn[] Read(Stream stream, CohortManifest manifest, int rowCount, SubjectId[] subjects, CohortLimits limits) =>
        TableReader.Read(stream, FileName, rowCount, _ => Columns(manifest), limits, table =>
        {
            var faults = new TableFaults(FileName);
            var ids = table.ReadTexts(SubjectTable.IdColumn);
            var rows = RowsOf(ids, subjects, faults);
            faults.ThrowIfAny();
            var events = manifest.Endpoints.Select(e => ReadEndpoint(table, e, ids, rows, subjects.Length, faults)).ToArray();
            faults.ThrowIfAny();
            return events;
        });

    private static IReadOnlyList<TableColumn> Columns(CohortManifest manifest) =>
    [
        new TableColumn(SubjectTable.IdColumn, typeof(string)),
        .. manifest.Endpoints.SelectMany(e => new[] { new TableColumn(Days(e.Name), typeof(double)), new TableColumn(Status(e.Name), typeof(byte)) }),
    ];

    // Row of each event line among the subjects; null when both tables have the same order, as written bundles do.
    private static int[]? RowsOf(string[] ids, SubjectId[] subjects, TableFaults faults)
    {
        if (ids.Length == subjects.Length && !ids.Zip(subjects).Any(p => p.First != p.Second.Value))
        {
            return null;
        }

        var rowOf = new Dictionary<string, int>(subjects.Length, StringComparer.Ordinal);
        foreach (var (row, subject) in subjects.Index())
        {
            rowOf.Add(subject.Value, row);
        }

        var rows = new int[ids.Length];
        var seen = new bool[subjects.Length];
        for (var i = 0; i < ids.Length; i++)
        {
            if (!rowOf.TryGetValue(ids[i], out rows[i]))
            {
                faults.Add($"Subject '{ids[i]}' is not in {SubjectTable.FileName}. Import the cohort again from its source.");
            }
            else if (seen[rows[i]])
            {
                faults.Add($"Subject '{ids[i]}' stands in two rows. Import the cohort again from its source.");
            }
            else
            {
                seen[rows[i]] = true;
            }
        }

        return rows;
    }

    private static EventColumn ReadEndpoint(TableReader table, EventEndpoint endpoint, string[] ids, int[]? rows, int subjectCount, TableFaults faults)
    {
        var days = table.ReadDoubles(Days(endpoint.Name));
        var status = table.ReadBytes(Status(endpoint.Name));
        for (var i = 0; i < days.Length; i++)
        {
            if (FaultOf(endpoint, days[i], status[i]) is { } fault)
            {
                faults.Add($"Endpoint '{endpoint.Name}' of subject '{ids[i]}' {fault}. Correct the source and import the cohort again.");
            }
        }

        if (rows is null)
        {
            return new EventColumn(endpoint.Name, endpoint.Label, days, status);
        }

        var ordered = new double[subjectCount];
        var orderedStatus = new byte[subjectCount];
        Array.Fill(ordered, double.NaN);
        for (var i = 0; i < rows.Length; i++)
        {
            (ordered[rows[i]], orderedStatus[rows[i]]) = (days[i], status[i]);
        }

        return new EventColumn(endpoint.Name, endpoint.Label, ordered, orderedStatus);
    }

    /// <summary>What is wrong with a follow-up, in words that follow the endpoint's name, or null.</summary>
    public static string? FaultOf(EventEndpoint endpoint, double days, byte status) =>
        double.IsNaN(days) ? (status == EventColumn.Censored ? null : "has a status but no time")
        : !double.IsFinite(days) || days < 0 ? "has a time that is negative or infinite"
        : status > endpoint.MaximumStatus ? "has a status the manifest does not declare"
        : null;

    private static string Days(string endpoint) => endpoint + "_days";

    private static string Status(string endpoint) => endpoint + "_status";
}
