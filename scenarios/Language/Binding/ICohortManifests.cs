using DigitalTwin.Cohorts;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language.Binding;

/// <summary>Where the binder learns which variables and endpoints a bundle holds.</summary>
public interface ICohortManifests
{
    /// <summary>Names of the folders beside a folder, for suggestions; empty when there are none.</summary>
    IReadOnlyList<string> Siblings(string folder);

    /// <summary>Reads the manifest of a bundle; null when the folder does not exist.</summary>
    /// <exception cref="InvalidInputException">The folder is not a bundle, or its manifest is faulty.</exception>
    CohortManifest? Read(string folder);
}
