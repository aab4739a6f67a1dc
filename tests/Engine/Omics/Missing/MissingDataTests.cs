using DigitalTwin.Omics.Faults;
using DigitalTwin.Omics.Missing;

namespace DigitalTwin.Tests.Engine.Omics.Missing;

public sealed class MissingDataTests
{
    private const double None = double.NaN;

    [Fact]
    public void Published_TimeSinceSeen_OfTheExampleOfTheArticle()
    {
        // Figure 1 of Che et al. 2018.
        var series = new VisitSeries(
            [0, 0.1, 0.6, 1.6, 2.2, 2.5, 3.1],
            [47, None, 49, 15, None, 14, 40, None, None, None, 43, None, 55, 15],
            2);

        var since = TimeSinceSeen.Of(series);

        double[] first = [0, 0.1, 0.5, 1.5, 0.6, 0.9, 0.6];
        double[] second = [0, 0.1, 0.5, 1.0, 1.6, 1.9, 2.5];
        for (var v = 0; v < 7; v++)
        {
            Assert.Equal(first[v], since[2 * v], 12);
            Assert.Equal(second[v], since[(2 * v) + 1], 12);
        }
    }

    [Fact]
    public void ClosedForm_CarryForward_FlagsAndAges()
    {
        var carried = CarryForward.Fill(new VisitSeries([0, 1, 3, 10], [None, 5, 7, None, None, None, None, None], 2), oldest: 4);

        Assert.Equal([None, 5, 7, 5, 7, 5, None, None], carried.Values);
        Assert.Equal([None, 0, 0, 1, 2, 3, None, None], carried.Ages);
        Assert.Equal(
            [
                ValueOrigin.Missing, ValueOrigin.Observed, ValueOrigin.Observed, ValueOrigin.Carried, ValueOrigin.Carried, ValueOrigin.Carried,
                ValueOrigin.Missing, ValueOrigin.Missing,
            ],
            carried.Origins);
    }

    [Fact]
    public void ClosedForm_Mask_SaysWhatIsThere()
    {
        var mask = ObservedMask.Of(LayerText.Named(LayerText.Layer("1 -; 0 2")));

        Assert.Equal([1f, 0, 1, 1], mask.ToNumbers());
        Assert.Equal((1, 0.5), (mask.ObservedShare(0), mask.ObservedShare(1)));
    }

    [Fact]
    public void Error_VisitsThatDoNotRise_AreRefused()
    {
        Assert.Contains("visit 2", Assert.Throws<ArgumentException>(() => new VisitSeries([1, 1], [0, 0], 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new VisitSeries([1, 2], [0], 1));
        Assert.Throws<ArgumentException>(() => new VisitSeries([1], [double.PositiveInfinity], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => CarryForward.Fill(new VisitSeries([1], [1], 1), 0));
    }

    [Fact]
    public void ClosedForm_NearestNeighbors_AverageThoseWhoHaveTheValue()
    {
        // s1 and s2 are nearest to the probe, s2 lacks the second feature, so s1 and s3 speak for it.
        var fitted = new NearestNeighborImputation(2).Fit(LayerText.Training(LayerText.Layer("1.1 10; 1.2 -; 2 20; 9 90")));

        var filled = fitted.Apply(LayerText.Named(LayerText.Layer("1 -; 1 3"), "new"));

        Assert.Equal([1, 15, 1, 3], LayerText.Values(filled));
    }

    [Fact]
    public void ClosedForm_NearestNeighbors_DistanceIsInTrainingDeviations()
    {
        // In raw units s2 is nearer; over the deviations s1 is: feature two spreads a thousand times wider.
        var fitted = new NearestNeighborImputation(1).Fit(LayerText.Training(LayerText.Layer("0 600 1; 5 0 2; -3 -1000 3; 2 1000 4")));

        Assert.Equal(1, LayerText.Values(fitted.Apply(LayerText.Named(LayerText.Layer("0 0 -"), "new")))[2]);
    }

    [Fact]
    public void ClosedForm_TrainingSubject_IsNoNeighborOfItself_AndTheMeanStandsWhereNothingIsShared()
    {
        var training = LayerText.Training(LayerText.Layer("1 -; 1 10; 5 50; - 90"));
        var fitted = new NearestNeighborImputation(1).Fit(training);

        Assert.Equal([1, 10, 1, 10, 5, 50, 5, 90], LayerText.Values(fitted.Apply(training.Values)));

        var apart = LayerText.Training(LayerText.Layer("- 4; - 8; 3 -"));
        Assert.Equal([3, 4, 3, 8, 3, 6], LayerText.Values(new NearestNeighborImputation(1).Fit(apart).Apply(apart.Values)));
    }

    [Fact]
    public void Error_SubjectWithoutAnyValue_IsNamed()
    {
        var fitted = new NearestNeighborImputation().Fit(LayerText.Training(LayerText.Layer("1 2; 3 4")));

        Assert.Equal(["new1"], Assert.Throws<AllMissingSubjectException>(() => fitted.Apply(LayerText.Named(LayerText.Layer("- -"), "new"))).Subjects);
    }
}
