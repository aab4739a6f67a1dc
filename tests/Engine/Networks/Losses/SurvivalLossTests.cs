using DigitalTwin.Networks.Losses;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Networks.Losses;

public sealed class SurvivalLossTests : IDisposable
{
    private static readonly ReferenceValues R = ReferenceData.Values("losses/losses.csv");
    private static readonly ReferenceValues Torch = ReferenceData.Values("losses/losses-torch.csv");
    private static readonly float[] Times = LossBench.Floats(R.Vector("cox", "time"));
    private static readonly bool[] Events = LossBench.Flags(R.Vector("cox", "status"));

    private readonly LossBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("cox.plain", false)]
    [InlineData("cox.weighted", true)]
    public void Reference_CoxEfron_MatchesRSurvivalCoxph(string name, bool isWeighted)
    {
        var weights = isWeighted ? R.Vector("cox", "weights") : [.. Times.Select(_ => 1.0)];
        var (x1, x2, beta) = (R.Vector("cox", "x1"), R.Vector("cox", "x2"), R.Vector("cox", "beta"));
        var eta = x1.Select((v, i) => (v * beta[0]) + (x2[i] * beta[1])).ToArray();
        using var loss = new CoxLoss(_bench.Backend);
        loss.SetTargets(Times, Events, isWeighted ? LossBench.Floats(weights) : default);
        var (value, gradients) = _bench.Run((t, x) => loss.Of(t, x[0]), (eta, 1));
        var total = weights.Where((_, i) => Events[i]).Sum();
        Agreement.Close(R.Scalar(name, "loglik"), -value * total, 1e-6);
        var martingale = R.Vector(name, "martingale");
        for (var i = 0; i < eta.Length; i++)
        {
            Agreement.Close(weights[i] * martingale[i], -gradients[0][i] * total, 1e-5, 1e-6);
        }

        Agreement.Close(R.Vector(name, "score")[0], -total * gradients[0].Select((g, i) => g * x1[i]).Sum(), 1e-5);
        Agreement.Close(R.Vector(name, "score")[1], -total * gradients[0].Select((g, i) => g * x2[i]).Sum(), 1e-5);
    }

    [Fact]
    public void Reference_CoxOverManyOrdersOfMagnitude_MatchesRSurvivalCoxph()
    {
        using var loss = new CoxLoss(_bench.Backend);
        loss.SetTargets(Times, Events);
        var (value, gradients) = _bench.Run((t, x) => loss.Of(t, x[0]), (R.Vector("cox.extreme", "eta"), 1));
        var total = Events.Count(e => e);
        Agreement.Close(R.Scalar("cox.extreme", "loglik"), -value * total, 1e-6);
        Agreement.Close(R.Vector("cox.extreme", "martingale"), [.. gradients[0].Select(g => -g * total)], 1e-5, 1e-6);
    }

    /// <summary>Two subjects 100 apart: the one at lower risk fails first, so that the loss is their distance.</summary>
    [Fact]
    public void ClosedForm_CoxAtExtremeRisks_IsFinite()
    {
        using var loss = new CoxLoss(_bench.Backend);
        loss.SetTargets([1, 2, 3], [true, false, true]);
        var (value, gradients) = _bench.Run((t, x) => loss.Of(t, x[0]), ([-50, 50, -50], 1));
        Agreement.Close(50, value, 1e-6);
        Agreement.Close([-0.5, 0.5, 0], gradients[0], 1e-6, 1e-9);
    }

    [Fact]
    public void Error_CoxWithoutEvents_IsRefused()
    {
        using var loss = new CoxLoss(_bench.Backend);
        var error = Assert.Throws<UnusableTargetsException>(() => loss.SetTargets([1, 2], [false, false]));
        Assert.Equal("None of 2 subjects has an event, so that no risk can be compared. Use subjects with events, or follow them longer.", error.Message);
        Assert.Throws<UnusableTargetsException>(() => loss.SetTargets([1, 2], [true, false], [0f, 1f]));
        Assert.Equal(1, Assert.Throws<UnusableTargetsException>(() => loss.SetTargets([1, float.NaN], [true, false])).Subject);
        Assert.Throws<UnusableTargetsException>(() => loss.SetTargets([1, 2, 3], [true, false]));
    }

    [Fact]
    public void Reference_DiscreteHazard_MatchesRLogisticRegressionOnPersonPeriods()
    {
        var (intervals, events) = (LossBench.Whole(R.Vector("hazard", "interval")), LossBench.Flags(R.Vector("hazard", "event")));
        using var loss = new DiscreteHazardLoss(_bench.Backend, 4);
        loss.SetTargets(intervals, events);
        var (value, gradients) = _bench.Run((t, x) => loss.Of(t, x[0]), (R.Vector("hazard", "logits"), 4));
        Agreement.Close(R.Scalar("hazard", "loglik"), -value * intervals.Length, 1e-6);
        Agreement.Close(R.Vector("hazard", "score"), [.. gradients[0].Select(g => -g * intervals.Length)], 1e-5, 1e-7);
    }

    [Fact]
    public void ClosedForm_DiscreteHazardAtExtremeLogits_IsLinear()
    {
        using var loss = new DiscreteHazardLoss(_bench.Backend, 2);
        loss.SetTargets([1, 0], [true, true]);
        var (value, gradients) = _bench.Run((t, x) => loss.Of(t, x[0]), ([50, -50, 50, 50], 2));

        // The first subject survives against 50 and fails against -50; the second fails as foretold.
        Agreement.Close(50, value, 1e-9);
        Agreement.Close([0.5, -0.5, 0, 0], gradients[0], 1e-9, 1e-20);
    }

    [Fact]
    public void Error_DiscreteHazardWithNothingObserved_IsRefused()
    {
        using var loss = new DiscreteHazardLoss(_bench.Backend, 3);
        Assert.Contains("first interval", Assert.Throws<UnusableTargetsException>(() => loss.SetTargets([0, 0], [false, false])).Message, StringComparison.Ordinal);
        Assert.Equal(1, Assert.Throws<UnusableTargetsException>(() => loss.SetTargets([0, 3], [true, false])).Subject);
    }

    [Theory]
    [InlineData("deephit.likelihood", 0f, 0.1f)]
    [InlineData("deephit.ranking", 0.4f, 0.3f)]
    public void Reference_DeepHit_MatchesPairByPairTorch(string name, float rankingWeight, float sigma)
    {
        using var loss = new DeepHitLoss(_bench.Backend, 4, rankingWeight, sigma);
        loss.SetTargets(LossBench.Whole(Torch.Vector("deephit", "intervals")), LossBench.Flags(Torch.Vector("deephit", "events")));
        var (value, gradients) = _bench.Run((t, x) => loss.Of(t, x[0]), (Torch.Vector(name, "x"), 5));
        Agreement.Close(Torch.Scalar(name, "loss"), value, 1e-6);
        Agreement.Close(Torch.Vector(name, "gradient.x"), gradients[0], 1e-5, 1e-7);
    }

    [Fact]
    public void ClosedForm_DeepHitAtExtremeLogits_IsFinite()
    {
        using var loss = new DeepHitLoss(_bench.Backend, 2, 0.5f, 0.1f);
        loss.SetTargets([0, 1, 1], [true, true, false]);
        var (value, gradients) = _bench.Run((t, x) => loss.Of(t, x[0]), ([-50, 50, 50, 50, -50, -50, 50, -50, -50], 3));

        // Likelihoods: -100 - log 2, -100, -100. The first subject, which fails first, has risk 0 and the others 1: both pairs cost exp(10).
        Agreement.Close(((300 + Math.Log(2)) / 3) + (0.5 * Math.Exp(10)), value, 1e-6);
        Assert.All(gradients[0], g => Assert.True(double.IsFinite(g)));
        Assert.True(gradients[0][0] < 0);
    }
}
