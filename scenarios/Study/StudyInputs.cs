using DigitalTwin.Cohorts;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.Study.Populations;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Study;

/// <summary>A scenario with its trial assembled. The cohorts it was made from are gone: of the hidden arm nothing is left outside its seal.</summary>
/// <param name="File">The scenario file, checked.</param>
/// <param name="Sources">What the bundles were, by the scenario's names of them.</param>
/// <param name="Treated">The treated subjects of the trial with everything their cohort knows of them.</param>
/// <param name="Control">The control subjects, likewise.</param>
/// <param name="Assembly">The trial, and the hidden arm under its seal.</param>
/// <param name="Seed">Seed of the run: the scenario's, or the one asked for instead.</param>
internal sealed record StudyInputs(
    ScenarioFile File, IReadOnlyDictionary<CohortId, CohortIdentity> Sources, Cohort Treated, Cohort Control, TrialAssembly Assembly, ulong Seed)
{
    public Scenario Scenario => File.Scenario;

    /// <summary>Name of the file without its ending: the name of the study.</summary>
    public string StudyName => Path.GetFileNameWithoutExtension(File.FileName);

    /// <summary>Reads everything a study needs.</summary>
    /// <param name="path">The scenario file.</param>
    /// <param name="seed">Replaces the scenario's seed; null keeps it.</param>
    /// <exception cref="InvalidInputException">With every fault of the scenario, of a bundle, or of the populations.</exception>
    public static StudyInputs Load(string path, ulong? seed)
    {
        var file = ScenarioFile.Load(path);
        var bundles = file.Scenario.Cohorts.ToDictionary(c => c.Id, Read);
        var cohorts = bundles.ToDictionary(b => b.Key, b => b.Value.Cohort);
        var assembly = TrialAssembler.Assemble(file.Scenario with { Seed = seed ?? file.Scenario.Seed }, cohorts, file.FileName);
        return new StudyInputs(
            file,
            bundles.ToDictionary(b => b.Key, b => new CohortIdentity(b.Value.Manifest, b.Value.Hash, b.Value.Files)),
            Analysed(assembly.Trial, treated: true, CohortOf(file.Scenario.Arms.Treated)),
            Analysed(assembly.Trial, treated: false, CohortOf(file.Scenario.Arms.Control)),
            assembly,
            seed ?? file.Scenario.Seed);

        Cohort CohortOf(TrialArm arm) => cohorts[file.Scenario.Population(arm.Population).Cohort];
    }

    private static Cohort Analysed(TrialData trial, bool treated, Cohort cohort)
    {
        var analysed = trial.Subjects.Where((_, i) => trial.Treated[i] == treated).ToHashSet();
        return cohort.Take([.. Enumerable.Range(0, cohort.Count).Where(i => analysed.Contains(cohort.Subjects[i]))]);
    }

    // Tables are called the same in every bundle: a fault must say whose it is.
    private static CohortBundle Read(CohortSource source)
    {
        try
        {
            return CohortStore.Read(source.Folder);
        }
        catch (InvalidInputException e)
        {
            throw new InvalidInputException(
                [.. e.Faults.Select(f => new Fault(f.Location with { File = $"{source.Bundle}/{f.Location.File}" }, f.Message))]);
        }
    }

    /// <summary>Names of the covariate terms that have a column; terms that do not vary were left out with a warning.</summary>
    public IReadOnlyList<string> Varying(IReadOnlyList<string> terms) => [.. terms.Except(Assembly.DroppedTerms, StringComparer.Ordinal)];
}

/// <summary>What a bundle was, without its subjects.</summary>
/// <param name="Manifest">What it says of itself.</param>
/// <param name="Hash">SHA-256 of its checksums.</param>
/// <param name="Files">Its files with hash and rows.</param>
internal sealed record CohortIdentity(CohortManifest Manifest, string Hash, IReadOnlyList<BundleFile> Files);
