using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Stacking;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Prediction;

public sealed class SurvivalGridTests
{
    // 900 events on days 1 to 9, a hundred each, and 100 on days 101 to 200: with 20 inner times of 50 events each, the early days must all be there.
    [Fact]
    public void Property_WhereEventsCrowd_TheGridIsFine()
    {
        double[] days = [.. Enumerable.Range(0, 900).Select(k => 1.0 + (k / 100)), .. Enumerable.Range(0, 100).Select(k => 101.0 + k)];

        var grid = SurvivalGrid.Of(new SurvivalOutcome(days, [.. days.Select(_ => true)], Duration.FromDays(300)), 23);

        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 150, 200, 300], grid);
    }

    [Fact]
    public void ClosedForm_OnAnotherGrid_ACurveHoldsItsValueUntilTheNextTime()
    {
        var curve = new SurvivalPredictions([0, 10, 20], [1, 0.8, 0.5], [1]);

        Assert.Equal([1, 1, 0.8, 0.5], ((SurvivalPredictions)SurvivalGrid.Resample(curve, [0, 5, 19.9, 40])).Survival);
    }

    // Folds differ in their events, and so in their grids: both kinds of event of each subject go to the grid of all.
    [Fact]
    public void ClosedForm_IncidenceOfFoldsWithOtherGrids_IsPutTogetherOnOne()
    {
        var outcome = new CompetingRisksOutcome([5, 10, 15], [1, 2, 1], ["relapse", "death"], Duration.FromDays(20));
        var first = new CumulativeIncidencePredictions([0, 5, 20], [0, 0.1, 0.2, 0, 0.3, 0.4, 0, 0.5, 0.6, 0, 0.1, 0.2], 2);
        var second = new CumulativeIncidencePredictions([0, 10, 15, 20], [0, 0.2, 0.3, 0.4, 0, 0.1, 0.1, 0.2], 2);

        var whole = (CumulativeIncidencePredictions)CrossFitting.Assemble([([0, 2], first), ([1], second)], outcome);

        Assert.Equal([0, 5, 10, 15, 20], whole.GridDays);
        Assert.Equal([0, 0.1, 0.1, 0.1, 0.2, 0, 0.3, 0.3, 0.3, 0.4], whole.Incidence[..10]);
        Assert.Equal([0, 0, 0.2, 0.3, 0.4, 0, 0, 0.1, 0.1, 0.2], whole.Incidence[10..20]);
        Assert.Equal([0, 0.5, 0.5, 0.5, 0.6, 0, 0.1, 0.1, 0.1, 0.2], whole.Incidence[20..]);
    }
}
