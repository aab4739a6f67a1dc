using DigitalTwin.Cohorts;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.Study.Populations;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Study;

/// <summary>A scenario with its bundles in memory and its trial assembled.</summary>
/// <param name="File">The scenario file, checked.</param>
/// <param name="Bundles">Every cohort, by the scenario's name of it.</param>
/// <param name="Assembly">The trial, and the hidden arm under its seal.</param>
/// <param name="Seed">Seed of the run: the scenario's, or the one asked for instead.</param>
internal sealed record StudyInputs(
    ScenarioFile File, IReadOnlyDictionary<CohortId, CohortBundle> Bundles, TrialAssembly Assembly, ulong Seed)
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
        return new StudyInputs(file, bundles, TrialAssembler.Assemble(file.Scenario, cohorts, file.FileName), seed ?? file.Scenario.Seed);
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
