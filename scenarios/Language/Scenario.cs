using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language;

/// <summary>A scenario that has passed every check: what to compare, on whom, and how. Immutable.</summary>
/// <param name="Title">One line for the report.</param>
/// <param name="Seed">Seed of every random stream of the run.</param>
/// <param name="Cohorts">Bundles used, in the order of the file.</param>
/// <param name="Populations">Who may be selected, in the order of the file.</param>
/// <param name="Arms">The two arms compared.</param>
/// <param name="Endpoint">What is measured.</param>
/// <param name="Estimand">Whose effect, summarised how.</param>
/// <param name="Adjustment">Covariates the arms are made comparable on.</param>
/// <param name="Twin">Twin model, or null when the scenario uses none.</param>
/// <param name="ControlArm">Methods that build the control arm.</param>
/// <param name="Simulation">Simulated trial, or null.</param>
/// <param name="Reveal">Hidden real control arm, or null.</param>
public sealed record Scenario(
    string Title,
    ulong Seed,
    IReadOnlyList<CohortSource> Cohorts,
    IReadOnlyList<Population> Populations,
    TrialArms Arms,
    ScenarioEndpoint Endpoint,
    Estimand Estimand,
    Adjustment Adjustment,
    TwinSpecification? Twin,
    ControlArmPlan ControlArm,
    SimulationPlan? Simulation,
    RevealPlan? Reveal)
{
    /// <summary>Value of the <c>schema</c> key this engine reads.</summary>
    public const string Schema = "digitaltwin/scenario/1";

    /// <exception cref="ArgumentException">No cohort has this id.</exception>
    public CohortSource Cohort(CohortId id) =>
        Cohorts.FirstOrDefault(c => c.Id == id) ?? throw new ArgumentException($"The scenario has no cohort '{id}'.", nameof(id));

    /// <exception cref="ArgumentException">No population has this id.</exception>
    public Population Population(PopulationId id) =>
        Populations.FirstOrDefault(p => p.Id == id) ?? throw new ArgumentException($"The scenario has no population '{id}'.", nameof(id));
}
