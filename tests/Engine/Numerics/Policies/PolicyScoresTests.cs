using DigitalTwin.Numerics.Policies;

namespace DigitalTwin.Tests.Engine.Numerics.Policies;

public sealed class PolicyScoresTests
{
    private static readonly double[] s_outcomes = [1, 0, 0, 1];
    private static readonly int[] s_received = [0, 1, 0, 1];
    private static readonly double[] s_propensities = [0.5, 0.25, 0.8, 0.4];
    private static readonly double[] s_predicted = [0.7, 0.2, 0.6, 0.9];

    [Fact]
    public void ClosedForm_AScoreIsThePredictionAndTheWeightedResidual()
    {
        var scores = PolicyScores.DoublyRobust(s_outcomes, s_received, [0, 1, 1, 1], s_propensities, s_predicted);

        double[] expected = [0.7 + (0.3 / 0.5), 0.2 - (0.2 / 0.25), 0.6, 0.9 + (0.1 / 0.4)];
        Assert.All(expected.Zip(scores), p => Assert.Equal(p.First, p.Second, 12));
        Assert.Equal(PolicyValue.DoublyRobust(s_outcomes, s_received, [0, 1, 1, 1], s_propensities, s_predicted).Value, scores.Average(), 12);
    }

    [Fact]
    public void ClosedForm_ADifferenceIsPaired()
    {
        var (difference, error) = PolicyScores.Compare([1, 2, 6], [0, 2, 4]);

        Assert.Equal(1, difference, 12);
        Assert.Equal(Math.Sqrt(2.0 / 9), error, 12); // differences 1, 0, 2
        Assert.Equal(0, PolicyScores.Compare([1, 2, 6], [0, 1, 5]).StandardError, 12);
    }

    [Fact]
    public void Error_LengthsAndPropensitiesAreChecked()
    {
        Assert.Throws<ArgumentException>(() => PolicyScores.DoublyRobust(s_outcomes, s_received, [0], s_propensities, s_predicted));
        Assert.Throws<ArgumentException>(() => PolicyScores.DoublyRobust(s_outcomes, s_received, s_received, [0, 1, 1, 1], s_predicted));
        Assert.Throws<ArgumentException>(() => PolicyScores.Compare([1], [1]));
    }
}
