using DigitalTwin.Models.KnownTruth;
using DigitalTwin.Models.LinearModels;

namespace DigitalTwin.Tests.Engine.Models.KnownTruth;

/// <summary>Few replicates of a small trial: bounds are four Monte-Carlo errors wide, so that only a wrong estimator leaves them.</summary>
public sealed class RecoveryStudyTests
{
    private const int ReplicateCount = 24;

    [Fact]
    public void ClosedForm_RandomisedEstimators_AreUnbiasedAndTheirIntervalsCover()
    {
        var result = Run(new KnownTruthOptions { TrialCount = 240, ExternalCount = 0 });

        Assert.Equal(["doubly robust, randomised", "difference of shares, randomised"], result.Estimators.Select(e => e.Name));
        Assert.All(result.Estimators, e =>
        {
            Assert.InRange(e.Bias, -4 * e.EmpiricalError / Math.Sqrt(ReplicateCount), 4 * e.EmpiricalError / Math.Sqrt(ReplicateCount));
            Assert.True(e.Coverage >= 0.95 - (4 * Math.Sqrt(0.95 * 0.05 / ReplicateCount)), $"{e.Name} covers {e.Coverage}");

            // The ratio of two standard deviations, one of them from 24 draws, has a standard error near 1 / sqrt(48).
            Assert.InRange(e.MeanStandardError / e.EmpiricalError, 1 - (4 / Math.Sqrt(48)), 1 + (6 / Math.Sqrt(48)));
        });
    }

    [Fact]
    public void Property_TheNaiveExternalComparison_FlattersTheDrugWhereControlsAreSickerAndOnlyThere()
    {
        var sicker = Run(new KnownTruthOptions { TrialCount = 200, ExternalCount = 200 }).Estimators.Single(e => e.Name == "difference of shares, external control");
        var alike = Run(new KnownTruthOptions { TrialCount = 200, ExternalCount = 200, Selection = 0, OutcomeDrift = 0 })
            .Estimators.Single(e => e.Name == "difference of shares, external control");

        Assert.True(sicker.Bias < -4 * sicker.EmpiricalError / Math.Sqrt(ReplicateCount), $"bias {sicker.Bias}");
        Assert.InRange(alike.Bias, -4 * alike.EmpiricalError / Math.Sqrt(ReplicateCount), 4 * alike.EmpiricalError / Math.Sqrt(ReplicateCount));
    }

    [Fact]
    public void Property_TheCeilingFallsWithWhatIsMissing_AndNobodyPassesIt()
    {
        var options = new KnownTruthOptions { TrialCount = 240, ExternalCount = 0, ExpressionMissing = 0, ProteinMissing = 0 };
        var full = Study(options).Ceiling(3, 1, TestContext.Current.CancellationToken, subjectCount: 800);
        var blind = Study(options with { ExpressionMissing = 0.95, ProteinMissing = 0.95 }).Ceiling(3, 1, TestContext.Current.CancellationToken, subjectCount: 800);

        Assert.InRange(full, 0.6, 1);
        Assert.True(blind < full - 0.2, $"{blind} with next to nothing measured, {full} with everything");
        var reached = Run(options).Correlation;
        Assert.True(reached.Mean < full, $"{reached.Mean} reached, {full} possible");
        Assert.True(reached.Mean > 4 * reached.StandardError, $"{reached.Mean}: no effect was told apart");
    }

    [Fact]
    public void Property_TheResultIsTheSameOnAnyThreads()
    {
        var options = new KnownTruthOptions { TrialCount = 80, ExternalCount = 60 };
        var (one, two) = (Study(options).Run(4, 9, 1, null, TestContext.Current.CancellationToken), Study(options).Run(4, 9, 2, null, TestContext.Current.CancellationToken));

        Assert.Equal(one.Replicates, two.Replicates);
        Assert.Equal(one.Estimators, two.Estimators);
    }

    private static RecoveryResult Run(KnownTruthOptions options) => Study(options).Run(ReplicateCount, 5, 2, null, TestContext.Current.CancellationToken);

    private static RecoveryStudy Study(KnownTruthOptions options) =>
        new(KnownTruthGeneratorTests.Generator(options), new LateFusedLinearLearner(), new LateFusedLinearLearner());
}
