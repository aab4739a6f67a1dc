using DigitalTwin.Networks.Losses;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Networks.Losses;

public sealed class ClassLossTests : IDisposable
{
    private const int ClassCount = 4;
    private static readonly ReferenceValues Torch = ReferenceData.Values("losses/losses-torch.csv");
    private static readonly int[] Labels = LossBench.Whole(Torch.Vector("labels", "labels"));
    private static readonly float[] ClassWeights = LossBench.Floats(Torch.Vector("labels", "class.weights"));

    private readonly LossBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("cross-entropy", false, 0f)]
    [InlineData("cross-entropy.weighted", true, 0f)]
    [InlineData("cross-entropy.smoothed", true, 0.2f)]
    public void Reference_CrossEntropy_MatchesTorch(string name, bool isWeighted, float smoothing)
    {
        using var loss = new CrossEntropyLoss(_bench.Backend, ClassCount, isWeighted ? ClassWeights : default, smoothing);
        loss.SetTargets(Labels);
        Compare(name, loss.Of);
    }

    [Theory]
    [InlineData("focal", 2f, false)]
    [InlineData("focal.weighted", 1.5f, true)]
    public void Reference_Focal_MatchesTorch(string name, float gamma, bool isWeighted)
    {
        using var loss = new FocalLoss(_bench.Backend, ClassCount, gamma, isWeighted ? ClassWeights : default);
        loss.SetTargets(Labels);
        Compare(name, loss.Of);
    }

    [Fact]
    public void ClosedForm_FocusOfZero_IsCrossEntropy()
    {
        var logits = Torch.Vector("focal", "x");
        using var focal = new FocalLoss(_bench.Backend, ClassCount, 0f);
        using var entropy = new CrossEntropyLoss(_bench.Backend, ClassCount);
        focal.SetTargets(Labels);
        entropy.SetTargets(Labels);
        var (first, second) = (_bench.Run((t, x) => focal.Of(t, x[0]), (logits, ClassCount)), _bench.Run((t, x) => entropy.Of(t, x[0]), (logits, ClassCount)));
        Agreement.Close(second.Loss, first.Loss, 1e-7);
        Agreement.Close(second.Gradients[0], first.Gradients[0], 1e-6, 1e-8);
    }

    [Fact]
    public void ClosedForm_MaskedSubjects_DoNotCount()
    {
        float[] weights = [1, 0, 1, 0, 0, 2, 0, 0, 0];
        var logits = Torch.Vector("focal", "x");
        using var loss = new CrossEntropyLoss(_bench.Backend, ClassCount);
        loss.SetTargets(Labels, weights);
        var (masked, gradients) = _bench.Run((t, x) => loss.Of(t, x[0]), (logits, ClassCount));
        loss.SetTargets([Labels[0], Labels[2], Labels[5], Labels[5]]);
        double[] repeated = [.. Row(0), .. Row(2), .. Row(5), .. Row(5)];
        Agreement.Close(_bench.Run((t, x) => loss.Of(t, x[0]), (repeated, ClassCount)).Loss, masked, 1e-6);
        Assert.All(gradients[0][4..8], g => Assert.Equal(0, g));

        double[] Row(int i) => logits[(i * ClassCount)..((i + 1) * ClassCount)];
    }

    /// <summary>In the best case a confident right answer, in the worst a confident wrong one, with logits 100 apart.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void ClosedForm_ExtremeLogits_GiveFiniteLossesAndGradients(int label)
    {
        using var entropy = new CrossEntropyLoss(_bench.Backend, 2);
        using var focal = new FocalLoss(_bench.Backend, 2, 1.5f);
        entropy.SetTargets([label]);
        focal.SetTargets([label]);
        foreach (var loss in new Func<Tape, Tensor, Tensor>[] { entropy.Of, focal.Of })
        {
            var (value, gradients) = _bench.Run((t, x) => loss(t, x[0]), ([50, -50], 2));
            Agreement.Close(label == 0 ? 0 : 100, value, 1e-9, 1e-40);
            Assert.All(gradients[0], g => Assert.True(double.IsFinite(g)));
            Agreement.Close(label == 0 ? 0 : 1, gradients[0][0], 1e-9, 1e-40);
        }
    }

    [Fact]
    public void ClosedForm_BalancedWeights_GiveClassesTheSameTotal()
    {
        var weights = CrossEntropyLoss.BalancedWeights([0, 0, 0, 2], 3);
        Assert.Equal([4f / 6, 0f, 2f], weights);
    }

    [Fact]
    public void Error_ClassOutOfRange_NamesTheSubject()
    {
        using var loss = new CrossEntropyLoss(_bench.Backend, 3);
        var error = Assert.Throws<UnusableTargetsException>(() => loss.SetTargets([0, 3, 1]));
        Assert.Equal("Subject 1 is of class 3; there are classes 0 to 2.", error.Message);
        Assert.Equal(1, error.Subject);
    }

    [Fact]
    public void Error_OneClassOnly_IsRefused() =>
        Assert.Contains("nothing to tell apart", Assert.Throws<UnusableTargetsException>(() => ObservedTargets.CheckClasses([2, 2, 2], 3)).Message, StringComparison.Ordinal);

    [Fact]
    public void Error_EverythingMasked_IsRefused()
    {
        using var loss = new CrossEntropyLoss(_bench.Backend, 3);
        Assert.Contains("everything is masked", Assert.Throws<UnusableTargetsException>(() => loss.SetTargets([0, 1], [0f, 0f])).Message, StringComparison.Ordinal);
        Assert.Throws<UnusableTargetsException>(() => loss.SetTargets([0, 1], [1f, float.NaN]));
        Assert.Throws<UnusableTargetsException>(() => loss.SetTargets([]));
    }

    [Fact]
    public void Error_LogitsOfAnotherBatch_NameBothShapes()
    {
        using var loss = new CrossEntropyLoss(_bench.Backend, 2);
        loss.SetTargets([0, 1, 0]);
        var error = Assert.Throws<ShapeMismatchException>(() => _bench.Run((t, x) => loss.Of(t, x[0]), (new double[4], 2)));
        Assert.Contains("[2, 2]", error.Message, StringComparison.Ordinal);
        Assert.Contains("[3, 2]", error.Message, StringComparison.Ordinal);
    }

    private void Compare(string name, Func<Tape, Tensor, Tensor> loss)
    {
        var (value, gradients) = _bench.Run((t, x) => loss(t, x[0]), (Torch.Vector(name, "x"), ClassCount));
        Agreement.Close(Torch.Scalar(name, "loss"), value, 1e-6);
        Agreement.Close(Torch.Vector(name, "gradient.x"), gradients[0], 1e-5, 1e-8);
    }
}
