using CsCheck;
using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Survival;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Numerics.Survival;

public sealed class CoxPropertyTests
{
    private static readonly SurvivalData Data = SurvivalData.GbsgCoarse("hormon", "age", "nodes");

    [Theory]
    [InlineData(TieHandling.Efron)]
    [InlineData(TieHandling.Breslow)]
    public void Property_OrderOfSubjectsDoesNotMatter(TieHandling ties)
    {
        var options = new CoxOptions { Ties = ties, Robust = true };
        var fit = CoxRegression.Fit(Data.Times, Data.Events, Data.Covariates, options);
        Gen.Shuffle(Enumerable.Range(0, 686).ToArray()).Sample(
            order =>
            {
                var shuffled = CoxRegression.Fit(
                    Array.ConvertAll(order, i => Data.Times[i]), Array.ConvertAll(order, i => Data.Events[i]), Rows(order), options);
                Agreement.Close(fit.Coefficients, shuffled.Coefficients, 1e-9);
                Agreement.Close(fit.StandardErrors, shuffled.StandardErrors, 1e-9);
            },
            iter: 20);
    }

    [Fact]
    public void Property_UnitOfTimeDoesNotMatter()
    {
        var fit = CoxRegression.Fit(Data.Times, Data.Events, Data.Covariates);
        var scaled = CoxRegression.Fit(Array.ConvertAll(Data.Times, t => t * 8), Data.Events, Data.Covariates);
        Assert.Equal(fit.Coefficients, scaled.Coefficients);
    }

    [Fact]
    public void Property_BreslowWeightTwoEqualsTwoCopies()
    {
        int[] copies = [.. Enumerable.Range(0, 686).SelectMany(i => Enumerable.Repeat(i, 1 + (i % 3)))];
        var weighted = CoxRegression.Fit(
            Data.Times,
            Data.Events,
            Data.Covariates,
            new() { Ties = TieHandling.Breslow, Weights = [.. Enumerable.Range(0, 686).Select(i => 1.0 + (i % 3))] });
        var copied = CoxRegression.Fit(
            Array.ConvertAll(copies, i => Data.Times[i]),
            Array.ConvertAll(copies, i => Data.Events[i]),
            Rows(copies),
            new() { Ties = TieHandling.Breslow });
        Agreement.Close(copied.Coefficients, weighted.Coefficients, 1e-9);
        Agreement.Close(copied.StandardErrors, weighted.StandardErrors, 1e-9);
        Agreement.Close(copied.LogLikelihood, weighted.LogLikelihood, 1e-12);
    }

    [Theory]
    [InlineData(TieHandling.Efron)]
    [InlineData(TieHandling.Breslow)]
    public void Property_WeightZeroLeavesTheSubjectOut(TieHandling ties)
    {
        int[] kept = [.. Enumerable.Range(0, 686).Where(i => i % 5 != 2)];
        var workspace = new CoxWorkspace(Data.Times, Data.Events, Data.Covariates, new() { Ties = ties, Robust = true });
        workspace.Fit();
        var weighted = workspace.Fit([.. Enumerable.Range(0, 686).Select(i => i % 5 != 2 ? 1.0 : 0.0)]);
        var dropped = CoxRegression.Fit(
            Array.ConvertAll(kept, i => Data.Times[i]),
            Array.ConvertAll(kept, i => Data.Events[i]),
            Rows(kept),
            new() { Ties = ties, Robust = true });
        Agreement.Close(dropped.Coefficients, weighted.Coefficients, 1e-9);
        Agreement.Close(dropped.RobustCovariance!.Value.Values, weighted.RobustCovariance!.Value.Values, 1e-8, 1e-14);
    }

    [Fact]
    public void Property_AForkGivesTheSameBits()
    {
        var workspace = new CoxWorkspace(Data.Times, Data.Events, Data.Covariates);
        var weights = SurvivalData.GbsgCoarseWeights();
        var first = workspace.Fit(weights);
        var fork = workspace.Fork().Fit(weights);
        Assert.Equal(first.Coefficients, fork.Coefficients);
        Assert.Equal(first.Covariance.Values, fork.Covariance.Values);
        Assert.Equal(first.Coefficients, CoxRegression.Fit(Data.Times, Data.Events, Data.Covariates, new() { Weights = weights }).Coefficients);
    }

    [Fact]
    public void ClosedForm_MartingaleResidualsSumToZero()
    {
        var fit = CoxRegression.Fit(Data.Times, Data.Events, Data.Covariates);
        Assert.Equal(0, fit.MartingaleResiduals.Sum(), 1e-9);
    }

    [Fact]
    public void Property_BaselineHazardTimesRelativeHazardIsTheExpectedEvents()
    {
        double[] offsets = [.. Enumerable.Range(0, 686).Select(i => 2 + (i % 11 / 10.0))];
        int[] strata = [.. Enumerable.Range(0, 686).Select(i => i % 3)];
        var fit = CoxRegression.Fit(
            Data.Times, Data.Events, Data.Covariates, new() { Ties = TieHandling.Breslow, Offsets = offsets, Strata = strata });
        for (var i = 0; i < 686; i++)
        {
            var hazard = fit.BaselineHazard(strata[i]).At(Data.Times[i]);
            var expected = hazard * Math.Exp(fit.LinearPredictor(Data.Covariates.Row(i)) + offsets[i]);
            Agreement.Close((Data.Events[i] ? 1 : 0) - fit.MartingaleResiduals[i], expected, 1e-9, 1e-12);
        }
    }

    [Fact]
    public void Property_SmallData_EndAtZeroGradientOrSayWhyNot()
    {
        var subject = Gen.Select(Gen.Int[1, 9], Gen.Bool, Gen.Int[-2, 2], Gen.Int[-30, 30], Gen.Int[0, 3]);
        var (convergedCount, limitCount) = (0, 0);
        Gen.Select(subject.Array[3, 40], Gen.Enum<TieHandling>()).Sample(
            (subjects, ties) =>
            {
                var weights = Array.ConvertAll(subjects, s => s.Item5 / 2.0);
                if (weights.All(w => w == 0))
                {
                    return;
                }

                var covariates = subjects.SelectMany(s => new[] { s.Item3, s.Item4 / 10.0 }).ToArray();
                var fit = CoxRegression.Fit(
                    Array.ConvertAll(subjects, s => (double)s.Item1),
                    Array.ConvertAll(subjects, s => s.Item2),
                    new RowMajorMatrix(covariates, subjects.Length, 2),
                    new() { Ties = ties, Weights = weights });
                if (fit.Status == CoxStatus.IterationLimit)
                {
                    Interlocked.Increment(ref limitCount);
                }

                if (fit.Status == CoxStatus.Converged)
                {
                    Interlocked.Increment(ref convergedCount);
                    double[] gradient =
                    [
                        .. Enumerable.Range(0, 2).Select(j =>
                            Enumerable.Range(0, subjects.Length).Sum(i => weights[i] * covariates[(2 * i) + j] * fit.MartingaleResiduals[i])),
                    ];

                    // What a Newton step could still gain, twice. The fit stops when a step gains less than 1e-11 of the log likelihood; a full step leaves far
                    // less than it gained, a halved one may leave several times as much. A bound on the gradient itself would depend on the information.
                    var decrement = Enumerable.Range(0, 2).Sum(j => Enumerable.Range(0, 2).Sum(k => gradient[j] * fit.Covariance[j, k] * gradient[k]));
                    Assert.InRange(decrement, 0, 1e-10 * Math.Max(1, Math.Abs(fit.LogLikelihood)));
                    Assert.All(fit.StandardErrors, e => Assert.True(e > 0));
                }
            },
            iter: 2000);
        Assert.InRange(convergedCount, 1000, 2000);
        Assert.InRange(limitCount, 0, 20);
    }

    [Fact]
    public void ClosedForm_OneBinaryCovariateTwoEvents()
    {
        // Risk sets {1, 0, 1} then {0, 1}; l(b) = b - log(1 + 2 e^b) - log(1 + e^b), zero gradient at e^(2b) = 1/2.
        var fit = CoxRegression.Fit([1, 2, 3], [true, true, false], new RowMajorMatrix(new double[] { 1, 0, 1 }, 3, 1));
        Agreement.Close(-Math.Log(2) / 2, fit.Coefficients[0], 1e-9);
    }

    private static RowMajorMatrix Rows(int[] rows) =>
        new(rows.SelectMany(i => Data.Covariates.Row(i).ToArray()).ToArray(), rows.Length, Data.Covariates.ColumnCount);
}
