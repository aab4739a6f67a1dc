using DigitalTwin.Scenarios.Language;
using DigitalTwin.Trials;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Scenarios.Language;

public sealed class ScenarioBinderTests
{
    [Fact]
    public void ClosedForm_ValidScenarioIsTyped()
    {
        var scenario = ScenarioFixture.Bind(ScenarioFixture.Valid);

        Assert.Equal(20240229ul, scenario.Seed);
        Assert.Equal("Tamoxifen", scenario.Arms.Treated.Label);
        Assert.Equal(ControlArmKind.External, scenario.Arms.ControlKind);
        var endpoint = Assert.IsType<TimeToEventEndpoint>(scenario.Endpoint);
        Assert.Equal(Duration.From(5, TimeUnit.Year), endpoint.Horizon);
        Assert.Equal("Recurrence-free survival", endpoint.Label);
        Assert.Equal(
            [
                new RequestedMeasure(SummaryMeasure.HazardRatio, null),
                new RequestedMeasure(SummaryMeasure.RmstDifference, endpoint.Horizon),
                new RequestedMeasure(SummaryMeasure.SurvivalDifference, Duration.From(1, TimeUnit.Year)),
                new RequestedMeasure(SummaryMeasure.SurvivalDifference, Duration.From(36, TimeUnit.Month)),
                new RequestedMeasure(SummaryMeasure.SurvivalDifference, endpoint.Horizon),
            ],
            scenario.Estimand.Measures);
        Assert.Equal(0.95, scenario.Estimand.Confidence);
        Assert.Equal(["age", "size", "grade", "nodes", "log(pgr + 1)"], scenario.Adjustment.Terms.Select(t => t.Name));
        Assert.Equal((25, 5), (scenario.Twin!.MemberCount, scenario.Twin.FoldCount));
        Assert.Same(scenario.ControlArm.Methods[1], scenario.ControlArm.Primary);
        Assert.Equal(new BootstrapInferenceSpecification(1000, BootstrapIntervalKind.Bca), scenario.ControlArm.Primary.Inference);
        Assert.Equal(["age", "log(pgr + 1)"], scenario.ControlArm.Methods[2].Covariates);
        var matching = Assert.IsType<MatchingSpecification>(scenario.ControlArm.Methods[3]);
        Assert.Equal((2, 0.2, false), (matching.Ratio, matching.Caliper!.Value, matching.Replacement));
        Assert.Equal(["size"], matching.ExactOn);
        Assert.Equal(
            new SuccessCriterion(SummaryMeasure.HazardRatio, null, SuccessRule.UpperLimitBelow, 1, 0.95), scenario.Simulation!.Success);
        Assert.Equal("concurrent", scenario.Reveal!.Population.Value);
    }

    [Theory]
    [InlineData("horizon: 5 years", "horizon: 5 yeers", 17, 12, "endpoint.horizon is '5 yeers', which is not a duration. Use a number and a unit: '5 years', '60 months'.")]
    [InlineData("horizon: 5 years", "horizon: 0 days", 17, 12, "must be longer than nothing")]
    [InlineData("horizon: 5 years", "horizon: -5 years", 17, 12, "is not a duration")]
    [InlineData("horizon: 5 years", "horizon: 60", 17, 12, "is not a duration")]
    [InlineData("seed: 20240229", "sead: 20240229", 3, 1, "'sead' is not a key of a scenario. Did you mean 'seed'?")]
    [InlineData("seed: 20240229", "seed: -1", 3, 7, "seed is '-1', which is not a whole number from 0")]
    [InlineData("seed: 20240229", "seed: many", 3, 7, "which is not a whole number")]
    [InlineData("title: Hormone therapy after breast cancer", "title: [a, b]", 2, 8, "title is a list. Write text.")]
    [InlineData("title: Hormone therapy after breast cancer", "title:", 2, 7, "title is empty")]
    [InlineData("schema: digitaltwin/scenario/1", "schema: digitaltwin/scenario/9", 1, 9, "Did you mean 'digitaltwin/scenario/1'?")]
    [InlineData("bundle: bundles/trial", "bundle: bundles/trail", 5, 20, "there is no such folder. Did you mean 'trial'?")]
    [InlineData("bundle: bundles/trial", "bundle: ../trial", 5, 20, "leads out of the scenario's folder")]
    [InlineData("bundle: bundles/trial", "bundle: /etc", 5, 20, "must be a relative path")]
    [InlineData("hormon == 1\"", "hormone == 1\"", 8, 37, "'hormone' is not a variable of cohort 'trial'. Did you mean 'hormon'?")]
    [InlineData("hormon == 1\"", "hormon\"", 8, 36, "which is not a condition")]
    [InlineData("hormon == 1\"", "hormon = 1\"", 8, 44, "Write '=='")]
    [InlineData("hormon == 1\"", "size == 'big'\"", 8, 45, "'big' is not a level of 'size'")]
    [InlineData("cohort: registry", "cohort: registri", 9, 23, "Did you mean 'registry'?")]
    [InlineData("population: treated,", "population: treatd,", 12, 26, "Did you mean 'treated'?")]
    [InlineData("population: external, role", "population: treated, role", 13, 26, "Both arms have the population 'treated'")]
    [InlineData("role: control, kind: external", "role: control, kind: concurrent", 13, 57, "the arms come from cohorts 'trial' and 'registry'")]
    [InlineData("role: control, kind: external", "role: control", 13, 12, "has no 'kind'")]
    [InlineData("role: control, kind: external", "role: treated, kind: external", 13, 42, "keep one of each role")]
    [InlineData("role: treated, label", "role: treated, kind: external, label", 12, 56, "belongs to a control arm only")]
    [InlineData("type: time-to-event", "type: time-to-evnt", 15, 9, "Did you mean 'time-to-event'?")]
    [InlineData("event: recurrence_free_survival", "event: recurrence_free", 16, 10, "Did you mean 'recurrence_free_survival'?")]
    [InlineData("population: ATT", "population: ATU", 19, 15, "is 'ATU', which is not a choice here. Did you mean")]
    [InlineData("- hazard-ratio", "- odds-ratio", 21, 7, "does not fit a time-to-event endpoint. Use hazard-ratio, rmst-difference, survival-difference.")]
    [InlineData("- hazard-ratio", "- hazardratio", 21, 7, "Did you mean 'hazard-ratio'?")]
    [InlineData("measure: rmst-difference }", "measure: rmst-difference, at: 6 years }", 22, 39, "beyond the horizon")]
    [InlineData("measure: rmst-difference }", "measure: hazard-ratio }", 22, 18, "asked for twice")]
    [InlineData("measure: rmst-difference }", "measure: hazard-ratio, at: 1 year }", 22, 36, "has no meaning for 'hazard-ratio'")]
    [InlineData("strategy: treatment-policy", "strategy: ignore", 25, 44, "is 'ignore'")]
    [InlineData("terms: [age,", "terms: [agee,", 27, 11, "'agee' is not a variable of cohort 'trial'. Did you mean 'age'?")]
    [InlineData("terms: [age,", "terms: [hormon,", 27, 11, "has the role treatment in cohort 'trial'")]
    [InlineData("terms: [age,", "terms: [age, responded,", 27, 16, "has the role outcome")]
    [InlineData("terms: [age,", "terms: [age, age,", 27, 16, "stands twice")]
    [InlineData("terms: [age,", "terms: [1 + 1, age,", 27, 11, "reads no variable")]
    [InlineData("terms: [age,", "terms: [log(size), age,", 27, 15, "is a text where a number is needed")]
    [InlineData("terms: [age,", "terms: [lg(age), age,", 27, 11, "There is no function 'lg'. Did you mean 'log'?")]
    [InlineData("bundle: bundles/registry", "bundle: bundles/other_unit", 27, 40, "'pgr' is in 'fmol/mg' in cohort 'trial' but in 'nmol/L' in cohort 'registry'")]
    [InlineData("bundle: bundles/registry", "bundle: bundles/other_levels", 27, 16, "has the levels")]
    [InlineData("missing: complete-case", "missing: drop", 28, 12, "missing is 'drop'")]
    [InlineData("model: penalized-cox", "model: penalized-linear", 30, 10, "Use 'penalized-cox'")]
    [InlineData("covariates: [age, nodes]", "covariates: [age, node]", 31, 21, "is not one of covariates.terms. Did you mean 'nodes'?")]
    [InlineData("model: penalized-cox", "model: penalized-cox\n  layers: [rna]", 31, 11, "twin.layers is for 'multi-omics'; 'penalized-cox' reads covariates only")]
    [InlineData("model: penalized-cox", "model: multi-omics\n  layers: [rnaa]", 31, 12, "'rnaa', which cohort 'trial' does not have. Did you mean 'rna'?")]
    [InlineData("model: penalized-cox", "model: multi-omics\n  layers: [protein]", 31, 12, "'protein', which cohort 'registry' does not have.")]
    [InlineData("model: penalized-cox", "model: multi-omics\n  layers: [rna, rna]", 31, 17, "'rna' stands twice in twin.layers")]
    [InlineData("covariates: [age, nodes]", "members: 1", 31, 12, "a whole number from 2 to 500")]
    [InlineData("primary: att", "primary: twinz", 33, 12, "is not the id of a method. Did you mean 'twins'?")]
    [InlineData("primary: att", "primary: ato", 33, 12, "The primary method must answer the question asked.")]
    [InlineData("id: att, type: propensity-weighting", "id: att, type: doubly-robust", 33, 12, "which gives no hazard-ratio, the first of estimand.measures")]
    [InlineData("id: ato,", "id: att,", 37, 13, "another method has already")]
    [InlineData("type: unadjusted", "type: unadjustd", 35, 26, "Did you mean 'unadjusted'?")]
    [InlineData("type: unadjusted", "type: entropy-balancing, population: ATO", 35, 57, "cannot estimate the ATO")]
    [InlineData("bootstrap: 1000", "bootstrap: 10%", 36, 70, "is '10%', which is not a whole number")]
    [InlineData("caliper: 0.2", "caliper: -0.2", 38, 55, "a number above 0")]
    [InlineData("caliper: 0.2", "calliper: 0.2", 38, 46, "Did you mean 'caliper'?")]
    [InlineData("followUp: 3 years", "accrual: 2 years", 41, 3, "simulation has no 'followUp'")]
    [InlineData("threshold: 1 }", "threshold: 0 }", 42, 73, "must be above 0")]
    [InlineData("measure: hazard-ratio, rule", "measure: survival-difference, at: 2 years, rule", 42, 23, "which estimand.measures does not ask for")]
    [InlineData("  population: concurrent\n", "  population: external\n", 44, 15, "the population of arm 'control'")]
    [InlineData("  population: concurrent\n", "  population: concurent\n", 44, 15, "Did you mean 'concurrent'?")]
    public void Error_SaysWhereWhatAndWhatToDo(string part, string replacement, int line, int column, string message)
    {
        var faults = ScenarioFixture.Faults(ScenarioFixture.With(part, replacement));
        Assert.Contains(faults, f => f.Location == new TextLocation("t.yaml", line, column) && f.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Error_ALayerInTwoUnits()
    {
        var text = ScenarioFixture.With("model: penalized-cox", "model: multi-omics\n  layers: [rna]")
            .Replace("bundle: bundles/registry", "bundle: bundles/other_unit", StringComparison.Ordinal);
        Assert.Contains(ScenarioFixture.Faults(text), f => f.Message.Contains("'rna', which is in '1' in cohort 'trial' but in 'mol' in cohort 'registry'", StringComparison.Ordinal));
    }

    [Fact]
    public void ClosedForm_MembersFollowTheModel()
    {
        Assert.Equal(25, ScenarioFixture.Bind(ScenarioFixture.Valid).Twin!.MemberCount);
        var twin = ScenarioFixture.Bind(ScenarioFixture.With("model: penalized-cox", "model: multi-omics\n  layers: [rna]")).Twin!;
        Assert.Equal(5, twin.MemberCount);
        Assert.Equal(["rna"], twin.Layers);
        Assert.True(twin.IsMultiOmics);
    }

    [Fact]
    public void Error_MissingParts()
    {
        var faults = ScenarioFixture.Faults("title: t\n");
        foreach (var key in (string[])["schema", "seed", "cohorts", "populations", "arms", "endpoint", "estimand", "controlArm"])
        {
            Assert.Contains(faults, f => f.Message.StartsWith($"The scenario has no '{key}'", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Error_OneArm()
    {
        var text = ScenarioFixture.With("  control: { population: external, role: control, kind: external }\n", string.Empty);
        var fault = Assert.Single(ScenarioFixture.Faults(text));
        Assert.Equal("arms has 1 arm, none with 'role: control'. A comparison needs a reference arm. Add one.", fault.Message);
        Assert.Equal(12, fault.Location.Line);
    }

    [Fact]
    public void Error_SimulationAndTwinMethodNeedATwin()
    {
        var faults = ScenarioFixture.Faults(ScenarioFixture.With("twin:\n  model: penalized-cox\n  covariates: [age, nodes]\n", string.Empty));
        Assert.Equal(2, faults.Count);
        Assert.All(faults, f => Assert.Contains("twin", f.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Error_EveryFaultAtOnceInOrder()
    {
        var text = ScenarioFixture.Valid
            .Replace("seed: 20240229", "seed: x", StringComparison.Ordinal)
            .Replace("hormon == 1", "hormonn == 1", StringComparison.Ordinal)
            .Replace("5 years\n", "5 yeers\n", StringComparison.Ordinal)
            .Replace("primary: att", "primary: atx", StringComparison.Ordinal);
        Assert.Equal([3, 8, 17, 33], ScenarioFixture.Faults(text).Select(f => f.Location.Line));
    }

    [Fact]
    public void ClosedForm_BinaryAndContinuousEndpoints()
    {
        var binary = Endpoint("type: binary\n  variable: responded", "risk-difference", "penalized-logistic");
        Assert.Equal(EndpointKind.Binary, ScenarioFixture.Bind(binary).Endpoint.Kind);
        var continuous = Endpoint("type: continuous\n  variable: score", "mean-difference", "penalized-linear");
        Assert.Equal(EndpointKind.Continuous, ScenarioFixture.Bind(continuous).Endpoint.Kind);
        var wrong = Endpoint("type: binary\n  variable: score", "risk-difference", "penalized-logistic");
        Assert.Contains(ScenarioFixture.Faults(wrong), f => f.Message.Contains("does not fit 'type: binary'", StringComparison.Ordinal));
        var covariate = Endpoint("type: continuous\n  variable: age", "mean-difference", "penalized-linear");
        Assert.Contains(ScenarioFixture.Faults(covariate), f => f.Message.Contains("An endpoint needs a variable of role outcome", StringComparison.Ordinal));
    }

    private static string Endpoint(string endpoint, string measure, string model) => ScenarioFixture.Valid
        .Replace("type: time-to-event\n  event: recurrence_free_survival\n  horizon: 5 years", endpoint, StringComparison.Ordinal)
        .Replace("    - { measure: rmst-difference }\n    - { measure: survival-difference, at: [1 year, 36 months, 5 years] }\n", string.Empty, StringComparison.Ordinal)
        .Replace("hazard-ratio, rule: upper-limit-below", $"{measure}, rule: estimate-above", StringComparison.Ordinal)
        .Replace("hazard-ratio", measure, StringComparison.Ordinal)
        .Replace("penalized-cox", model, StringComparison.Ordinal);
}
