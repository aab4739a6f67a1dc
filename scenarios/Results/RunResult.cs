using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Results;

/// <summary>Everything one run found. The report, results.json and the summary table are written from this and nothing else.</summary>
/// <param name="Scenario">The file that was run.</param>
/// <param name="Engine">Version, seed and device.</param>
/// <param name="Inputs">Every bundle read, with its hash.</param>
/// <param name="Variables">Words and units of the variables named below, each once.</param>
/// <param name="Arms">The arms that are compared, treated first.</param>
/// <param name="Populations">How each population came about.</param>
/// <param name="Endpoint">What is measured.</param>
/// <param name="Estimand">What is estimated (ICH E9 R1), in words.</param>
/// <param name="ControlArms">One entry a method that built a control arm.</param>
/// <param name="Estimates">Every estimate of every method; exactly one is primary.</param>
/// <param name="Curves">Survival curves; empty unless the endpoint is a time to event.</param>
/// <param name="TwinModel">The twin model and its validation, or null when no twins were asked for.</param>
/// <param name="SimulatedTrial">The trial simulated from the twins, or null.</param>
/// <param name="SubjectResponse">Forecast response of each subject, or null.</param>
/// <param name="Reveal">Comparison with the real control arm, or null when there is none.</param>
/// <param name="Warnings">Doubts that the reader must see.</param>
/// <param name="Environment">Threads, host and timings: the only part that may differ between two runs.</param>
public sealed record RunResult(
    ScenarioIdentity Scenario,
    EngineIdentity Engine,
    IReadOnlyList<InputResult> Inputs,
    IReadOnlyList<VariableText> Variables,
    IReadOnlyList<ArmResult> Arms,
    IReadOnlyList<PopulationFlow> Populations,
    EndpointResult Endpoint,
    EstimandResult Estimand,
    IReadOnlyList<ControlArmResult> ControlArms,
    IReadOnlyList<EstimateResult> Estimates,
    IReadOnlyList<SurvivalCurve> Curves,
    TwinModelResult? TwinModel,
    SimulatedTrialResult? SimulatedTrial,
    SubjectResponseResult? SubjectResponse,
    RevealResult? Reveal,
    IReadOnlyList<StudyWarning> Warnings,
    RunEnvironment Environment)
{
    /// <summary>Name and version of the format of results.json.</summary>
    public const string Schema = "digitaltwin/results/1";
}
