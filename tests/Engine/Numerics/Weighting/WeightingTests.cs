using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Weighting;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Numerics.Weighting;

public sealed class WeightingTests
{
    [Theory]
    [InlineData(TargetPopulation.Treated, 1, 0.25)]
    [InlineData(TargetPopulation.Overlap, 0.8, 0.2)]
    [InlineData(TargetPopulation.Combined, 5, 1.25)]
    [InlineData(TargetPopulation.Matched, 1, 0.25)]
    public void ClosedForm_WeightsAtScoreOneFifth(TargetPopulation target, double treated, double control)
    {
        var weights = new double[2];

        PropensityWeights.Fill([0.2, 0.2], [true, false], target, weights);

        Agreement.Close([treated, control], weights, 1e-14);
    }

    [Fact]
    public void ClosedForm_StabilisedWeights_SumToTheArms()
    {
        double[] weights = [1, 3, 2, 5, 5];
        PropensityWeights.Stabilise([true, true, false, false, false], weights);
        Agreement.Close([0.5, 1.5, 0.5, 1.25, 1.25], weights, 1e-14);
    }

    [Fact]
    public void ClosedForm_Truncation_IsTheType7Quantile()
    {
        double[] weights = [1, 2, 3, 4, 100, 7];
        var lowered = PropensityWeights.Truncate([false, false, false, false, false, true], 0.9, weights);

        Assert.Equal(1, lowered);
        Agreement.Close([1, 2, 3, 4, 4 + (0.6 * 96), 7], weights, 1e-14);
    }

    [Fact]
    public void ClosedForm_EffectiveSampleSize() =>
        Assert.Equal(36.0 / 14, EffectiveSampleSize.Of([1, 2, 3, 9], [false, false, false, true], arm: false), 1e-14);

    [Fact]
    public void Property_EntropyBalancing_MeetsItsTargetsWithPositiveWeights()
    {
        var table = GbsgDesign.Table;
        var control = GbsgDesign.Matrix(table.Where(i => !GbsgDesign.Treated[i]), GbsgDesign.Covariates);
        var treatedTable = table.Where(i => GbsgDesign.Treated[i]);
        double[] targets = [.. GbsgDesign.Covariates.Select(c => treatedTable.Numbers(c).Average())];

        var fit = EntropyBalancing.Solve(control, targets);

        Assert.Equal(EntropyBalancingStatus.Balanced, fit.Status);
        Assert.All(fit.Weights, w => Assert.True(w > 0));
        for (var j = 0; j < targets.Length; j++)
        {
            var mean = Enumerable.Range(0, control.RowCount).Sum(i => fit.Weights[i] * control[i, j]) / fit.Weights.Sum();
            Agreement.Close(targets[j], mean, 1e-7);
        }
    }

    [Fact]
    public void Error_TargetOutsideTheSubjects_IsInfeasibleAndNamesTheColumn()
    {
        var fit = EntropyBalancing.Solve(new RowMajorMatrix(new double[] { 1, 5, 2, 6, 3, 7, 4, 8.5 }, 4, 2), [2.5, 9]);

        Assert.Equal(EntropyBalancingStatus.Infeasible, fit.Status);
        Assert.Equal(1, fit.WorstColumn);
    }
}
