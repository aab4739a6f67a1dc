using DigitalTwin.Networks.Losses;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Networks.Losses;

public sealed class DensityLossTests : IDisposable
{
    private static readonly ReferenceValues R = ReferenceData.Values("losses/losses.csv");
    private static readonly double[] Y = R.Vector("density", "y");
    private static readonly double[] Center = R.Vector("density", "center");
    private static readonly double[] LogScale = R.Vector("density", "log.scale");
    private static readonly double[] Weights = R.Vector("density", "weights");

    private readonly LossBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reference_Gaussian_MatchesRDnorm(bool isWeighted)
    {
        using var loss = new GaussianLoss(_bench.Backend);
        loss.SetTargets(LossBench.Floats(Y), 1, isWeighted ? LossBench.Floats(Weights) : default);
        Agreement.Close(Expected("normal", isWeighted), _bench.Run((t, x) => loss.Of(t, x[0], x[1]), (Center, 1), (LogScale, 1)).Loss, 1e-6);
        _bench.CheckGradients((t, x) => loss.Of(t, x[0], x[1]), ([.. Center], 1), ([.. LogScale], 1));
    }

    [Theory]
    [InlineData(3.0, false)]
    [InlineData(3.0, true)]
    [InlineData(0.7, false)]
    public void Reference_Student_MatchesRDt(double degrees, bool isWeighted)
    {
        using var loss = new StudentLoss(_bench.Backend, degrees);
        loss.SetTargets(LossBench.Floats(Y), 1, isWeighted ? LossBench.Floats(Weights) : default);
        var expected = Expected(FormattableString.Invariant($"student{degrees}"), isWeighted);
        Agreement.Close(expected, _bench.Run((t, x) => loss.Of(t, x[0], x[1]), (Center, 1), (LogScale, 1)).Loss, 1e-6);
        _bench.CheckGradients((t, x) => loss.Of(t, x[0], x[1]), ([.. Center], 1), ([.. LogScale], 1));
    }

    [Fact]
    public void ClosedForm_ExtremeScales_GiveFiniteLossesAndGradients()
    {
        using var gaussian = new GaussianLoss(_bench.Backend);
        using var student = new StudentLoss(_bench.Backend, 3);
        gaussian.SetTargets([1, 1, 1]);
        student.SetTargets([1, 1, 1]);
        double[][] results =
        [
            _bench.Run((t, x) => gaussian.Of(t, x[0], x[1]), ([0, 1, 0], 1), ([-50, -50, 50], 1)).Gradients.SelectMany(g => g).ToArray(),
            _bench.Run((t, x) => student.Of(t, x[0], x[1]), ([0, 1, 0], 1), ([-50, -30, 50], 1)).Gradients.SelectMany(g => g).ToArray(),
        ];
        Assert.All(results.SelectMany(r => r), g => Assert.True(double.IsFinite(g)));

        // Far outside its scale Student's loss falls by nu + 1 over the distance, and the scale pulls by 1 - (nu + 1).
        Agreement.Close(4.0 / -1 / 3, results[1][0], 1e-5);
        Agreement.Close((1 - 4.0) / 3, results[1][3], 1e-5);

        // At the location itself there is no pull sideways, and a smaller scale is a higher density (down to 1e-15, where residuals are floored).
        Assert.Equal(0, results[1][1]);
        Agreement.Close(1.0 / 3, results[1][4], 1e-3);
    }

    [Fact]
    public void Reference_Quantile_IsLeastAtRQuantiles()
    {
        using var loss = new QuantileLoss(_bench.Backend, [0.1f, 0.5f, 0.9f]);
        loss.SetTargets(LossBench.Floats(Y));
        double[] best = [R.Scalar("quantile", "q0.1"), R.Scalar("quantile", "q0.5"), R.Scalar("quantile", "q0.9")];
        var least = Loss(best);
        for (var k = 0; k < 3; k++)
        {
            foreach (var step in new[] { -0.3, 0.3 })
            {
                double[] other = [.. best];
                other[k] += step;
                Assert.True(Loss(other) > least - 1e-7);
            }
        }

        double Loss(double[] row) => _bench.Run((t, x) => loss.Of(t, x[0]), ([.. Y.SelectMany(_ => row)], 3)).Loss;
    }

    [Fact]
    public void ClosedForm_Quantile_IsThePinball()
    {
        using var loss = new QuantileLoss(_bench.Backend, [0.2f]);
        loss.SetTargets([1, 1, float.NaN], [1, 1, 0]);
        var (value, gradients) = _bench.Run((t, x) => loss.Of(t, x[0]), ([3, 0, 7], 1));

        // Above by 2 costs 0.8 * 2, below by 1 costs 0.2 * 1.
        Agreement.Close((1.6 + 0.2) / 2, value, 1e-6);
        Agreement.Close([0.4, -0.1, 0], gradients[0], 1e-6, 1e-12);
    }

    [Fact]
    public void ClosedForm_MaskedReconstruction_CountsHiddenValuesOnly()
    {
        using var loss = new MaskedReconstructionLoss(_bench.Backend);
        loss.SetTargets([1, float.NaN, 3, 4], 2, [1, 0, 0, 1]);
        var (value, gradients) = _bench.Run((t, x) => loss.Of(t, x[0]), ([2, 50, -50, 7], 2));
        Agreement.Close((1 + 9) / 2.0, value, 1e-9);
        Agreement.Close([1, 0, 0, 3], gradients[0], 1e-9);
        Assert.Throws<UnusableTargetsException>(() => loss.SetTargets([1, 2], 1, [0, 0]));
        Assert.Equal(1, Assert.Throws<UnusableTargetsException>(() => loss.SetTargets([1, float.NaN], 1, [0, 1])).Subject);
    }

    [Fact]
    public void Property_ValueMask_HidesItsShareAndFollowsItsKey()
    {
        var (first, again, other) = (new float[40], new float[40], new float[40]);
        ValueMask.Draw(new(3, 7, 0, 1, default), 0.25f, first);
        ValueMask.Draw(new(3, 7, 0, 1, default), 0.25f, again);
        ValueMask.Draw(new(3, 7, 0, 2, default), 0.25f, other);
        Assert.Equal(10, first.Sum());
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    private static double Expected(string quantity, bool isWeighted)
    {
        var losses = R.Vector("density", quantity);
        var weights = isWeighted ? Weights : [.. losses.Select(_ => 1.0)];
        return losses.Zip(weights).Sum(p => p.First * p.Second) / weights.Sum();
    }
}
