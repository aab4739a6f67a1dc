using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Survival;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Numerics.Survival;

public sealed class BrierTermsTests
{
    // Two programs of one score: over times first, or over subjects first.
    [Fact]
    public void ClosedForm_TheMeanOfTheSubjectsScores_IsTheIntegratedBrierScore()
    {
        var table = ReferenceData.DataSet("gbsg");
        var (days, events) = (table.Numbers("rfstime"), table.Flags("status"));
        double[] grid = [0, 100, 250, 700, 701, 1500, 2000];
        var survival = days.SelectMany((_, i) => grid.Select(t => Math.Exp(-t / (1000 + (3 * i))))).ToArray();

        var terms = new BrierTerms(days, events, grid);

        Assert.Equal(
            BrierScore.Integrated(days, events, new RowMajorMatrix(survival, days.Length, grid.Length), grid).Value, terms.Scores(survival).Average(), 12);
    }

    // Without censoring every weight is its share of the span, and the shares sum to 1.
    [Fact]
    public void ClosedForm_WithoutCensoring_WeightsAreSharesOfTheSpan()
    {
        var terms = new BrierTerms([1, 2, 3, 9], [true, true, true, true], [0, 1, 4]);

        Assert.Equal([0.125, 0.5, 0.375], terms.Weights[..3].ToArray());
        Assert.Equal([1, 0, 0], terms.Targets[..3].ToArray());
        Assert.Equal([1, 1, 1], terms.Targets[^3..].ToArray());
    }

    [Fact]
    public void Error_NobodyIsFollowedPastTheGrid_IsSaid()
    {
        var error = Assert.Throws<ArgumentException>(() => new BrierTerms([1, 2, 3], [true, false, false], [0, 3]));

        Assert.Contains("followed past 3", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new BrierTerms([1, 2], [true, true], [0]));
        Assert.Throws<ArgumentException>(() => new BrierTerms([1, 2], [true, true], [0, 1]).Scores([1, 1]));
    }
}
