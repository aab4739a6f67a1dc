using System.Text;
using DigitalTwin.Cohorts;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.Language.Binding;
using DigitalTwin.Scenarios.Language.Reading;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Scenarios.Language;

/// <summary>A small valid scenario and the manifests it needs, so that a test changes one thing and looks at the faults.</summary>
internal sealed class ScenarioFixture : ICohortManifests
{
    public const string Valid = """
        schema: digitaltwin/scenario/1
        title: Hormone therapy after breast cancer
        seed: 20240229
        cohorts:
          trial: { bundle: bundles/trial }
          registry: { bundle: bundles/registry }
        populations:
          treated: { cohort: trial, where: "hormon == 1" }
          external: { cohort: registry, where: "nodes > 0 and hormon == 0" }
          concurrent: { cohort: trial, where: "hormon == 0" }
        arms:
          hormone: { population: treated, role: treated, label: Tamoxifen }
          control: { population: external, role: control, kind: external }
        endpoint:
          type: time-to-event
          event: recurrence_free_survival
          horizon: 5 years
        estimand:
          population: ATT
          measures:
            - hazard-ratio
            - { measure: rmst-difference }
            - { measure: survival-difference, at: [1 year, 36 months, 5 years] }
          intercurrentEvents:
            - { event: stopping therapy, strategy: treatment-policy, text: Followed regardless. }
        covariates:
          terms: [age, size, grade, nodes, log(pgr + 1)]
          missing: complete-case
        twin:
          model: penalized-cox
          covariates: [age, nodes]
        controlArm:
          primary: att
          methods:
            - { id: naive, type: unadjusted }
            - { id: att, type: propensity-weighting, inference: { bootstrap: 1000, interval: bca } }
            - { id: ato, type: propensity-weighting, population: ATO, covariates: [age, log(pgr+1)] }
            - { id: match, type: matching, ratio: 2, caliper: 0.2, exact: [size] }
            - { id: twins, type: twin }
        simulation:
          followUp: 3 years
          success: { measure: hazard-ratio, rule: upper-limit-below, threshold: 1 }
        reveal:
          population: concurrent

        """;

    private readonly Dictionary<string, CohortManifest> _manifests = new()
    {
        ["trial"] = Manifest("trial", pgrUnit: "fmol/mg", sizes: ["<=20", "20-50", ">50"]),
        ["registry"] = Manifest("registry", pgrUnit: "fmol/mg", sizes: ["<=20", "20-50", ">50"]),
        ["other_unit"] = Manifest("other_unit", pgrUnit: "nmol/L", sizes: ["<=20", "20-50", ">50"]),
        ["other_levels"] = Manifest("other_levels", pgrUnit: "fmol/mg", sizes: ["<=20", ">20"]),
    };

    public static string Folder { get; } = Path.Combine(Path.GetTempPath(), "scenario-that-is-never-written");

    public IReadOnlyList<string> Siblings(string folder) => [.. _manifests.Keys];

    public CohortManifest? Read(string folder) => _manifests.GetValueOrDefault(Path.GetFileName(folder));

    public static Scenario Bind(string text) =>
        ScenarioBinder.Bind(ScenarioReader.Read(Encoding.UTF8.GetBytes(text), "t.yaml"), Folder, new ScenarioFixture());

    public static IReadOnlyList<Fault> Faults(string text) => Assert.Throws<InvalidInputException>(() => Bind(text)).Faults;

    /// <summary>The valid scenario with one part replaced; fails when the part is not there.</summary>
    public static string With(string part, string replacement)
    {
        Assert.Contains(part, Valid, StringComparison.Ordinal);
        return Valid.Replace(part, replacement, StringComparison.Ordinal);
    }

    public static Variable Numeric(string name, string unit = "1", VariableRole role = VariableRole.Covariate, VariableType type = VariableType.Continuous) =>
        new(name, type, role, unit, name, null, []);

    private static CohortManifest Manifest(string id, string pgrUnit, IReadOnlyList<string> sizes) => new(
        new CohortDescription(new CohortId(id), id, "made for tests", "CC0-1.0", "randomisation"),
        [
            Numeric("age", "a"),
            new Variable("size", VariableType.Categorical, VariableRole.Covariate, "", "Tumour size", null, sizes),
            Numeric("grade"),
            Numeric("nodes"),
            Numeric("pgr", pgrUnit),
            Numeric("hormon", type: VariableType.Binary, role: VariableRole.Treatment),
            Numeric("responded", type: VariableType.Binary, role: VariableRole.Outcome),
            Numeric("score", role: VariableRole.Outcome),
        ],
        [new EventEndpoint("recurrence_free_survival", "Recurrence-free survival", [])],
        [],
        [new OmicsTable("rna", pgrUnit == "fmol/mg" ? "1" : "mol", 3), .. id == "trial" ? [new OmicsTable("protein", "1", 2)] : Array.Empty<OmicsTable>()]);
}
