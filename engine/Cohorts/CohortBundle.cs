using DigitalTwin.Vocabulary;

namespace DigitalTwin.Cohorts;

/// <summary>A cohort read from a bundle, with what identifies the bytes it came from.</summary>
/// <param name="Cohort">The data.</param>
/// <param name="Manifest">What the bundle says of them.</param>
/// <param name="Hash">SHA-256 of <c>checksums.sha256</c>, lower-case hexadecimal: one value for the whole bundle.</param>
/// <param name="Files">Every file under the checksums, in their order.</param>
public sealed record CohortBundle(Cohort Cohort, CohortManifest Manifest, string Hash, IReadOnlyList<BundleFile> Files);

/// <param name="Name">Path inside the bundle with forward slashes.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
/// <param name="Rows">Rows of a table; null for <c>cohort.yaml</c>.</param>
public sealed record BundleFile(string Name, string Sha256, int? Rows);
