using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Matching;
using DigitalTwin.Numerics.Regression;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Numerics.Matching;

public sealed class NearestNeighborMatchingTests
{
    private static readonly ReferenceTable s_expected = ReferenceData.Table("causal/matching.csv");
    private static readonly double[] s_scores = LogisticRegression.Fit(
        GbsgDesign.Table.Numbers("hormon"), GbsgDesign.Matrix(GbsgDesign.Table, GbsgDesign.Covariates)).Probabilities;

    [Theory]
    [InlineData("nearest")]
    [InlineData("caliper")]
    [InlineData("ratio2")]
    [InlineData("replace")]
    [InlineData("exact")]
    [InlineData("mahalanobis")]
    [InlineData("mahvars")]
    public void Reference_GbsgWeights_MatchMatchIt451(string variant)
    {
        var treated = GbsgDesign.Treated;
        var deviation = StandardDeviation(s_scores);
        var fit = variant switch
        {
            "nearest" => NearestNeighborMatching.OnScore(s_scores, treated),
            "caliper" => NearestNeighborMatching.OnScore(s_scores, treated, new MatchingOptions { Caliper = 0.1 * deviation }),
            "ratio2" => NearestNeighborMatching.OnScore(s_scores, treated, new MatchingOptions { Ratio = 2, Caliper = 0.2 * deviation }),
            "replace" => NearestNeighborMatching.OnScore(s_scores, treated, new MatchingOptions { Ratio = 2, WithReplacement = true }),
            "exact" => NearestNeighborMatching.OnScore(
                s_scores, treated, new MatchingOptions { ExactStrata = [.. GbsgDesign.Table.Numbers("meno").Select(m => (int)m)] }),
            "mahalanobis" => NearestNeighborMatching.OnMahalanobis(
                GbsgDesign.Matrix(GbsgDesign.Table, GbsgDesign.Covariates), treated, [], new MatchingOptions { Order = MatchingOrder.Data }),
            _ => NearestNeighborMatching.OnMahalanobis(
                GbsgDesign.Matrix(GbsgDesign.Table, "age", "nodes", "pgr", "er"), treated, s_scores, new MatchingOptions { Caliper = 0.25 * deviation }),
        };

        Agreement.Close(s_expected.Numbers(variant), fit.Weights, 1e-9);
    }

    [Fact]
    public void Property_MatchedSets_HoldOneTreatedAndItsControls()
    {
        var fit = NearestNeighborMatching.OnScore(s_scores, GbsgDesign.Treated);

        Assert.NotNull(fit.MatchedSets);
        for (var i = 0; i < s_scores.Length; i++)
        {
            Assert.All(fit.Matches[i], c => Assert.Equal(fit.MatchedSets[i], fit.MatchedSets[c]));
        }

        Assert.Equal(fit.MatchedTreatedCount, fit.MatchedSets.Where(s => s >= 0).Distinct().Count());
    }

    [Fact]
    public void Error_CaliperWithoutScore() =>
        Assert.Throws<ArgumentException>(() => NearestNeighborMatching.OnMahalanobis(
            new RowMajorMatrix(new double[] { 1, 2 }, 2, 1), [true, false], [], new MatchingOptions { Caliper = 1, Order = MatchingOrder.Data }));

    private static double StandardDeviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
    }
}
