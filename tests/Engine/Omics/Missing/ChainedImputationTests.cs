using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Numerics.Regression;
using DigitalTwin.Omics.Faults;
using DigitalTwin.Omics.Layers;
using DigitalTwin.Omics.Missing;
using DigitalTwin.Tests.Reference;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Omics.Missing;

public sealed class ChainedImputationTests
{
    private static readonly ReferenceValues s_reference = ReferenceData.Values("omics/missing.csv");

    [Theory]
    [InlineData(ImputationMethod.BayesianLinear, "norm")]
    [InlineData(ImputationMethod.PredictiveMeanMatching, "pmm")]
    public void Reference_PooledRegressionOf200Imputations_MatchesMice315(ImputationMethod method, string @case)
    {
        var (x, y, z) = (s_reference.Vector("mar", "x"), s_reference.Vector("mar", "y"), s_reference.Vector("mar", "z"));
        var layer = LayerText.FromNumbers([.. x.SelectMany((_, i) => new[] { x[i], y[i], z[i] })], 3);

        var fitted = Fit(layer, new ChainedImputationOptions { Seed = 1, Method = method, ImputationCount = 200 });

        for (var j = 0; j < 3; j++)
        {
            var pooled = Pooled(fitted.Training, outcome: 1, covariates: [0, 2], coefficient: j);
            var error = s_reference.Vector(@case, "std.error")[j];

            // Two times 200 random imputations: with half the information missing their means differ by about a tenth of the standard error at random.
            Assert.InRange(pooled.Estimate, s_reference.Vector(@case, "estimate")[j] - (0.35 * error), s_reference.Vector(@case, "estimate")[j] + (0.35 * error));
            Assert.InRange(pooled.StandardError / error, 0.85, 1.15);
            Assert.InRange(pooled.MissingInformation, s_reference.Vector(@case, "fmi")[j] - 0.12, s_reference.Vector(@case, "fmi")[j] + 0.12);
        }
    }

    /// <summary>z is missing the more often the higher y is; complete cases then mislead. The Bayesian regression covers as it should; matching, which
    /// finds few donors where most are missing, covers less, and as much less in mice.</summary>
    [Theory]
    [InlineData(ImputationMethod.BayesianLinear, "norm")]
    [InlineData(ImputationMethod.PredictiveMeanMatching, "pmm")]
    public void Reference_MissingAtRandom_CoverageAndBiasAreThoseOfMice315(ImputationMethod method, string @case)
    {
        const int Replicates = 400;
        const double Truth = 1;
        var coverage = ReferenceData.Values("omics/coverage.csv");
        var (isCovered, errors, completeErrors) = (new bool[Replicates], new double[Replicates], new double[Replicates]);
        Parallel.For(0, Replicates, r =>
        {
            var layer = Simulated(150, (uint)r);
            var fitted = Fit(layer, new ChainedImputationOptions { Seed = (ulong)r, Method = method, ImputationCount = 10, IterationCount = 5 });
            var pooled = Pooled(fitted.Training, outcome: 1, covariates: [0, 2], coefficient: 2);
            var (lower, upper) = pooled.Interval();
            isCovered[r] = lower <= Truth && Truth <= upper;
            errors[r] = pooled.Estimate - Truth;
            completeErrors[r] = CompleteCases(layer) - Truth;
        });

        // Two times 400 replicates: a difference of coverages has a deviation of 0.014 at 0.96 and 0.025 at 0.86, one of biases 0.008 and 0.01.
        var deviation = Math.Sqrt(2 * coverage.Scalar(@case, "coverage") * (1 - coverage.Scalar(@case, "coverage")) / Replicates);
        var share = isCovered.Count(c => c) / (double)Replicates;
        Assert.InRange(share, coverage.Scalar(@case, "coverage") - (3.5 * deviation), coverage.Scalar(@case, "coverage") + (3.5 * deviation));
        Assert.InRange(errors.Average(), coverage.Scalar(@case, "bias") - 0.03, coverage.Scalar(@case, "bias") + 0.03);
        Assert.True(completeErrors.Average() < -0.08, $"complete cases are off by {completeErrors.Average():F3} only");
        if (method == ImputationMethod.BayesianLinear)
        {
            Assert.InRange(share, 0.92, 0.98);
            Assert.InRange(errors.Average(), -0.03, 0.03);
        }
    }

    [Fact]
    public void Property_AnyNumberOfThreads_SameImputations()
    {
        var layer = Simulated(60, 3);
        var one = Fit(layer, new ChainedImputationOptions { Seed = 5, MaximumThreads = 1 });
        var many = Fit(layer, new ChainedImputationOptions { Seed = 5, MaximumThreads = 7 });

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(LayerText.Values(one.Training[i]), LayerText.Values(many.Training[i]));
        }

        Assert.NotEqual(LayerText.Values(one.Training[0]), LayerText.Values(one.Training[1]));
        Assert.NotEqual(LayerText.Values(one.Training[0]), LayerText.Values(Fit(layer, new ChainedImputationOptions { Seed = 6 }).Training[0]));
    }

    [Fact]
    public void Property_ObservedValuesStay_AndMatchingDrawsOnlySeenValues()
    {
        var layer = Simulated(60, 4);
        var seen = Enumerable.Range(0, 60).Select(s => layer.Row(s)[2]).Where(v => !float.IsNaN(v)).ToHashSet();
        var fitted = Fit(layer, new ChainedImputationOptions { Seed = 1 });

        Assert.All(fitted.Training, imputed => Assert.All(Enumerable.Range(0, 60), s =>
        {
            var (before, after) = (layer.Row(s).ToArray(), imputed.Layer.Row(s).ToArray());
            Assert.True(float.IsNaN(before[2]) ? seen.Contains(after[2]) : before[2] == after[2]);
            Assert.Equal(before[..2], after[..2]);
        }));
    }

    [Fact]
    public void Property_HeldOutSubjects_DoNotReachTheImputation_AndAreImputedEachByItself()
    {
        var subjects = LayerText.Subjects(80);
        var split = new SubjectSplit(subjects, subjects[..60], subjects[60..]);
        var layer = Simulated(80, 5);
        var options = new ChainedImputationOptions { Seed = 2, Method = ImputationMethod.BayesianLinear };
        var changed = new OmicsLayer("rna", "1", layer.Features, [.. Enumerable.Range(0, 80).SelectMany(s => layer.Row(s).ToArray().Select(v => s < 60 ? v : v + 50))]);

        var fitted = new ChainedImputation(options).Fit(split.Training(layer));
        var other = new ChainedImputation(options).Fit(split.Training(changed));
        var heldOut = fitted.Apply(split.HeldOut(layer));
        var alone = fitted.Apply(split.HeldOut(layer).Take([7, 3]));

        Assert.Equal(LayerText.Values(fitted.Training[4]), LayerText.Values(other.Training[4]));
        Assert.Equal(heldOut[1].Layer.Row(7).ToArray(), alone[1].Layer.Row(0).ToArray());
        Assert.DoesNotContain(heldOut, h => LayerText.Values(h).Any(double.IsNaN));
    }

    /// <summary>New subjects of the same law get values of the same law: the regression of theirs is that of training.</summary>
    [Fact]
    public void Property_NewSubjects_FollowTheTrainingRegression()
    {
        var subjects = LayerText.Subjects(1200);
        var split = new SubjectSplit(subjects, subjects[..600], subjects[600..]);
        var fitted = new ChainedImputation(new ChainedImputationOptions { Seed = 3, Method = ImputationMethod.BayesianLinear, ImputationCount = 20 })
            .Fit(split.Training(Simulated(1200, 6)));

        var pooled = Pooled(fitted.Apply(split.HeldOut(Simulated(1200, 6))), outcome: 1, covariates: [0, 2], coefficient: 2);

        Assert.InRange(pooled.Estimate, 0.85, 1.15);
    }

    [Fact]
    public void Error_FewerValuesThanTheRegressionNeeds_NamesTheFeature()
    {
        var fault = Assert.Throws<TooFewValuesException>(() => Fit(LayerText.Layer("1 2 3; 2 3 1; 3 1 -; 4 4 -; 5 0 1"), new ChainedImputationOptions()));

        Assert.Equal("f3", fault.Feature);
        Assert.Contains("has 3 training values; its regression on the other features needs 5", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_AllMissingFeature_IsNamed() =>
        Assert.Equal(["f2"], Assert.Throws<AllMissingFeatureException>(() => Fit(LayerText.Layer("1 -; 2 -"), new ChainedImputationOptions())).Features);

    private static FittedChainedImputation Fit(OmicsLayer layer, ChainedImputationOptions options) =>
        new ChainedImputation(options).Fit(LayerText.Training(layer));

    /// <summary>Columns x, y, z with y = 0.5 + x + z + noise; z is missing with a chance that grows with y.</summary>
    private static OmicsLayer Simulated(int count, uint replicate)
    {
        var random = new RandomStream(new StreamKey(99, 0, 0, replicate, RandomPurpose.Outcome));
        var values = new float[count * 3];
        for (var s = 0; s < count; s++)
        {
            var x = random.NextGaussian();
            var z = (0.5 * x) + random.NextGaussian();
            var y = 0.5 + x + z + random.NextGaussian();
            var isMissing = random.NextDouble() < 1 / (1 + Math.Exp(-(y - 0.5)));
            (values[3 * s], values[(3 * s) + 1], values[(3 * s) + 2]) = ((float)x, (float)y, isMissing ? float.NaN : (float)z);
        }

        return new OmicsLayer("rna", "1", ["x", "y", "z"], values);
    }

    private static PooledEstimate Pooled(IReadOnlyList<SubjectLayer> imputed, int outcome, int[] covariates, int coefficient)
    {
        var fits = imputed.Select(i => Regression(i.Layer, Enumerable.Range(0, i.SubjectCount), outcome, covariates)).ToArray();
        var place = (coefficient * (covariates.Length + 1)) + coefficient;
        return RubinPool.Pool([.. fits.Select(f => f.Coefficients[coefficient])], [.. fits.Select(f => f.Covariance[place])], fits[0].DegreesOfFreedom);
    }

    private static double CompleteCases(OmicsLayer layer) =>
        Regression(layer, Enumerable.Range(0, layer.SubjectCount).Where(s => !float.IsNaN(layer.Row(s)[2])), 1, [0, 2]).Coefficients[2];

    private static LinearFit Regression(OmicsLayer layer, IEnumerable<int> rows, int outcome, int[] covariates)
    {
        int[] chosen = [.. rows];
        double[] design = [.. chosen.SelectMany(s => covariates.Select(c => (double)layer.Row(s)[c]))];
        return LinearRegression.Fit([.. chosen.Select(s => (double)layer.Row(s)[outcome])], new RowMajorMatrix(design, chosen.Length, covariates.Length));
    }
}
