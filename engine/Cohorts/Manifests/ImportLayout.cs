namespace DigitalTwin.Cohorts;

/// <summary>Where the values of a cohort stand in its source files.</summary>
/// <param name="SubjectColumns">Columns that make the subject id, joined by <see cref="IdSeparator"/>; mostly one.</param>
/// <param name="SubjectPrefix">Put before every id, so that ids of different cohorts differ; may be empty.</param>
/// <param name="Variables">One source for each variable, in the manifest's order.</param>
/// <param name="Endpoints">One source for each endpoint, in the manifest's order.</param>
/// <param name="Observations">Layout of the observations file, or null.</param>
/// <param name="Tables">Further files with a row a subject, which variables may stand in.</param>
public sealed record ImportLayout(
    IReadOnlyList<string> SubjectColumns,
    string SubjectPrefix,
    IReadOnlyList<VariableSource> Variables,
    IReadOnlyList<EndpointSource> Endpoints,
    ObservationSource? Observations,
    IReadOnlyList<TableSource> Tables)
{
    /// <summary>Stands between the parts of an id made of several columns.</summary>
    public const string IdSeparator = "/";
}

/// <param name="Column">Column of the source.</param>
/// <param name="Unit">UCUM code the source is written in; converted to the variable's unit.</param>
/// <param name="Map">Source text to level (categorical) or to number (other types); empty where the text is read as it stands.</param>
/// <param name="Table">Name of the <see cref="TableSource"/> with the column; null for the file of subjects.</param>
/// <param name="FindsLevels">True when the levels are whatever the source holds, in ordinal order.</param>
public sealed record VariableSource(
    string Column, string Unit, IReadOnlyDictionary<string, string> Map, string? Table = null, bool FindsLevels = false);

/// <summary>A further file with at most one row a subject. Subjects that are not in the cohort are passed over.</summary>
/// <param name="Name">Name that variables refer to, and that the importer is given the file under.</param>
/// <param name="SubjectColumn">Column with the subject id, without the prefix.</param>
/// <param name="Where">Column to text: only rows that hold all of these are read.</param>
public sealed record TableSource(string Name, string SubjectColumn, IReadOnlyDictionary<string, string> Where);

/// <summary>Where an omics layer stands in its file: one row a subject, a column for each feature.</summary>
/// <param name="SubjectColumn">Column with the subject id, without the prefix; null for the one the subjects have, or else the first.</param>
/// <param name="FeaturePrefix">Only columns that start so are features, and it is no part of their names; may be empty.</param>
/// <param name="FeatureSuffix">Only columns that end so are features, and it is no part of their names; may be empty.</param>
/// <param name="Exclude">Columns that are no features.</param>
/// <param name="Key">Categorical variable whose levels name the rows, where many subjects share one; null for the subjects' own ids.</param>
public sealed record LayerSource(
    string? SubjectColumn, string FeaturePrefix, string FeatureSuffix, IReadOnlyList<string> Exclude, string? Key)
{
    /// <summary>What holds where the manifest says nothing.</summary>
    public static LayerSource Default { get; } = new(null, string.Empty, string.Empty, [], null);
}

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
