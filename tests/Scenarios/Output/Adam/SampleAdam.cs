using DigitalTwin.Scenarios.Output.Adam;
using DigitalTwin.Tests.Scenarios.Results;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Scenarios.Output.Adam;

/// <summary>Three treated and two control subjects with awkward names, levels and a missing value.</summary>
internal static class SampleAdam
{
    public static AdamStudy Study()
    {
        var run = SampleRun.Create();
        var trial = new TrialData(
            [new("1"), new("2"), new("3"), new("1"), new("b,\"x\"")],
            [true, true, true, false, false],
            new CovariateMatrix([new CovariateColumn("age", null, "Age", false, "a")], 5, [50, 61, 47.5, 70, 55]),
            new SurvivalOutcome([100, 1826.25, 0.1, 30, 5], [true, false, true, true, false], SampleRun.Horizon));
        return new AdamStudy(
            "GBSG",
            trial,
            new AdamArm(run.Arms[0], Cohort("gbsg", ["2", "1", "3"], [61, 50, 47.5], [0, 1, -1])),
            new AdamArm(run.Arms[1], Cohort("rotterdam", ["1", "b,\"x\""], [70, double.NaN], [1, 0])),
            run.Endpoint,
            [
                new AdamMethodWeights("att-weights", new SubjectWeights([1, 1, 1, 0.1, 1.0 / 3], [0.2, 0.3, 0.4, 0.09, 0.25])),
                new AdamMethodWeights("att-weights-2", new SubjectWeights([1, 1, 1, 2, 0])),
            ]);
    }

    private static Cohort Cohort(string id, string[] subjects, double[] ages, short[] sizes) => new(
        new CohortDescription(new CohortId(id), id, "made up", "CC0-1.0", "randomisation"),
        [.. subjects.Select(s => new SubjectId(s))],
        [
            new NumericColumn(new Variable("age_at_surgery", VariableType.Continuous, VariableRole.Covariate, "a", "Age at surgery", null, []), ages),
            new CategoricalColumn(new Variable("size", VariableType.Categorical, VariableRole.Covariate, string.Empty, "Tumour size", null, ["<=20 mm", "20-50 mm, any"]), sizes),
            new NumericColumn(new Variable("hormone", VariableType.Binary, VariableRole.Treatment, "1", "Hormone therapy", null, []), [.. ages.Select(_ => 1.0)]),
        ],
        []);
}
