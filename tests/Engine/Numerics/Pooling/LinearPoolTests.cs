using CsCheck;
using DigitalTwin.Numerics.Pooling;

namespace DigitalTwin.Tests.Engine.Numerics.Pooling;

public sealed class LinearPoolTests
{
    // Two forecasters of a coin: one says 0.9, the other 0.3. With share s of heads, the pooled probability p = 0.3 + 0.6 w that scores best is s itself.
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.6)]
    [InlineData(0.85)]
    public void ClosedForm_TheBestPoolOfTwoConstantForecastsSaysTheShareThatHappened(double share)
    {
        const int count = 1000;
        var likelihoods = new double[count * 2];
        for (var i = 0; i < count; i++)
        {
            var heads = i < share * count;
            (likelihoods[2 * i], likelihoods[(2 * i) + 1]) = heads ? (0.9, 0.3) : (0.1, 0.7);
        }

        var weights = LinearPool.LogScoreWeights(likelihoods, 2, Ones(count));

        Assert.Equal(share, (0.9 * weights[0]) + (0.3 * weights[1]), 5);
    }

    [Fact]
    public void Property_NoWeightsOnTheSimplexScoreBetter() =>
        (from likelihoods in Gen.Double[0.01, 1].Array[60]
         from cases in Gen.Double[0, 3].Array[20]
         from other in Gen.Double[0.001, 1].Array[3]
         where cases.Sum() > 1
         select (likelihoods, cases, other)).Sample(
            sample =>
            {
                var (likelihoods, cases, other) = sample;
                var best = LinearPool.LogScoreWeights(likelihoods, 3, cases);
                Assert.Equal(1, best.Sum(), 9);
                Assert.All(best, w => Assert.True(w >= 0));
                Assert.True(Score(likelihoods, cases, [.. other.Select(o => o / other.Sum())]) <= Score(likelihoods, cases, best) + 1e-5);
            },
            iter: 200);

    [Fact]
    public void Property_NoMeanOnTheSimplexHasASmallerError() =>
        (from predictions in Gen.Double[-5, 5].Array[60]
         from outcomes in Gen.Double[-5, 5].Array[20]
         from cases in Gen.Double[0, 3].Array[20]
         from other in Gen.Double[0.001, 1].Array[3]
         where cases.Sum() > 1
         select (predictions, outcomes, cases, other)).Sample(
            sample =>
            {
                var (predictions, outcomes, cases, other) = sample;
                var best = LinearPool.SquaredErrorWeights(predictions, 3, outcomes, cases);
                Assert.Equal(1, best.Sum(), 9);
                Assert.All(best, w => Assert.True(w >= 0));
                Assert.True(Error(predictions, outcomes, cases, [.. other.Select(o => o / other.Sum())]) >= Error(predictions, outcomes, cases, best) - 1e-4);
            },
            iter: 200);

    [Fact]
    public void Property_APriorOfManySubjectsKeepsEqualWeights()
    {
        double[] likelihoods = [0.9, 0.1, 0.8, 0.2];

        Assert.True(LinearPool.LogScoreWeights(likelihoods, 2, Ones(2))[0] > 0.99);
        Assert.Equal(0.5, LinearPool.LogScoreWeights(likelihoods, 2, Ones(2), priorCount: 1e6)[0], 3);
    }

    [Fact]
    public void Error_ASubjectThatNoModelThoughtPossibleIsNamed()
    {
        var error = Assert.Throws<ArgumentException>(() => LinearPool.LogScoreWeights([0.5, 0.5, 0, 0], 2, Ones(2)));

        Assert.Contains("subject 1", error.Message, StringComparison.Ordinal);
    }

    private static double Score(double[] likelihoods, double[] cases, double[] weights) =>
        Enumerable.Range(0, cases.Length).Sum(i => cases[i] * Math.Log(weights.Select((w, m) => w * likelihoods[(i * weights.Length) + m]).Sum()));

    private static double Error(double[] predictions, double[] outcomes, double[] cases, double[] weights) =>
        Enumerable.Range(0, cases.Length).Sum(i => cases[i] * Math.Pow(weights.Select((w, m) => w * predictions[(i * weights.Length) + m]).Sum() - outcomes[i], 2));

    private static double[] Ones(int count) => [.. Enumerable.Repeat(1.0, count)];
}
