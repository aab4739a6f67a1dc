using DigitalTwin.Models.KnownTruth;
using DigitalTwin.Models.Network;
using DigitalTwin.Models.Network.Pretraining;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Tests.Engine.Models.KnownTruth;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Network.Pretraining;

public sealed class PretrainedEncodersTests
{
    private static readonly SimdBackend Backend = new(1);

    private static readonly NetworkLearnerOptions Small = new() { MemberCount = 3, TokenWidth = 16, HiddenWidth = 32, EpochCount = 100 };

    /// <summary>60 labelled subjects and 2,000 of whom nobody knows the outcome, four times; the held-out log loss of 600 others, with pre-training and without.</summary>
    [Fact]
    public void Property_OnFewLabelledSubjects_PreTrainingDoesNotHurt()
    {
        var unlabelled = Trial(100, 2000).Inputs;
        var pretrained = PretrainedEncoders.Fit(unlabelled, Small, new PretrainingOptions { EpochCount = 30 }, Context(1));
        var held = Trial(200, 600);
        double with = 0, without = 0;
        for (var replicate = 0; replicate < 4; replicate++)
        {
            var labelled = Trial((ulong)(300 + replicate), 60);
            with += Loss(Small with { Pretrained = pretrained }, labelled, held) / 4;
            without += Loss(Small, labelled, held) / 4;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"held-out log loss {with:0.0000} with pre-training, {without:0.0000} without. {pretrained.Findings[^1]}");
        Assert.True(with < without + 0.01, $"{with} with pre-training, {without} without");
    }

    [Fact]
    public void Property_TheLossOnHeldOutSubjectsFalls_AndBytesDoNotDependOnTheOrder()
    {
        var inputs = Trial(5, 200).Inputs;
        int[] reversed = [.. Enumerable.Range(0, 200).Reverse()];
        var options = new PretrainingOptions { EpochCount = 5 };
        var labelled = Trial(6, 60);

        var one = PretrainedEncoders.Fit(inputs, Small, options, Context(2));
        var other = PretrainedEncoders.Fit(inputs.Take(reversed), Small, options, Context(2));

        Assert.Equal(one.Findings[^1], other.Findings[^1]);
        Assert.Equal(Predict(one).Values, Predict(other).Values);

        // The same encodings with other weights: weights do arrive.
        Assert.NotEqual(Predict(one).Values, Predict(PretrainedEncoders.Fit(inputs, Small, options, Context(12))).Values);

        ClassProbabilities Predict(PretrainedEncoders pretrained) => (ClassProbabilities)new NetworkLearner(Small with { EpochCount = 2, Pretrained = pretrained })
            .Fit(labelled, Context(3)).Predict(labelled.Inputs);
    }

    [Fact]
    public void Error_OtherSizesThanThoseOfPreTraining_AreRefused()
    {
        var pretrained = PretrainedEncoders.Fit(Trial(7, 60).Inputs, Small, new PretrainingOptions { EpochCount = 1 }, Context(4));

        var error = Assert.Throws<ArgumentException>(() => new NetworkLearner(Small with { TokenWidth = 8, Pretrained = pretrained }).Fit(Trial(8, 60), Context(4)));

        Assert.Contains("after pre-training", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_TooFewSubjects_AreRefused() =>
        Assert.Throws<UnlearnableException>(() => PretrainedEncoders.Fit(Trial(9, 40).Inputs, Small, null, Context(5)));

    private static LearningContext Context(ulong seed) => new(seed, Backend, 2, CancellationToken.None);

    private static LearningProblem Trial(ulong seed, int count) =>
        KnownTruthGeneratorTests.Generator(new KnownTruthOptions { TrialCount = count, ExternalCount = 0 }).Draw(seed, 0).Trial;

    private static double Loss(NetworkLearnerOptions options, LearningProblem labelled, LearningProblem held)
    {
        var predictions = (ClassProbabilities)new NetworkLearner(options).Fit(labelled, Context(6)).Predict(held.Inputs);
        var occurred = ((BinaryOutcome)held.Outcome).Occurred;
        return -occurred.Select((o, i) => Math.Log(Math.Max(1e-6, predictions[i, o ? 1 : 0]))).Average();
    }
}
