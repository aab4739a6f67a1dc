using DigitalTwin.Vocabulary;

namespace DigitalTwin.Cohorts;

/// <summary>The files a cohort is made of; each may be plain or gzip.</summary>
/// <param name="Subjects">CSV with one row a subject.</param>
/// <param name="Observations">CSV of observations, or null.</param>
/// <param name="Layers">CSV of each omics layer, by its name. Several layers may come from one file.</param>
/// <param name="Tables">CSV of each of the manifest's <c>tables</c>, by its name.</param>
public sealed record CohortSources(
    string Subjects, string? Observations, IReadOnlyList<NamedFile> Layers, IReadOnlyList<NamedFile> Tables);

/// <param name="Name">Of the layer or table.</param>
/// <param name="Path">Of its file.</param>
public sealed record NamedFile(string Name, string Path);

/// <summary>A cohort made of files.</summary>
/// <param name="Cohort">The data.</param>
/// <param name="Layers">One report for each layer.</param>
/// <param name="AbsentLayers">Layers that the manifest declares and no file was given for.</param>
public sealed record ImportedCohort(Cohort Cohort, IReadOnlyList<LayerReport> Layers, IReadOnlyList<string> AbsentLayers);

/// <summary>What there is to say of an imported layer.</summary>
/// <param name="Name">Of the layer.</param>
/// <param name="File">Name of its file without folders.</param>
/// <param name="FeatureCount">Its features.</param>
/// <param name="SubjectCount">Subjects of the cohort with a row in it.</param>
/// <param name="StrangerCount">Rows of the file that belong to no subject of the cohort.</param>
/// <param name="Assumptions">Sentences on what the manifest left open.</param>
public sealed record LayerReport(
    string Name, string File, int FeatureCount, int SubjectCount, int StrangerCount, IReadOnlyList<string> Assumptions);
