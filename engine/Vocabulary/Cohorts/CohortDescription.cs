namespace DigitalTwin.Vocabulary;

/// <summary>What a bundle says of itself in words.</summary>
/// <param name="Id">Name of the cohort.</param>
/// <param name="Title">One line.</param>
/// <param name="Provenance">Where the data come from: study, package and version, citation.</param>
/// <param name="Licence">Terms of the data, an SPDX identifier where there is one.</param>
/// <param name="TimeOrigin">What day 0 is, e.g. "randomisation".</param>
public sealed record CohortDescription(CohortId Id, string Title, string Provenance, string Licence, string TimeOrigin);
