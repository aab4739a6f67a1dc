using DigitalTwin.Scenarios.Results;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Study;

/// <summary>The bundles and variables of a run as the report shows them.</summary>
internal static class InputResults
{
    public static InputResult Of(CohortId id, CohortIdentity source) => new(
        id,
        source.Manifest.Description.Title,
        source.Manifest.Description.Provenance,
        source.Manifest.Description.Licence,
        source.Hash,
        [.. source.Files.Where(f => f.Rows is not null).Select(f => new InputTable(Path.ChangeExtension(f.Name, null), f.Rows!.Value, f.Sha256))]);

    /// <summary>Words of every covariate of the trial, each once.</summary>
    public static IReadOnlyList<VariableText> Variables(StudyInputs inputs) =>
    [
        .. inputs.Assembly.Trial.Covariates.Columns
            .GroupBy(c => c.Variable, StringComparer.Ordinal)
            .Select(g => new VariableText(g.Key, LabelOf(inputs, g.Key), g.First().Unit)),
    ];

    private static string LabelOf(StudyInputs inputs, string term)
    {
        var treated = inputs.Sources[inputs.Scenario.Population(inputs.Scenario.Arms.Treated.Population).Cohort];
        return treated.Manifest.TryGetVariable(term, out var variable) ? variable.Label : term;
    }
}
