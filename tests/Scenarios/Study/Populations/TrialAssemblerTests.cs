using System.Reflection;
using DigitalTwin.Scenarios.Study.Populations;
using DigitalTwin.Tests.Scenarios.Language;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Scenarios.Study.Populations;

public sealed class TrialAssemblerTests
{
    private const double Horizon = 5 * 365.25;

    // Trial: t0..t5 treated (hormon 1) and t6..t9 hidden (hormon 0). Registry: r0..r5, of which r5 has no positive nodes.
    private static readonly double[] Hormon = [1, 1, 1, 1, 1, 1, 0, 0, 0, 0];

    [Fact]
    public void ClosedForm_RowsAreTreatedThenControlById()
    {
        var trial = Assemble().Trial;
        Assert.Equal(["t0", "t1", "t2", "t3", "t4", "t5", "r0", "r1", "r2", "r3", "r4"], trial.Subjects.Select(s => s.Value));
        Assert.Equal(6, trial.TreatedCount);
    }

    [Fact]
    public void ClosedForm_OutcomeIsCutAtTheHorizon()
    {
        var outcome = (SurvivalOutcome)Assemble(days: [100, Horizon, Horizon + 1, 50, 0, 10, 1, 1, 1, 1]).Trial.Outcome;
        Assert.Equal([100, Horizon, Horizon, 50, 0, 10], outcome.Days[..6]);
        Assert.Equal([true, true, false, true, true, true], outcome.HadEvent[..6]);
    }

    [Fact]
    public void ClosedForm_CompetingEventsCensorWithAWarning()
    {
        var assembly = Assemble(status: [1, 2, 1, 1, 1, 1, 1, 1, 1, 1]);
        Assert.False(((SurvivalOutcome)assembly.Trial.Outcome).HadEvent[1]);
        Assert.Contains(assembly.Warnings, w => w.Code == "competing-events-censored" && w.Message.StartsWith("1 subject", StringComparison.Ordinal));
    }

    [Fact]
    public void ClosedForm_FlowCountsEveryExclusion()
    {
        var assembly = Assemble(hormon: [1, double.NaN, 1, 1, 1, 1, 0, 0, 0, 0], days: [1, 1, double.NaN, 1, 1, 1, 1, 1, 1, 1], age: [50, 50, 50, double.NaN, 51, 52, 1, 1, 1, 1]);
        var flow = assembly.Flows[0];
        Assert.Equal(10, flow.StartCount);
        Assert.Equal(
            [
                ("values known for: hormon == 1", 1, 9),
                ("hormon == 1", 4, 5),
                ("endpoint observed: Recurrence-free survival", 1, 4),
                ("covariate known: age", 1, 3),
            ],
            flow.Steps.Select(s => (s.Reason, s.Excluded, s.Remaining)));
        Assert.Equal(["t0", "t4", "t5"], assembly.Trial.Subjects.Take(3).Select(s => s.Value));
    }

    [Fact]
    public void ClosedForm_MedianStandsInAndIsMarked()
    {
        var text = ScenarioFixture.With("missing: complete-case", "missing: impute-median");
        var trial = Assemble(text, age: [40, 50, double.NaN, 70, 80, 90, 1, 1, 1, 1]).Trial;
        // Ages of both arms that are known: 40 50 70 80 90 and 60 61 62 63 64; the median is 62.5.
        Assert.Equal(62.5, trial.Covariates.Row(2)[0]);
        Assert.Equal("missing", trial.Covariates.Columns[1].Level);
        Assert.Equal([0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0], trial.Covariates.CopyColumn(1));
    }

    [Fact]
    public void ClosedForm_CategoricalGivesIndicatorsAndConstantsAreDropped()
    {
        var assembly = Assemble();
        Assert.Equal(
            ["age", "size|20-50", "size|>50", "nodes", "log(pgr + 1)"],
            assembly.Trial.Covariates.Columns.Select(c => c.Level is null ? c.Variable : $"{c.Variable}|{c.Level}"));
        Assert.Contains(assembly.Warnings, w => w.Code == "constant-covariate" && w.Message.Contains("'grade'", StringComparison.Ordinal));
        Assert.Equal(["grade"], assembly.DroppedTerms);
        Assert.Equal(["nodes"], assembly.WithCovariates(["grade", "nodes"]).Covariates.Columns.Select(c => c.Variable));
        Assert.Throws<ArgumentException>(() => assembly.WithCovariates(["nothing"]));
    }

    [Fact]
    public void Property_OrderOfTheFileDoesNotMatter()
    {
        var forward = Assemble();
        var backward = Assemble(reverse: true);
        Assert.Equal(forward.Trial.Subjects, backward.Trial.Subjects);
        Assert.Equal(forward.Trial.Covariates.Values.ToArray(), backward.Trial.Covariates.Values.ToArray());
        Assert.Equal(((SurvivalOutcome)forward.Trial.Outcome).Days, ((SurvivalOutcome)backward.Trial.Outcome).Days);
    }

    [Fact]
    public void Property_HiddenOutcomesChangeNothingBeforeTheSealIsBroken()
    {
        var one = Assemble(days: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        var other = Assemble(days: [1, 2, 3, 4, 5, 6, 900, 5, 700, 600]);

        Assert.Equal(one.Trial.Subjects, other.Trial.Subjects);
        Assert.Equal(one.Trial.Covariates.Values.ToArray(), other.Trial.Covariates.Values.ToArray());
        Assert.Equal(((SurvivalOutcome)one.Trial.Outcome).Days, ((SurvivalOutcome)other.Trial.Outcome).Days);
        Assert.Equal(((SurvivalOutcome)one.Trial.Outcome).HadEvent, ((SurvivalOutcome)other.Trial.Outcome).HadEvent);
        Assert.DoesNotContain(one.Trial.Subjects, s => s.Value is "t6" or "t7" or "t8" or "t9");
        Assert.NotEqual(Hidden(one), Hidden(other));

        static double[] Hidden(TrialAssembly assembly) => ((SurvivalOutcome)assembly.Hidden!.Open(Frozen()).Trial.Outcome).Days;
    }

    [Fact]
    public void Property_TheSealHasOneOpening()
    {
        const BindingFlags Everything = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var type = typeof(SealedArm);
        Assert.Empty(type.GetProperties(Everything));
        Assert.All(type.GetFields(Everything), f => Assert.True(f.IsPrivate, f.Name));
        Assert.Equal(["Open", "ToString"], type.GetMethods(Everything).Select(m => m.Name).Order(StringComparer.Ordinal));
        Assert.Equal([typeof(FrozenEstimates)], type.GetMethod("Open")!.GetParameters().Select(p => p.ParameterType));
        Assert.All(type.GetConstructors(Everything), c => Assert.True(c.IsAssembly));
        Assert.All(typeof(FrozenEstimates).GetConstructors(Everything), c => Assert.True(c.IsPrivate));
    }

    [Fact]
    public void Property_NothingThatFitsCanSeeTheSeal()
    {
        // Models, control arms and estimators stand on lower floors: they cannot name the sealed arm's assembly.
        var home = typeof(SealedArm).Assembly.GetName().Name;
        foreach (var fitting in (Type[])[typeof(DigitalTwin.Models.ITwinTrainer), typeof(DigitalTwin.ControlArms.IControlArmMethod), typeof(DigitalTwin.Estimation.WeightedEstimator), typeof(DigitalTwin.Trials.TrialSimulator)])
        {
            Assert.DoesNotContain(fitting.Assembly.GetReferencedAssemblies(), a => a.Name == home);
        }
    }

    [Fact]
    public void Error_NothingToCheck() => Assert.Throws<ArgumentException>(() => FrozenEstimates.Freeze([]));

    [Fact]
    public void ClosedForm_HashFollowsTheEstimates()
    {
        var estimate = new EffectEstimate("m", SummaryMeasure.HazardRatio, null, 0.7, 0.1, new EffectInterval(0.6, 0.9, 0.95, "robust"));
        Assert.Equal(FrozenEstimates.Freeze([estimate]).Hash, FrozenEstimates.Freeze([estimate with { }]).Hash);
        Assert.NotEqual(FrozenEstimates.Freeze([estimate]).Hash, FrozenEstimates.Freeze([estimate with { Value = 0.70000001 }]).Hash);
    }

    [Theory]
    [InlineData("hormon == 1", "age > 200", "Population 'treated' of arm 'hormone' is empty: the last of its 10 subjects fell to 'age > 200'")]
    [InlineData("hormon == 0\" }\narms", "hormon >= 0\" }\narms", "6 subjects are in population 'treated' and in population 'concurrent' (t0, t1, t2, ...)")]
    [InlineData("log(pgr + 1)]", "log(grade - 2)]", "undefined for 6 subjects of cohort 'trial'")]
    public void Error_SubjectsCannotCarryTheComparison(string part, string replacement, string message)
    {
        var text = ScenarioFixture.With(part, replacement).Replace("log(pgr+1)", "nodes", StringComparison.Ordinal);
        var faults = Assert.Throws<InvalidInputException>(() => Assemble(text)).Faults;
        Assert.Contains(faults, f => f.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Error_NoEvents()
    {
        var faults = Assert.Throws<InvalidInputException>(() => Assemble(status: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0])).Faults;
        Assert.Equal(2, faults.Count);
        Assert.Contains("'treated' of arm 'hormone' has no event among 6 subjects", faults[0].Message, StringComparison.Ordinal);
        Assert.Contains("'concurrent' of arm 'reveal' has no event", faults[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_IdsStandTwiceOrInBothArms()
    {
        var doubled = Assert.Throws<InvalidInputException>(() => Assemble(registryIds: ["r0", "r1", "r1", "r3", "r4", "r5"])).Faults;
        Assert.Contains("'registry' has 1 subject ids more than once (r1)", Assert.Single(doubled).Message, StringComparison.Ordinal);
        var shared = Assert.Throws<InvalidInputException>(() => Assemble(registryIds: ["r0", "t1", "r2", "r3", "r4", "r5"])).Faults;
        Assert.Contains("1 subjects are in population 'treated' and in population 'external' (t1)", Assert.Single(shared).Message, StringComparison.Ordinal);
    }

    // Of the trial t0 has nothing measured; of the features the registry lacks C and orders the others differently.
    [Fact]
    public void ClosedForm_LayersOfTwoCohortsShareTheirFeatures_AndOnlyTwinsSeeThem()
    {
        var nan = float.NaN;
        var assembly = Assemble(Layered, layers: ("A,B,C", i => i == 0 ? [nan, nan, nan] : [i, 10 + i, 20 + i], "B,A", i => [100 + i, i == 1 ? nan : 200 + i]));
        var layer = Assert.Single(assembly.ForTwins(["age"]).Layers);

        Assert.Empty(assembly.Trial.Layers);
        Assert.Empty(assembly.WithCovariates(["age"]).Layers);
        Assert.Equal(["A", "B"], layer.Features);
        Assert.Equal(assembly.Trial.Count, layer.SubjectCount);
        Assert.Equal([nan, nan], layer.Row(0).ToArray());
        Assert.Equal([1f, 11f], layer.Row(1).ToArray());
        Assert.Equal([nan, 101f], layer.Row(assembly.Trial.TreatedCount + 1).ToArray());
        Assert.Contains(assembly.Warnings, w => w.Code == "layer-features" && w.Message.Contains("the 2 of both", StringComparison.Ordinal));
        Assert.Contains(assembly.Warnings, w => w.Code == "layer-missing" && w.Message.StartsWith("1 of 6 treated and 0 of 5 control", StringComparison.Ordinal));
    }

    [Fact]
    public void Error_ALayerThatCannotBeLearntFrom()
    {
        var apart = Assert.Throws<InvalidInputException>(() => Assemble(Layered, layers: ("A,B", i => [i, i], "X,Y", i => [i, i]))).Faults;
        Assert.Contains("no feature in common", Assert.Single(apart).Message, StringComparison.Ordinal);
        var unmeasured = Assert.Throws<InvalidInputException>(() => Assemble(Layered, layers: ("A", i => [i], "A", _ => [float.NaN]))).Faults;
        Assert.Contains("measured in 6 treated and 0 control subjects", Assert.Single(unmeasured).Message, StringComparison.Ordinal);
    }

    private static string Layered => ScenarioFixture.With("model: penalized-cox", "model: multi-omics\n  layers: [rna]");

    private static FrozenEstimates Frozen() => FrozenEstimates.Freeze(
        [new EffectEstimate("m", SummaryMeasure.HazardRatio, null, 1, 0.1, new EffectInterval(0.8, 1.2, 0.95, "robust"))]);

    private static TrialAssembly Assemble(
        string text = ScenarioFixture.Valid,
        double[]? hormon = null,
        double[]? days = null,
        byte[]? status = null,
        double[]? age = null,
        string[]? registryIds = null,
        bool reverse = false,
        (string Trial, Func<int, float[]> OfTrial, string Registry, Func<int, float[]> OfRegistry)? layers = null)
    {
        var scenario = ScenarioFixture.Bind(text);
        var trial = MakeCohort(
            "trial", [.. Enumerable.Range(0, 10).Select(i => $"t{i}")], hormon ?? Hormon, age ?? [50, 51, 52, 53, 54, 55, 56, 57, 58, 59],
            [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], days ?? [10, 20, 30, 40, 50, 60, 70, 80, 90, 100], status ?? [1, 1, 1, 1, 1, 1, 1, 1, 1, 1], layers?.Trial, layers?.OfTrial);
        var registry = MakeCohort(
            "registry", registryIds ?? [.. Enumerable.Range(0, 6).Select(i => $"r{i}")], [0, 0, 0, 0, 0, 0], [60, 61, 62, 63, 64, 65],
            [1, 2, 3, 4, 5, 0], [11, 21, 31, 41, 51, 61], [1, 1, 0, 1, 1, 1], layers?.Registry, layers?.OfRegistry);
        Cohort[] cohorts = reverse ? [Reverse(trial), Reverse(registry)] : [trial, registry];
        return TrialAssembler.Assemble(scenario, cohorts.ToDictionary(c => c.Description.Id), "t.yaml");
    }

    private static Cohort Reverse(Cohort cohort) => cohort.Take([.. Enumerable.Range(0, cohort.Count).Reverse()]);

    private static Cohort MakeCohort(string id, string[] ids, double[] hormon, double[] age, double[] nodes, double[] days, byte[] status, string? features, Func<int, float[]>? values) => new(
        new CohortDescription(new CohortId(id), id, "made for tests", "CC0-1.0", "randomisation"),
        [.. ids.Select(i => new SubjectId(i))],
        [
            new NumericColumn(ScenarioFixture.Numeric("age", "a"), age),
            new CategoricalColumn(
                new Variable("size", VariableType.Categorical, VariableRole.Covariate, "", "Tumour size", null, ["<=20", "20-50", ">50"]),
                [.. ids.Select((_, i) => (short)(i % 3))]),
            new NumericColumn(ScenarioFixture.Numeric("grade"), [.. ids.Select(_ => 2.0)]),
            new NumericColumn(ScenarioFixture.Numeric("nodes"), nodes),
            new NumericColumn(ScenarioFixture.Numeric("pgr", "fmol/mg"), [.. ids.Select((_, i) => i * 10.0)]),
            new NumericColumn(ScenarioFixture.Numeric("hormon", type: VariableType.Binary, role: VariableRole.Treatment), hormon),
        ],
        [new EventColumn("recurrence_free_survival", "Recurrence-free survival", days, status)],
        null,
        features is null ? [] : [new OmicsLayer("rna", "1", features.Split(','), [.. ids.SelectMany((_, i) => values!(i))])]);
}
