using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Translation;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Omics.Layers;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Translation;

/// <summary>A layer predicted of subjects that were not learnt from: a stated map of another, with stated noise, and noise alone.</summary>
public sealed class HeldOutTranslationTests
{
    private static readonly SimdBackend Backend = new(1);

    // y = 2 x + noise of deviation 1.5: correlation 2 / 2.5 = 0.8, R2 0.64, residual deviation 1.5.
    [Fact]
    public void ClosedForm_ALinearMapIsToldByItsCorrelation_R2AndCoverage()
    {
        var (training, test) = (Subjects(1, 600), Subjects(2, 2000));
        var found = HeldOutTranslation.Judge(training, test, ["cheap"], "dear", 0.8, null, Context(1))!;

        Assert.Equal((2000, 3), (found.SubjectCount, found.Features.Count)); // the constant is not judged
        var (map, noise) = (found.Features[0], found.Features[1]);
        Assert.InRange(map.Correlation, 0.78, 0.82);
        Assert.InRange(1 - (map.SquaredError / map.SquaredDeviation), 0.6, 0.68);
        Assert.InRange(map.CoveredCount / 2000.0, 0.77, 0.83);
        Assert.True(map.IsTranslated);
        Assert.InRange(noise.Correlation, -0.09, 0.09); // four standard errors
        Assert.False(noise.IsTranslated);

        // A value in five is missing of the last one, which copies the first.
        Assert.Equal(1600, found.Features[2].SubjectCount);
        Assert.InRange(found.Features[2].Correlation, 0.77, 0.83);
    }

    [Fact]
    public void Property_TheOrderOfSubjectsAndThreadsChangeNothing()
    {
        var (training, test) = (Subjects(1, 100), Subjects(2, 50));
        var turned = training.Take([.. Enumerable.Range(0, 100).Reverse()]);

        var one = HeldOutTranslation.Judge(training, test, ["cheap"], "dear", 0.9, null, Context(1))!;
        var other = HeldOutTranslation.Judge(turned, test, ["cheap"], "dear", 0.9, null, Context(4))!;

        Assert.Equal(one.Features, other.Features);
    }

    [Fact]
    public void Error_TooFewSubjectsGiveNothing_AndALevelIsAShare()
    {
        var (training, test) = (Subjects(1, 29), Subjects(2, 50));

        Assert.Null(HeldOutTranslation.Judge(training, test, ["cheap"], "dear", 0.9, null, Context(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => HeldOutTranslation.Judge(training, test, ["cheap"], "dear", 1, null, Context(1)));
    }

    private static SubjectInputs Subjects(ulong seed, int count)
    {
        var stream = new RandomStream(new StreamKey(seed, 0, 0, 0, RandomPurpose.Outcome));
        var (cheap, dear) = (new float[2 * count], new float[4 * count]);
        for (var i = 0; i < count; i++)
        {
            (cheap[2 * i], cheap[(2 * i) + 1]) = ((float)stream.NextGaussian(), (float)stream.NextGaussian());
            dear[4 * i] = (2 * cheap[2 * i]) + (1.5f * (float)stream.NextGaussian());
            dear[(4 * i) + 1] = (float)stream.NextGaussian();
            dear[(4 * i) + 2] = i % 5 == 0 ? float.NaN : dear[4 * i];
            dear[(4 * i) + 3] = 4;
        }

        SubjectId[] ids = [.. Enumerable.Range(0, count).Select(i => new SubjectId($"{seed}-{i:D4}"))];
        return new SubjectInputs(ids, [], [new SubjectLayer(new OmicsLayer("cheap", "1", ["a", "b"], cheap), ids), new SubjectLayer(new OmicsLayer("dear", "1", ["map", "noise", "holes", "same"], dear), ids)]);
    }

    private static LearningContext Context(int threads) => new(1, Backend, threads, TestContext.Current.CancellationToken);
}
