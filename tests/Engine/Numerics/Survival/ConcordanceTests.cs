using DigitalTwin.Numerics.Survival;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Numerics.Survival;

/// <summary>Oracle: concordance of R survival 3.5-3, written by Reference/survival/curves.R.</summary>
public sealed class ConcordanceTests
{
    private static readonly ReferenceValues R = ReferenceData.Values("survival/curves.csv");

    [Fact]
    public void Reference_GbsgCox_MatchesConcordance()
    {
        var data = SurvivalData.Gbsg(SurvivalData.GbsgColumns);
        AssertMatches("concordance.gbsg", data, Fitted(data));
    }

    [Fact]
    public void Reference_PbcMayo_MatchesConcordance()
    {
        var data = SurvivalData.PbcMayo();
        AssertMatches("concordance.mayo", data, Fitted(data));
    }

    [Fact]
    public void Reference_WeightsAndManyTies_MatchConcordance()
    {
        var data = SurvivalData.GbsgCoarse("nodes");
        AssertMatches("concordance.coarse", data, data.Covariates.Values.ToArray(), SurvivalData.GbsgCoarseWeights());
    }

    [Fact]
    public void Reference_VeteranKarnofsky_MatchesConcordance()
    {
        var data = SurvivalData.Veteran("karno");
        AssertMatches("concordance.veteran", data, Array.ConvertAll(data.Covariates.Values.ToArray(), k => -k));
    }

    [Fact]
    public void ClosedForm_OneDiscordantPairOfThree()
    {
        var estimate = Concordance.Estimate([1, 2, 3], [true, true, false], [2, 3, 1]);
        Agreement.Close(2.0 / 3, estimate.Value);
        Assert.Equal((2, 1, 0), (estimate.Concordant, estimate.Discordant, estimate.TiedScores));
    }

    [Fact]
    public void Property_TurnedScoresGiveTheComplement()
    {
        var data = SurvivalData.GbsgCoarse("nodes");
        var scores = data.Covariates.Values.ToArray();
        var forward = Concordance.Estimate(data.Times, data.Events, scores);
        var backward = Concordance.Estimate(data.Times, data.Events, Array.ConvertAll(scores, s => -s));
        Agreement.Close(1, forward.Value + backward.Value, 1e-12);
        Agreement.Close(forward.StandardError, backward.StandardError, 1e-9);
    }

    [Fact]
    public void Error_NoComparablePairGivesNaN() =>
        Assert.True(double.IsNaN(Concordance.Estimate([1, 2], [false, false], [1, 2]).Value));

    [Fact]
    public void Error_ScoreNotFinite() =>
        Assert.Throws<ArgumentException>(() => Concordance.Estimate([1, 2], [true, false], [1, double.NaN]));

    private static double[] Fitted(SurvivalData data) =>
        CoxRegression.Fit(data.Times, data.Events, data.Covariates).LinearPredictors(data.Covariates);

    private static void AssertMatches(string @case, SurvivalData data, double[] scores, double[]? weights = null)
    {
        var estimate = Concordance.Estimate(data.Times, data.Events, scores, weights);
        Agreement.Close(R.Scalar(@case, "concordance"), estimate.Value);
        Agreement.Close(R.Scalar(@case, "se"), estimate.StandardError);
        Agreement.Close(R.Vector(@case, "count").AsSpan(0, 3), [estimate.Concordant, estimate.Discordant, estimate.TiedScores]);
    }
}
