using DigitalTwin.Models.Effects;

namespace DigitalTwin.Tests.Engine.Models.Effects;

/// <summary>Slope of scores on predicted effects.</summary>
public sealed class EffectSlopeTests
{
    private static readonly double[] s_predictions = [0.05, -0.1, 0.2, 0.31, -0.02, 0.11, 0.4, -0.25];
    private static readonly double[] s_scores = [0.3, -0.4, 0.1, 0.9, -0.2, -0.5, 1.2, 0.35];

    // R 4.2.2: m <- lm(y ~ x); e <- resid(m) / (1 - hatvalues(m)); X <- model.matrix(m); B <- solve(crossprod(X)); sqrt((B %*% t(X) %*% diag(e^2) %*% X %*% B)[2, 2])
    [Fact]
    public void Reference_SlopeAndHc3_MatchR()
    {
        var slope = EffectSlope.Of(s_scores, s_predictions);

        Assert.Equal(1.6825655343570656, slope.Slope, 13);
        Assert.Equal(1.6533398263511485, slope.StandardError, 13);
    }

    [Fact]
    public void ClosedForm_OnePredictionForEverybody_HasNoSlope() => Assert.True(double.IsNaN(EffectSlope.Of([1, 2, 3], [0.5, 0.5, 0.5]).Slope));

    [Fact]
    public void Error_LengthsThatDifferAreRefused() => Assert.Throws<ArgumentException>(() => EffectSlope.Of([1, 2, 3], [1, 2]));
}
