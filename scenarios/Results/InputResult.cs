using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Results;

/// <summary>A cohort bundle that was read.</summary>
/// <param name="Cohort">Name of the cohort.</param>
/// <param name="Title">Title of the bundle.</param>
/// <param name="Provenance">Where the data come from.</param>
/// <param name="Licence">Terms of the data.</param>
/// <param name="ManifestSha256">Hash of the bundle's manifest, which holds the hash of every table.</param>
/// <param name="Tables">Rows read of each table.</param>
public sealed record InputResult(
    CohortId Cohort, string Title, string Provenance, string Licence, string ManifestSha256, IReadOnlyList<InputTable> Tables);

/// <param name="Name">Table inside the bundle, e.g. <c>subjects</c> or <c>omics/rna</c>.</param>
/// <param name="RowCount">Rows read.</param>
/// <param name="Sha256">Hash of the table's file.</param>
public sealed record InputTable(string Name, long RowCount, string Sha256);

/// <summary>Words for a variable that results name by its identifier.</summary>
/// <param name="Name">Identifier.</param>
/// <param name="Label">Words for tables and plots.</param>
/// <param name="Unit">UCUM code; empty for categorical variables.</param>
public sealed record VariableText(string Name, string Label, string Unit);
