using DigitalTwin.Cohorts;
using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Survival;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.Study.Populations;
using DigitalTwin.Tests.House;
using DigitalTwin.Tests.Reference;
using DigitalTwin.Tests.Scenarios.Shipped;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Scenarios.Study.Populations;

public sealed class ShippedScenarioTests
{
    private static readonly ReferenceValues Reference = ReferenceData.Values("scenarios/assembly.csv");

    [Theory]
    [InlineData("gbsg-hormone-therapy.yaml", "gbsg")]
    [InlineData("pbc-penicillamine.yaml", "pbc")]
    [InlineData("veteran-chemotherapy.yaml", "veteran")]
    public void Reference_ShippedScenario_ArmsMatchRSurvival353(string file, string name) =>
        Matches(name, Assemble(file).Trial);

    [Theory]
    [InlineData("gbsg-hormone-therapy.yaml", "gbsg-reveal")]
    [InlineData("pbc-penicillamine.yaml", "pbc-reveal")]
    public void Reference_ShippedScenario_RevealedArmMatchesRSurvival353(string file, string name)
    {
        var estimate = new EffectEstimate("m", SummaryMeasure.HazardRatio, null, 1, 0.1, new EffectInterval(0.8, 1.2, 0.95, "robust"));
        var revealed = Assemble(file).Hidden!.Open(FrozenEstimates.Freeze([estimate]));
        Matches(name, revealed.Trial);
    }

    [Fact]
    public void Reference_PbcFlowCountsTheMissingProthrombinTimes()
    {
        var control = Assemble("pbc-penicillamine.yaml").Flows[1];
        Assert.Equal(418, control.StartCount);
        Assert.Equal([(312, 106), (2, 104)], control.Steps.Select(s => (s.Excluded, s.Remaining)));
        Assert.Equal("covariate known: log(protime)", control.Steps[1].Reason);
    }

    [Fact]
    public void ClosedForm_ColumnsOfTheMainJob()
    {
        var columns = Assemble("gbsg-hormone-therapy.yaml").Trial.Covariates.Columns;
        Assert.Equal(
            ["age", "meno", "size|20-50", "size|>50", "grade == 3", "nodes", "log(pgr + 1)", "log(er + 1)"],
            columns.Select(c => c.Level is null ? c.Variable : $"{c.Variable}|{c.Level}"));
        Assert.Equal([false, true, true, true, true, false, false, false], columns.Select(c => c.IsBinary));
    }

    [Fact]
    public void Property_EveryShippedScenarioIsValid()
    {
        string[] files = [.. ShippedStudies.Scenarios.Intersect(ShippedStudies.WithData)];
        Assert.True(files.Length >= 3);
        Assert.All(files, f => Assert.NotEmpty(ScenarioFile.Load(f).Scenario.Title));
    }

    private static TrialAssembly Assemble(string file)
    {
        var loaded = ScenarioFile.Load(Path.Combine(RepositoryRoot.Path, "scenarios", file));
        var cohorts = loaded.Scenario.Cohorts.ToDictionary(c => c.Id, c => CohortStore.Read(c.Folder).Cohort);
        return TrialAssembler.Assemble(loaded.Scenario, cohorts, loaded.FileName);
    }

    private static void Matches(string name, TrialData trial)
    {
        var outcome = Assert.IsType<SurvivalOutcome>(trial.Outcome);
        foreach (var (arm, isTreated) in ((string, bool)[])[("treated", true), ("control", false)])
        {
            var rows = Enumerable.Range(0, trial.Count).Where(i => trial.Treated[i] == isTreated).ToList();
            Assert.Equal(Reference.Scalar($"{name}-{arm}", "subjects"), rows.Count);
            Assert.Equal(Reference.Scalar($"{name}-{arm}", "events"), rows.Count(i => outcome.HadEvent[i]));
            Assert.Equal(Reference.Scalar($"{name}-{arm}", "days"), rows.Sum(i => outcome.Days[i]), 1e-6);
        }

        var treatment = new RowMajorMatrix(trial.Treated.Select(t => t ? 1.0 : 0.0).ToArray(), trial.Count, 1);
        var fit = CoxRegression.Fit(outcome.Days, outcome.HadEvent, treatment);
        Assert.Equal(Reference.Scalar(name, "log-hazard-ratio"), fit.Coefficients[0], 1e-8);
    }
}
