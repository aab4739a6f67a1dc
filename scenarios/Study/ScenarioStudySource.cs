using DigitalTwin.Scenarios.Serving;
using DigitalTwin.Scenarios.Study.Twins;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Study;

/// <summary>Reads the study that <c>digitaltwin serve</c> keeps running: the same twins a run makes.</summary>
internal sealed class ScenarioStudySource(int threads) : IStudySource
{
    public Task<ServedStudy> ReadAsync(FileInfo scenario, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        cancellation.ThrowIfCancellationRequested();
        var inputs = StudyInputs.Load(scenario.FullName, seed: null);
        var twin = inputs.Scenario.Twin ?? throw new InvalidInputException(
            new TextLocation(inputs.File.FileName, 0, 0), "The scenario has no 'twin' part, so there is nothing to serve. Add one; docs/scenario-language.md shows how.");
        var trial = inputs.Assembly.ForTwins(inputs.Varying(twin.Covariates));
        return Task.FromResult(TwinStudies.Of(inputs.Scenario, inputs.StudyName, trial, inputs.Seed, threads));
    }
}
