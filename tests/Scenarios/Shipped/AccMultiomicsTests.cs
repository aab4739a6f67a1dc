using DigitalTwin.Cohorts;
using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Survival;
using DigitalTwin.Scenarios.Evaluation;
using DigitalTwin.Tests.House;
using DigitalTwin.Tests.Reference;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Scenarios.Shipped;

/// <summary>The shipped multi-omics cohort is what its source holds, and its evaluation can be run.</summary>
public sealed class AccMultiomicsTests
{
    private const double Rounding = 0.5e-4;

    private static readonly string s_folder = Path.Combine(RepositoryRoot.Path, "scenarios");
    private static readonly ReferenceValues s_reference = ReferenceData.Values("acc/acc.csv");

    [Fact]
    public void Reference_TheAccBundle_HoldsMiniAcc()
    {
        var cohort = CohortStore.Read(Path.Combine(s_folder, "bundles", "acc-multiomics")).Cohort;
        Assert.True(cohort.TryGetEvent("death", out var death));
        Assert.Equal(s_reference.Scalar("subjects", "count"), cohort.Count);
        Assert.Equal(s_reference.Scalar("subjects", "events"), death.Status.ToArray().Count(s => s == EventColumn.Event));
        Assert.Equal(s_reference.Scalar("subjects", "days"), death.Days.ToArray().Sum());
        Assert.Equal(s_reference.Scalar("subjects", "age"), Values(cohort, "age").Sum());
        Assert.Equal(s_reference.Scalar("subjects", "stage-4"), Values(cohort, "stage").Count(v => v == 4));
        Assert.Equal(s_reference.Scalar("subjects", "nodes"), Values(cohort, "nodes").Count(v => v == 1));
        var cox = CoxRegression.Fit(
            death.Days.ToArray(), [.. death.Status.ToArray().Select(s => s == EventColumn.Event)], new RowMajorMatrix(Values(cohort, "age"), cohort.Count, 1));
        Assert.Equal(s_reference.Scalar("subjects", "log-hazard-ratio-age"), cox.Coefficients[0], 1e-8);
    }

    [Theory]
    [InlineData("rna")]
    [InlineData("copy_number")]
    [InlineData("protein")]
    [InlineData("mutation")]
    [InlineData("mirna")]
    public void Reference_ALayerOfTheAccBundle_HoldsMiniAcc(string name)
    {
        var cohort = CohortStore.Read(Path.Combine(s_folder, "bundles", "acc-multiomics")).Cohort;
        var layer = cohort.OmicsLayers.Single(l => l.Name == name);
        double[][] rows = [.. Enumerable.Range(0, cohort.Count).Select(i => layer.Row(i).ToArray()).Where(r => !float.IsNaN(r[0])).Select(r => r.Select(v => (double)v).ToArray())];
        var count = rows.Sum(r => r.Length);
        Assert.Equal(s_reference.Scalar(name, "features"), layer.Features.Count);
        Assert.Equal(s_reference.Scalar(name, "subjects"), rows.Length);

        // Errors of rounding do not all point one way: far less than a rounding each remains.
        Assert.Equal(s_reference.Scalar(name, "sum"), rows.Sum(r => r.Sum()), count * Rounding / 10);
        Assert.Equal(s_reference.Scalar(name, "squares"), rows.Sum(r => r.Sum(v => v * v)), count * Rounding);
    }

    [Fact]
    public void Property_TheEvaluationBindsAndItsDataPassEveryCheck()
    {
        var plan = EvaluationFile.Load(Path.Combine(s_folder, "acc-multiomics.yaml")).Plan;
        var data = new EvaluationAssembler(plan).Assemble(CohortStore.Read(plan.Folder).Cohort);

        Assert.Equal(["rna", "copy_number", "protein", "mutation", "mirna"], plan.Layers.Select(l => l.Name));
        Assert.Contains(plan.Models, m => m.Type == "twin-rewired-network");
        Assert.Equal(34, data.EventCount);
        Assert.Equal(15, data.SplitsOfSeed.Single().Count);
    }

    private static double[] Values(Cohort cohort, string name) =>
        cohort.TryGetColumn(name, out var column) ? ((NumericColumn)column).Values.ToArray() : throw new ArgumentException(name);
}
