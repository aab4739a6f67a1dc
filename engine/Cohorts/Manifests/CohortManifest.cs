using DigitalTwin.Vocabulary;

namespace DigitalTwin.Cohorts;

/// <summary>What <c>cohort.yaml</c> says: what the tables of a bundle hold, and, before an import, where in the source it stands.</summary>
/// <param name="Description">The cohort in words.</param>
/// <param name="Variables">Variables of the subjects table, in its column order.</param>
/// <param name="Endpoints">Time-to-event endpoints.</param>
/// <param name="ObservedVariables">Variables measured repeatedly; empty where the cohort has no observations.</param>
/// <param name="OmicsTables">Omics layers.</param>
/// <param name="Rows">Rows of each table, null until the bundle is written.</param>
/// <param name="Layout">Where the values stand in the source files, null where the manifest does not say.</param>
public sealed record CohortManifest(
    CohortDescription Description,
    IReadOnlyList<Variable> Variables,
    IReadOnlyList<EventEndpoint> Endpoints,
    IReadOnlyList<Variable> ObservedVariables,
    IReadOnlyList<OmicsTable> OmicsTables,
    TableRows? Rows = null,
    ImportLayout? Layout = null)
{
    public bool TryGetVariable(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Variable? variable) =>
        (variable = Variables.FirstOrDefault(v => v.Name == name)) is not null;

    public bool TryGetEndpoint(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out EventEndpoint? endpoint) =>
        (endpoint = Endpoints.FirstOrDefault(e => e.Name == name)) is not null;
}

/// <summary>A time-to-event endpoint as the manifest declares it; its values are an <see cref="EventColumn"/>.</summary>
/// <param name="Name">Identifier used in scenarios.</param>
/// <param name="Label">Words for tables and plots.</param>
/// <param name="CompetingEvents">Words for status 2, 3, ...; empty where no event competes.</param>
public sealed record EventEndpoint(string Name, string Label, IReadOnlyList<string> CompetingEvents)
{
    /// <summary>The highest status an <see cref="EventColumn"/> of this endpoint may hold.</summary>
    public int MaximumStatus => EventColumn.Event + CompetingEvents.Count;
}

/// <summary>An omics layer as the manifest declares it.</summary>
/// <param name="Name">Identifier; the table is <c>omics/NAME.parquet</c>.</param>
/// <param name="Unit">UCUM code of the values.</param>
/// <param name="FeatureCount">Number of features; 0 before the import, which counts them.</param>
/// <param name="FeatureKind">What the features are named by: one of <see cref="FeatureKinds"/>.</param>
/// <param name="Source">Where the values stand in the layer's file, null where the manifest does not say.</param>
/// <param name="Samples">In a bundle, what a row of the table is where subjects share rows; null for a row a subject.</param>
public sealed record OmicsTable(
    string Name, string Unit, int FeatureCount, string FeatureKind = OmicsTable.UnknownKind, LayerSource? Source = null, SampleRows? Samples = null)
{
    /// <summary>Kind of features that nobody has stated.</summary>
    public const string UnknownKind = "unknown";

    /// <summary>What features may be named by, as manifests spell it.</summary>
    public static IReadOnlyList<string> FeatureKinds { get; } =
        ["gene-symbol", "ensembl", "uniprot", "mirbase", "cpg", "mass-to-charge", "otu", UnknownKind];
}

/// <summary>Rows of a layer's table that subjects share, one a sample.</summary>
/// <param name="Key">Categorical variable of the subjects whose levels name the samples.</param>
/// <param name="RowCount">Rows of the table.</param>
public sealed record SampleRows(string Key, int RowCount);

/// <summary>Rows the tables of a bundle hold; bounds what a reader allocates.</summary>
/// <param name="Subjects">Rows of the subjects table and of each omics layer that has a row a subject.</param>
/// <param name="Events">Rows of the events table.</param>
/// <param name="Observations">Rows of the observations table.</param>
public sealed record TableRows(int Subjects, int Events, int Observations);
