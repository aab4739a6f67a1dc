using DigitalTwin.Numerics.Policies;
using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Tests.Engine.Numerics.Policies;

public sealed class PolicyTests
{
    [Fact]
    public void ClosedForm_InverseProbability_IsTheWeightedMeanOfThoseWhoFollowed()
    {
        // Followers: outcomes 1 (propensity 0.5, weight 2) and 0 (propensity 0.25, weight 4).
        var value = PolicyValue.InverseProbability([1, 0, 7], [0, 1, 0], [0, 1, 1], [0.5, 0.25, 0.5]);

        Assert.Equal(2 / 6.0, value.Value, 12);
        Assert.Equal(2, value.FollowedCount);
        Assert.Equal(36 / 20.0, value.EffectiveSampleSize, 12);
        Assert.Equal(Math.Sqrt((Math.Pow(2 * 2 / 3.0, 2) + Math.Pow(4 / 3.0, 2)) / 36), value.StandardError, 12);
    }

    [Fact]
    public void ClosedForm_DoublyRobust_WithPerfectPredictions_IsTheirMean()
    {
        var value = PolicyValue.DoublyRobust([1, 0, 0, 1], [0, 1, 0, 1], [0, 1, 1, 1], [0.5, 0.5, 0.5, 0.5], [1, 0, 1, 1]);

        Assert.Equal(0.75, value.Value, 12);
        Assert.Equal(3, value.FollowedCount);
    }

    // Arm 1 helps where x > 0: always right is worth 0.8, the arm by coin 0.5. Predictions that are wrong do not bias a randomised trial.
    [Fact]
    public void ClosedForm_InATrialOfKnownEffects_BothEstimatorsFindTheValueOfTheBestPolicy()
    {
        const int count = 20_000;
        var stream = new RandomStream(new StreamKey(21, 0, 0, 0, RandomPurpose.Outcome));
        var (outcomes, received, chosen, wrong) = (new double[count], new int[count], new int[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            var x = stream.NextGaussian();
            received[i] = stream.NextInt(2);
            chosen[i] = x > 0 ? 1 : 0;
            outcomes[i] = stream.NextDouble() < (received[i] == chosen[i] ? 0.8 : 0.2) ? 1 : 0;
            wrong[i] = 0.3 + (0.1 * x);
        }

        double[] propensities = [.. Enumerable.Repeat(0.5, count)];
        foreach (var value in new[]
                 {
                     PolicyValue.InverseProbability(outcomes, received, chosen, propensities),
                     PolicyValue.DoublyRobust(outcomes, received, chosen, propensities, wrong),
                 })
        {
            Assert.InRange(value.Value, 0.8 - (4 * value.StandardError), 0.8 + (4 * value.StandardError));
            Assert.InRange(value.StandardError, 0.002, 0.02);
        }
    }

    [Fact]
    public void ClosedForm_RankedEffect_OfFourSubjects()
    {
        var ranked = RankedEffect.Of([4, 2, 1, 1], [9, 8, 7, 6], seed: 1);

        // Mean 2; running means 4, 3, 7/3, 2: above by 2, 1, 1/3, 0.
        Assert.Equal((2 + 1 + (1 / 3.0)) / 4, ranked.Autoc, 12);
        Assert.Equal((2 + 2 + 1.0) / 16, ranked.Qini, 12);
        Assert.Equal([0, 1, 1.5, 1.75, 2], ranked.Curve);
    }

    [Fact]
    public void ClosedForm_ARankingOfTiesCarriesNothing()
    {
        var ranked = RankedEffect.Of([4, 2, 1, 1], [5, 5, 5, 5], seed: 1);

        Assert.Equal(0, ranked.Qini, 12);
        Assert.Equal(0, ranked.Autoc, 12);
    }

    // Where priorities are unrelated to effects the coefficient is zero within its own standard error 95 times of 100.
    [Fact]
    public void Property_TheStatedErrorOfTheQiniCoefficientIsItsSpread()
    {
        const int replicates = 300;
        var outside = 0;
        for (var r = 0; r < replicates; r++)
        {
            var stream = new RandomStream(new StreamKey(22, 0, 0, (uint)r, RandomPurpose.Outcome));
            double[] scores = [.. Enumerable.Range(0, 200).Select(_ => 1 + (2 * stream.NextGaussian()))];
            double[] priorities = [.. Enumerable.Range(0, 200).Select(_ => stream.NextGaussian())];
            var ranked = RankedEffect.Of(scores, priorities, (ulong)r, 100);
            outside += Math.Abs(ranked.Qini) > 1.96 * ranked.QiniStandardError ? 1 : 0;
        }

        // 5 % of 300 is 15; 30 and 4 lie about four standard deviations off.
        Assert.InRange(outside, 4, 30);
    }

    [Fact]
    public void Error_NobodyFollowedThePolicy_IsSaid()
    {
        Assert.Throws<ArgumentException>(() => PolicyValue.InverseProbability([1, 0], [0, 0], [1, 1], [0.5, 0.5]));
    }
}
