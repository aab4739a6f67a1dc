using DigitalTwin.Models.Calibration;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Calibration;

public sealed class ConformalRegionsTests
{
    // Nineteen errors of 1 to 19 over a spread of 1: with 90 % the rank is ceil(0.9 * 20) = 18.
    [Fact]
    public void ClosedForm_TheLimitIsTheRankedError()
    {
        var outcome = new ContinuousOutcome([.. Enumerable.Range(1, 19).Select(k => k % 2 == 0 ? (double)k : -k)], "1");
        var regions = ConformalRegions.Fit(new ContinuousPredictions(new double[19], [.. Enumerable.Repeat(1.0, 19)]), outcome, 0.9);

        Assert.Equal((10 - 36.0, 10 + 36.0), regions.Intervals(new ContinuousPredictions([10], [2]))[0]);
    }

    // The model is wrong about everything: biased by 1, spread understated fourfold, errors skewed. Coverage holds all the same.
    [Fact]
    public void Property_IntervalsOfAWrongModel_CoverAsStated()
    {
        var stream = new RandomStream(new StreamKey(51, 0, 0, 0, RandomPurpose.Outcome));
        var covered = 0;
        const int rounds = 400;
        for (var r = 0; r < rounds; r++)
        {
            var (mean, values) = Draw(stream, 101);
            ContinuousPredictions Predictions(IEnumerable<double> means) => new([.. means], [.. means.Select(_ => 0.25)]);
            var regions = ConformalRegions.Fit(Predictions(mean.Take(100)), new ContinuousOutcome([.. values.Take(100)], "1"), 0.9);
            var (lower, upper) = regions.Intervals(Predictions(mean.Skip(100)))[0];
            covered += lower <= values[100] && values[100] <= upper ? 1 : 0;
        }

        // 90 % of 400 is 360; four standard deviations are 24.
        Assert.InRange(covered, 336, 384);

        static (double[] Mean, double[] Values) Draw(RandomStream stream, int count)
        {
            var mean = new double[count];
            var values = new double[count];
            for (var i = 0; i < count; i++)
            {
                mean[i] = stream.NextGaussian();
                values[i] = mean[i] + 1 + stream.NextExponential();
            }

            return (mean, values);
        }
    }

    [Fact]
    public void Property_SetsOfClasses_CoverAsStated_AndAreSmallWhereTheModelIsSure()
    {
        var stream = new RandomStream(new StreamKey(52, 0, 0, 0, RandomPurpose.Outcome));
        var (first, outcome) = Draw(stream, 2000);
        var regions = ConformalRegions.Fit(first, outcome, 0.9);
        var (second, later) = Draw(stream, 2000);

        var sets = regions.Sets(second);

        // Standard error of a share of 0.9 of 2,000, and that of the limit: 0.0067 each; four of both together.
        Assert.InRange(Enumerable.Range(0, 2000).Count(i => sets[i].Contains(later.Codes[i])) / 2000.0, 0.9 - 0.038, 0.9 + 0.038);
        Assert.All(Enumerable.Range(0, 2000).Where(i => second.Values.Skip(i * 3).Take(3).Max() > 0.95), i => Assert.Single(sets[i]));
        Assert.All(sets, s => Assert.NotEmpty(s));

        static (ClassProbabilities Predictions, CategoricalOutcome Outcome) Draw(RandomStream stream, int count)
        {
            var (values, codes) = (new double[count * 3], new int[count]);
            for (var i = 0; i < count; i++)
            {
                double[] raw = [Math.Exp(2 * stream.NextGaussian()), Math.Exp(2 * stream.NextGaussian()), 1];
                for (var c = 0; c < 3; c++)
                {
                    values[(i * 3) + c] = raw[c] / raw.Sum();
                }

                var u = stream.NextDouble();
                codes[i] = u < values[i * 3] ? 0 : u < values[i * 3] + values[(i * 3) + 1] ? 1 : 2;
            }

            return (new ClassProbabilities(values, 3), new CategoricalOutcome(codes, ["a", "b", "c"], false));
        }
    }

    [Fact]
    public void Error_TooFewSubjects_AreRefusedWithTheNumberItTakes()
    {
        var error = Assert.Throws<UnlearnableException>(() =>
            ConformalRegions.Fit(new ContinuousPredictions(new double[8], [.. Enumerable.Repeat(1.0, 8)]), new ContinuousOutcome(new double[8], "1"), 0.9));

        Assert.Contains("takes 9", error.Message, StringComparison.Ordinal);
    }
}
