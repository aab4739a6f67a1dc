using DigitalTwin.Cohorts;
using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Survival;
using DigitalTwin.Tests.House;
using DigitalTwin.Tests.Reference;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Cohorts.Bundles;

/// <summary>The bundles under scenarios/bundles hold the data of R's survival package, and give its published numbers.</summary>
public sealed class ShippedBundlesTests
{
    [Theory]
    [InlineData("gbsg", 686, 299)]
    [InlineData("rotterdam", 2982, 1713)]
    [InlineData("pbc", 418, 161)]
    [InlineData("veteran", 137, 128)]
    [InlineData("lung", 228, 165)]
    public void Reference_RSurvival353_SubjectsAndEvents(string name, int subjectCount, int eventCount)
    {
        var bundle = Read(name);
        Assert.Equal(name, bundle.Cohort.Description.Id.Value);
        Assert.Equal(subjectCount, bundle.Cohort.Count);
        Assert.Equal(eventCount, bundle.Cohort.Events[0].Status.ToArray().Count(s => s == EventColumn.Event));
        Assert.All(bundle.Cohort.Subjects, s => Assert.StartsWith(name + "-", s.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Reference_TruthOfTheHouse_GbsgKaplanMeierByArm()
    {
        var gbsg = Read("gbsg").Cohort;
        AssertCurve(gbsg, s => Value(gbsg, "hormon", s) == 0, 440, [0.897, 0.725, 0.606, 0.437]);
        AssertCurve(gbsg, s => Value(gbsg, "hormon", s) == 1, 246, [0.950, 0.785, 0.708, 0.581]);
    }

    [Fact]
    public void Reference_TruthOfTheHouse_RotterdamNodePositiveWithoutHormoneTherapy()
    {
        var rotterdam = Read("rotterdam").Cohort;
        AssertCurve(rotterdam, s => IsExternalControl(rotterdam, s), 1207, [0.862, 0.678, 0.561, 0.426]);
    }

    [Fact]
    public void Reference_BarB80_NaiveHazardRatioOfGbsgTreatedAgainstRotterdam()
    {
        var (gbsg, rotterdam) = (Read("gbsg").Cohort, Read("rotterdam").Cohort);
        var treated = FollowUp(gbsg, s => Value(gbsg, "hormon", s) == 1);
        var control = FollowUp(rotterdam, s => IsExternalControl(rotterdam, s));
        var hazardRatio = HazardRatio(treated, control);
        Assert.Equal(0.648681, hazardRatio, 1e-6);
    }

    [Fact]
    public void Reference_BarB75_RotterdamNodePositiveHormoneTherapy()
    {
        var rotterdam = Read("rotterdam").Cohort;
        var hazardRatio = HazardRatio(
            FollowUp(rotterdam, s => Value(rotterdam, "nodes", s) > 0 && Value(rotterdam, "hormon", s) == 1),
            FollowUp(rotterdam, s => IsExternalControl(rotterdam, s)));
        Assert.Equal(0.852472, hazardRatio, 1e-6);
    }

    [Fact]
    public void Property_GbsgAndRotterdamNameTheirVariablesAlike()
    {
        var (gbsg, rotterdam) = (Read("gbsg").Manifest, Read("rotterdam").Manifest);
        foreach (var variable in gbsg.Variables)
        {
            Assert.True(rotterdam.TryGetVariable(variable.Name, out var other), variable.Name);
            Assert.Equal((variable.Type, variable.Role, variable.Unit), (other.Type, other.Role, other.Unit));
            Assert.Equal(variable.Levels, other.Levels);
        }

        Assert.True(rotterdam.TryGetEndpoint(gbsg.Endpoints[0].Name, out _));
    }

    [Fact]
    public void Reference_RSurvival353_PbcIsTheSourceValueForValue()
    {
        var pbc = Read("pbc").Cohort;
        var source = ReferenceData.DataSet("pbc");
        foreach (var (variable, column) in new[] { ("age", "age"), ("bili", "bili"), ("alk_phos", "alk.phos"), ("platelet", "platelet"), ("protime", "protime") })
        {
            var expected = source.Numbers(column);
            for (var i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], Value(pbc, variable, RowOf(pbc, $"pbc-{i + 1}")));
            }
        }

        Assert.Equal(312, Enumerable.Range(0, pbc.Count).Count(s => Value(pbc, "randomised", s) == 1));
        Assert.True(pbc.TryGetColumn("trt", out var trt));
        Assert.Equal(158, Enumerable.Range(0, pbc.Count).Count(s => ((CategoricalColumn)trt).Level(s) == "D-penicillamine"));
        Assert.Equal(186, pbc.Events.Single(e => e.Name == "death_or_transplant").Status.ToArray().Count(s => s == EventColumn.Event));
        Assert.Equal(312, pbc.Observations!.Subjects.ToArray().Distinct().Count());
    }

    [Fact]
    public void Property_EveryBundleStatesItsSourceAndLicence() =>
        Assert.All(["gbsg", "rotterdam", "pbc", "veteran", "lung"], name =>
        {
            var about = CohortStore.ReadManifest(Folder(name)).Description;
            Assert.Equal("LGPL-2.0-or-later", about.Licence);
            Assert.Contains("survival 3.5-3", about.Provenance, StringComparison.Ordinal);
        });

    private static void AssertCurve(Cohort cohort, Func<int, bool> isChosen, int count, double[] survivalAt1235Years)
    {
        var (days, events) = FollowUp(cohort, isChosen);
        Assert.Equal(count, days.Length);
        var curve = KaplanMeier.Fit(days, events);
        Assert.Equal(survivalAt1235Years, new[] { 1, 2, 3, 5 }.Select(y => Math.Round(curve.At(365.25 * y).Survival, 3)));
    }

    private static double HazardRatio((double[] Days, bool[] Events) treated, (double[] Days, bool[] Events) control)
    {
        double[] design = [.. treated.Days.Select(_ => 1.0), .. control.Days.Select(_ => 0.0)];
        var fit = CoxRegression.Fit(
            [.. treated.Days, .. control.Days], [.. treated.Events, .. control.Events], new RowMajorMatrix(design, design.Length, 1));
        return Math.Exp(fit.Coefficients[0]);
    }

    private static (double[] Days, bool[] Events) FollowUp(Cohort cohort, Func<int, bool> isChosen)
    {
        Assert.True(cohort.TryGetEvent("recurrence_free_survival", out var endpoint));
        var chosen = Enumerable.Range(0, cohort.Count).Where(isChosen).ToArray();
        return ([.. chosen.Select(s => endpoint.Days[s])], [.. chosen.Select(s => endpoint.Status[s] == EventColumn.Event)]);
    }

    private static bool IsExternalControl(Cohort rotterdam, int subject) =>
        Value(rotterdam, "nodes", subject) > 0 && Value(rotterdam, "hormon", subject) == 0;

    private static double Value(Cohort cohort, string variable, int subject) =>
        cohort.TryGetColumn(variable, out var column) ? ((NumericColumn)column).Values[subject] : throw new ArgumentException(variable);

    private static int RowOf(Cohort cohort, string id) => cohort.Subjects.Index().Single(s => s.Item.Value == id).Index;

    private static CohortBundle Read(string name) => CohortStore.Read(Folder(name));

    private static string Folder(string name) => Path.Combine(RepositoryRoot.Path, "scenarios", "bundles", name);
}
