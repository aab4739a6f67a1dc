using DigitalTwin.Networks.Losses;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Networks.Losses;

public sealed class ContrastiveLossTests : IDisposable
{
    private static readonly ReferenceValues Torch = ReferenceData.Values("losses/losses-torch.csv");

    private readonly LossBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("infonce", false)]
    [InlineData("clip", true)]
    public void Reference_Contrast_MatchesTorch(string name, bool isSymmetric)
    {
        using var loss = new ContrastiveLoss(_bench.Backend, isSymmetric);
        loss.SetTargets(6);
        var (value, gradients) = _bench.Run(
            (t, x) => loss.Of(t, x[0], x[1], x[2]), (Torch.Vector(name, "a"), 3), (Torch.Vector(name, "b"), 3), (Torch.Vector(name, "s"), 1));
        Agreement.Close(Torch.Scalar(name, "loss"), value, 1e-6);
        Agreement.Close(Torch.Vector(name, "gradient.a"), gradients[0], 1e-5, 1e-7);
        Agreement.Close(Torch.Vector(name, "gradient.b"), gradients[1], 1e-5, 1e-7);
        Agreement.Close(Torch.Vector(name, "gradient.s"), gradients[2], 1e-5, 1e-7);
    }

    [Fact]
    public void ClosedForm_MaskedPair_IsNoCounterexampleEither()
    {
        using var loss = new ContrastiveLoss(_bench.Backend);
        double[] a = [1, 0, 0, 1, 9, 9], b = [1, 0.2, -0.3, 1, -9, 9];
        loss.SetTargets(3, [1, 1, 0]);
        var masked = _bench.Run((t, x) => loss.Of(t, x[0], x[1]), (a, 2), (b, 2)).Loss;
        loss.SetTargets(2);
        Agreement.Close(_bench.Run((t, x) => loss.Of(t, x[0], x[1]), (a[..4], 2), (b[..4], 2)).Loss, masked, 1e-6);
    }

    [Fact]
    public void Property_ExtremeScaleAndEmptyRow_GiveFiniteGradients()
    {
        using var loss = new ContrastiveLoss(_bench.Backend);
        loss.SetTargets(3);
        var (value, gradients) = _bench.Run((t, x) => loss.Of(t, x[0], x[1], 0.01f), ([0, 0, 50, -50, 1e-8, 1], 2), ([1, 1, -50, 50, 2, 0], 2));
        Assert.True(double.IsFinite(value));
        Assert.All(gradients.SelectMany(g => g), g => Assert.True(double.IsFinite(g)));
    }

    [Fact]
    public void Error_OneSubject_IsRefused()
    {
        using var loss = new ContrastiveLoss(_bench.Backend);
        Assert.Equal("A contrast needs two subjects or more in a batch, and 1 counts. Use a larger batch.", Assert.Throws<UnusableTargetsException>(() => loss.SetTargets(1)).Message);
        Assert.Throws<UnusableTargetsException>(() => loss.SetTargets(3, [1, 0, 0]));
    }
}
