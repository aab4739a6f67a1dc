namespace DigitalTwin.Cohorts;

/// <summary>Where the values of a cohort stand in its source files.</summary>
/// <param name="SubjectColumn">Column with the subject id.</param>
/// <param name="SubjectPrefix">Put before every id, so that ids of different cohorts differ; may be empty.</param>
/// <param name="Variables">One source for each variable, in the manifest's order.</param>
/// <param name="Endpoints">One source for each endpoint, in the manifest's order.</param>
/// <param name="Observations">Layout of the observations file, or null.</param>
public sealed record ImportLayout(
    string SubjectColumn,
    string SubjectPrefix,
    IReadOnlyList<VariableSource> Variables,
    IReadOnlyList<EndpointSource> Endpoints,
    ObservationSource? Observations);

/// <param name="Column">Column of the source.</param>
/// <param name="Unit">UCUM code the source is written in; converted to the variable's unit.</param>
/// <param name="Map">Source text to level (categorical) or to number (other types); empty where the text is read as it stands.</param>
public sealed record VariableSource(string Column, string Unit, IReadOnlyDictionary<string, string> Map);

/// <param name="TimeColumn">Column with the follow-up time.</param>
/// <param name="TimeUnit">UCUM code of that time; converted to days.</param>
/// <param name="StatusColumn">Column with how follow-up ended.</param>
/// <param name="Codes">Source text to status: 0 censored, 1 event, 2 and above competing events.</param>
public sealed record EndpointSource(string TimeColumn, string TimeUnit, string StatusColumn, IReadOnlyDictionary<string, byte> Codes);

/// <summary>Observations, one row a visit with a column for each variable, or, when <paramref name="ValueColumn"/> is given, one row a value.</summary>
/// <param name="SubjectColumn">Column with the subject id, without the prefix.</param>
/// <param name="TimeColumn">Column with the time since time zero.</param>
/// <param name="TimeUnit">UCUM code of that time; converted to days.</param>
/// <param name="VariableColumn">Column that names the variable by its <see cref="VariableSource.Column"/>; null in the wide form.</param>
/// <param name="ValueColumn">Column with the value; null in the wide form.</param>
/// <param name="Variables">One source for each observed variable.</param>
public sealed record ObservationSource(
    string SubjectColumn,
    string TimeColumn,
    string TimeUnit,
    string? VariableColumn,
    string? ValueColumn,
    IReadOnlyList<VariableSource> Variables);
