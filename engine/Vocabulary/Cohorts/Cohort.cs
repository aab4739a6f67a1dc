using System.Diagnostics.CodeAnalysis;

namespace DigitalTwin.Vocabulary;

/// <summary>Subjects with covariates, endpoints, observations and omics from one source. Columnar and immutable.</summary>
public sealed class Cohort
{
    private readonly Dictionary<string, Column> _columns;
    private readonly Dictionary<string, EventColumn> _events;

    /// <exception cref="ArgumentException">A column's length differs from the number of subjects.</exception>
    public Cohort(
        CohortDescription description,
        IReadOnlyList<SubjectId> subjects,
        IReadOnlyList<Column> columns,
        IReadOnlyList<EventColumn> events,
        ObservationTable? observations = null,
        IReadOnlyList<OmicsLayer>? omicsLayers = null)
    {
        ArgumentNullException.ThrowIfNull(description);
        ArgumentNullException.ThrowIfNull(subjects);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(events);
        foreach (var column in columns)
        {
            Check(column.Count, column.Variable.Name);
        }

        foreach (var column in events)
        {
            Check(column.Count, column.Name);
        }

        Description = description;
        Subjects = subjects;
        Columns = columns;
        Events = events;
        Observations = observations;
        OmicsLayers = omicsLayers ?? [];
        _columns = columns.ToDictionary(c => c.Variable.Name, StringComparer.Ordinal);
        _events = events.ToDictionary(e => e.Name, StringComparer.Ordinal);

        void Check(int count, string name)
        {
            if (count != subjects.Count)
            {
                throw new ArgumentException($"Column '{name}' has {count} rows, the cohort has {subjects.Count} subjects.");
            }
        }
    }

    public CohortDescription Description { get; }

    /// <summary>Shape [subjects], each once.</summary>
    public IReadOnlyList<SubjectId> Subjects { get; }

    public IReadOnlyList<Column> Columns { get; }

    /// <summary>Time-to-event endpoints.</summary>
    public IReadOnlyList<EventColumn> Events { get; }

    public ObservationTable? Observations { get; }

    public IReadOnlyList<OmicsLayer> OmicsLayers { get; }

    public int Count => Subjects.Count;

    public bool TryGetColumn(string name, [NotNullWhen(true)] out Column? column) => _columns.TryGetValue(name, out column);

    public bool TryGetEvent(string name, [NotNullWhen(true)] out EventColumn? column) => _events.TryGetValue(name, out column);

    /// <summary>The cohort of the chosen subjects, in the order given.</summary>
    /// <param name="subjects">Row numbers, each at most once.</param>
    public Cohort Take(ReadOnlySpan<int> subjects)
    {
        var rows = subjects.ToArray();
        return new Cohort(
            Description,
            [.. rows.Select(r => Subjects[r])],
            [.. Columns.Select(c => c.Take(rows))],
            [.. Events.Select(e => e.Take(rows))],
            Observations?.Take(rows, Count),
            [.. OmicsLayers.Select(o => o.Take(rows))]);
    }
}
