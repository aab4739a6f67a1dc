using DigitalTwin.Omics.Filters;
using DigitalTwin.Omics.Layers;

namespace DigitalTwin.Tests.Engine.Omics.Filters;

public sealed class FeatureFilterTests
{
    //                                   missing  zeros  constant  high  copy    low, uncorrelated
    private const string Rows = "1 0 4 10 -10.5 0.1; - 0 4 20 -20 0.3; - 0 4 30 -30.5 0.3; 2 5 4 40 -40 0.1";

    [Fact]
    public void ClosedForm_EachBound_DropsItsFeature()
    {
        var fitted = Fit(new FeatureFilterOptions { MostMissing = 0.4, MostZeros = 0.7, LeastVariance = 0, MostCorrelation = 0.95 });

        Assert.Equal(["f4", "f6"], fitted.OutputFeatures);
        Assert.Equal(
            [
                ("f1", FilterReason.Missing, 0.5, null), ("f2", FilterReason.Zeros, 0.75, null), ("f3", FilterReason.LowVariance, 0, null),
                ("f5", FilterReason.Correlated, fitted.Dropped[3].Value, "f4"),
            ],
            fitted.Dropped.Select(d => (d.Feature, d.Reason, d.Value, d.KeptInstead)));
        Assert.Equal(-0.9995, fitted.Dropped[3].Value, 0.001);
        Assert.Equal("f1: Missing 0.5, bound 0.4", fitted.Dropped[0].ToString());
    }

    [Fact]
    public void ClosedForm_BoundsThemselves_AreHeld() => Assert.Equal(
        ["f1", "f2", "f4", "f5", "f6"], Fit(new FeatureFilterOptions { MostMissing = 0.5, MostZeros = 0.75, LeastVariance = 0 }).OutputFeatures);

    [Fact]
    public void ClosedForm_HighestVariances_StayInTheOrderOfTheLayer()
    {
        var fitted = Fit(new FeatureFilterOptions { HighestVarianceCount = 3 });

        Assert.Equal(["f2", "f4", "f5"], fitted.OutputFeatures);
        Assert.Equal([0, 10, -10.5], LayerText.Values(fitted.Apply(LayerText.Named(LayerText.Layer(Rows)))).Take(3));
        Assert.All(fitted.Dropped, d => Assert.Equal(FilterReason.NotAmongTheHighestVariances, d.Reason));
    }

    [Fact]
    public void ClosedForm_Correlation_IsOverSubjectsThatHaveBoth()
    {
        // Over the first three subjects the columns are proportional; the fourth would break it.
        var fitted = new FeatureFilter(new FeatureFilterOptions { MostCorrelation = 0.999 }).FitFilter(LayerText.Training(LayerText.Layer("1 2; 2 4; 3 6; 90 -")));

        Assert.Equal("f2", Assert.Single(fitted.Dropped).Feature);
    }

    [Fact]
    public void Property_HeldOutSubjects_DoNotReachTheFilter()
    {
        var subjects = LayerText.Subjects(4);
        var split = new SubjectSplit(subjects, subjects[..2], subjects[2..]);
        var fitted = new FeatureFilter(new FeatureFilterOptions { LeastVariance = 0 }).FitFilter(split.Training(LayerText.Layer("1 1; 1 2; 50 1; 90 1")));

        Assert.Equal(["f2"], fitted.OutputFeatures);
    }

    [Fact]
    public void Error_NothingLeft_SaysWhatFell()
    {
        var fault = Assert.Throws<NoFeatureLeftException>(() => Fit(new FeatureFilterOptions { LeastVariance = 1e6 }));

        Assert.Equal(6, fault.Dropped.Count);
        Assert.Contains("All 6 features fell", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_BoundsOutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FeatureFilter(new FeatureFilterOptions { MostMissing = 1.5 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FeatureFilter(new FeatureFilterOptions { MostCorrelation = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FeatureFilter(new FeatureFilterOptions { HighestVarianceCount = 0 }));
    }

    private static FittedFeatureFilter Fit(FeatureFilterOptions options) => new FeatureFilter(options).FitFilter(LayerText.Training(LayerText.Layer(Rows)));
}
