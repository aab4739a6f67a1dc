using DigitalTwin.Cohorts;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language.Binding;

/// <summary>What the parts of the binder know together: the cohorts and populations declared, and the faults found so far.</summary>
/// <param name="folder">Absolute folder of the scenario file.</param>
/// <param name="manifests">Where manifests come from.</param>
internal sealed class BindingContext(string folder, ICohortManifests manifests)
{
    private readonly List<Fault> _faults = [];
    private readonly Dictionary<string, CohortManifest?> _cohorts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _cohortOfPopulation = new(StringComparer.Ordinal);

    public string Folder { get; } = folder;

    public ICohortManifests Manifests { get; } = manifests;

    public List<Fault> Faults => _faults;

    /// <summary>Declares a cohort; the manifest is null when it cannot be read, which has its fault already.</summary>
    public void Declare(string cohort, CohortManifest? manifest) => _cohorts[cohort] = manifest;

    /// <summary>Declares a population; the cohort is null when it is unknown, which has its fault already.</summary>
    public void DeclarePopulation(string population, string? cohort) => _cohortOfPopulation[population] = cohort;

    public bool IsCohort(string name) => _cohorts.ContainsKey(name);

    public IEnumerable<string> CohortNames => _cohorts.Keys;

    public bool IsPopulation(string name) => _cohortOfPopulation.ContainsKey(name);

    public IEnumerable<string> PopulationNames => _cohortOfPopulation.Keys;

    /// <summary>Manifest of a cohort, or null when it is unknown or cannot be read.</summary>
    public CohortManifest? Manifest(string? cohort) => cohort is null ? null : _cohorts.GetValueOrDefault(cohort);

    /// <summary>Cohort of a population, or null when either is unknown.</summary>
    public string? CohortOf(string? population) => population is null ? null : _cohortOfPopulation.GetValueOrDefault(population);

    public void Report(TextLocation location, string message) => _faults.Add(new Fault(location, message));
}
