using DigitalTwin.Kernels;
using DigitalTwin.Networks.Layers;
using DigitalTwin.Networks.Losses;
using DigitalTwin.Networks.Training;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Autodiff.Checkpoints;

namespace DigitalTwin.Tests.Engine.Networks.Training;

public sealed class TrainerTests
{
    private static readonly int[] Training = [.. Enumerable.Range(0, 28)];
    private static readonly int[] Validation = [.. Enumerable.Range(28, 12)];

    private static readonly TrainerOptions Options = new()
    {
        Seed = 9,
        EpochCount = 6,
        BatchSize = 8,
        MicroBatchSize = 5,
        GradientNormLimit = 1,
        Schedule = new PlateauSchedule(1),
        Optimizer = new OptimizerOptions { LearningRate = 0.02, WeightDecay = 0.01 },
    };

    [Fact]
    public void Property_Training_LearnsWhatIsThere()
    {
        using var model = new RingModel();
        using var trainer = new Trainer(model.Classifier, Options with { EpochCount = 30 }, Training, Validation, model.Classifier);
        var result = trainer.Train(cancellation: TestContext.Current.CancellationToken);
        Assert.True(result.BestMetric >= 11.0 / 12, $"accuracy {result.BestMetric}");
        Assert.True(result.History[^1].TrainingLoss < 0.5 * result.History[0].TrainingLoss);
    }

    /// <summary>Same seed, same bytes: on one thread and on two, and stopped after any step, saved, and gone on with by a new trainer.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(2, 4)]
    [InlineData(2, 11)]
    public void Property_ResumedAfterAnyStep_EndsInTheSameBytes(int threadCount, int stepsBefore)
    {
        var expected = Run(2, 0);
        Assert.Equal(expected, Run(threadCount, stepsBefore));
        Assert.True(expected.Length > 2000);
    }

    /// <summary>The same order, the same dropout masks and the same steps on another backend: parameters agree to the rounding of float32.</summary>
    [Fact]
    public void Property_TrainedOnIlgpu_AgreesWithSimd()
    {
        using var simd = new RingModel();
        using var ilgpu = new RingModel(backend: IlgpuBackend.OnDebugger(new IlgpuOptions { GroupSize = 32, LongRowEdges = 20 }));
        var options = Options with { Optimizer = new OptimizerOptions { Kind = OptimizerKind.Sgd, LearningRate = 0.1 } };
        using var first = new Trainer(simd.Classifier, options, Training);
        using var second = new Trainer(ilgpu.Classifier, options, Training);
        var start = simd.Parameters.Snapshot();
        for (var k = 0; k < 3; k++)
        {
            first.Step();
            second.Step();
        }

        var (expected, actual) = (simd.Parameters.Snapshot(), ilgpu.Parameters.Snapshot());
        Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.True(expected.Zip(start).Max(p => Math.Abs(p.First - p.Second)) > 0.01);
    }

    [Fact]
    public void Property_AnotherSeed_EndsInOtherBytes()
    {
        using var model = new RingModel();
        using var trainer = new Trainer(model.Classifier, Options with { Seed = 10 }, Training, Validation);
        trainer.Train(cancellation: TestContext.Current.CancellationToken);
        using var file = new MemoryStream();
        trainer.Save(file);
        Assert.NotEqual(Run(2, 0), file.ToArray());
    }

    [Fact]
    public void Property_Cancelled_StopsBetweenStepsAndGoesOn()
    {
        using var source = new CancellationTokenSource();
        using var model = new RingModel();
        using var trainer = new Trainer(model.Classifier, Options, Training, Validation);
        Assert.Throws<OperationCanceledException>(() => trainer.Train(new CancelAt(source, epoch: 2), source.Token));
        Assert.Equal(2, trainer.History.Count);
        trainer.Train(cancellation: TestContext.Current.CancellationToken);
        using var file = new MemoryStream();
        trainer.Save(file);
        Assert.Equal(Run(2, 0), file.ToArray());
    }

    [Theory]
    [InlineData(ConvolutionKind.GraphConvolution, false)]
    [InlineData(ConvolutionKind.GraphConvolution, true)]
    [InlineData(ConvolutionKind.GraphSageMean, false)]
    [InlineData(ConvolutionKind.GraphSageMaximum, false)]
    [InlineData(ConvolutionKind.GraphIsomorphism, false)]
    [InlineData(ConvolutionKind.GraphAttention, false)]
    [InlineData(ConvolutionKind.GraphAttention, true)]
    [InlineData(ConvolutionKind.DynamicGraphAttention, false)]
    [InlineData(ConvolutionKind.Relational, false)]
    [InlineData(ConvolutionKind.MessagePassing, false)]
    public void Property_Step_AllocatesNothing(ConvolutionKind convolution, bool recomputes)
    {
        using var model = new RingModel(options: RingModel.Options with { Convolution = convolution, RecomputesLayers = recomputes, Jumping = JumpingMode.Concatenation, Heads = 2 });
        using var trainer = new Trainer(model.Classifier, Options with { BatchSize = 2, MicroBatchSize = 1 }, Training);
        for (var k = 0; k < 4; k++)
        {
            trainer.Step();
        }

        // What a step allocates shows in every round; what the runtime does once on this thread, as it compiles a method anew, in one at most.
        Assert.Equal(0, Enumerable.Range(0, 3).Min(_ => AllocatedBy(trainer)));
    }

    private static long AllocatedBy(Trainer trainer)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var k = 0; k < 3; k++)
        {
            trainer.Step();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    [Fact]
    public void Property_NoImprovement_StopsAndPutsTheBestBack()
    {
        using var model = new RingModel();
        var figures = new Queue<double>([0.5, 0.9, 0.8, 0.9, 0.7, 1.0]);
        using var trainer = new Trainer(model.Classifier, Options with { EpochCount = 50, Patience = 3, Schedule = new PlateauSchedule(2, 0.1) }, Training, Validation, new Given(figures));
        var snapshots = new List<float[]>();
        var result = trainer.Train(new Watch(_ => snapshots.Add(model.Parameters.Snapshot())), TestContext.Current.CancellationToken);
        Assert.Equal((TrainingEnd.Patience, 2, 0.9), (result.End, result.BestEpoch, result.BestMetric));
        Assert.Equal(5, result.History.Count);
        Assert.Equal(snapshots[1], model.Parameters.Snapshot());
        Assert.NotEqual(snapshots[3], snapshots[1]);

        // Two epochs without improvement after the second: the fifth is trained at a tenth of the rate.
        Assert.Equal([0.02, 0.02, 0.02, 0.02, 0.002], result.History.Select(h => h.LearningRate), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Error_MissingInput_IsFoundBeforeTrainingAndNamed()
    {
        using var model = new RingModel(missing: 13);
        using var trainer = new Trainer(model.Classifier, Options, Training);
        var before = model.Parameters.Snapshot();
        var error = Assert.Throws<NonFiniteException>(() => trainer.Train(cancellation: TestContext.Current.CancellationToken));
        Assert.Equal("Input 'expression' of subject 'S13' is NaN at row 2, column 1. Impute missing values first, or leave the subject out.", error.Message);
        Assert.Equal("S13", error.Subject);
        Assert.Equal(before, model.Parameters.Snapshot());
    }

    [Fact]
    public void Error_NumberThatOverflowsInTraining_NamesTensorAndSubjectAndUndoesTheStep()
    {
        using var model = new RingModel(options: RingModel.Options with { Dropout = 0 });
        using var trainer = new Trainer(model.Classifier, Options with { BatchSize = 28, MicroBatchSize = 0 }, Training);
        trainer.Step();
        var before = model.Parameters.Snapshot();
        model.Numbers[(21 * RingModel.GeneCount * 2) + 1] = float.MaxValue;
        using var second = new Trainer(model.Classifier, Options with { BatchSize = 28, MicroBatchSize = 0, EpochCount = 3 }, Training);
        var error = Assert.Throws<NonFiniteException>(() => second.Train(cancellation: TestContext.Current.CancellationToken));
        Assert.Equal("S21", error.Subject);
        Assert.Contains("Step 1 was not made.", error.Message, StringComparison.Ordinal);
        Assert.Contains("The patient is subject 'S21'.", error.Message, StringComparison.Ordinal);
        Assert.Equal(before.Select(BitConverter.SingleToUInt32Bits), model.Parameters.Snapshot().Select(BitConverter.SingleToUInt32Bits));
        Assert.Equal(0, second.StepCount);
    }

    [Fact]
    public void Property_BatchThatDoesNotFit_IsSplitUntilItDoes()
    {
        var options = new GraphEncoderOptions { Widths = [64, 64], OutputWidth = 2 };
        using var wide = new RingModel(subjectCount: 64, options: options);
        using var narrow = new RingModel(subjectCount: 64, options: options, memoryBudgetBytes: 700_000);
        var subjects = Enumerable.Range(0, 64).ToArray();
        var settings = Options with { BatchSize = 64, MicroBatchSize = 0, EpochCount = 2 };
        using var all = new Trainer(wide.Classifier, settings, subjects);
        using var parts = new Trainer(narrow.Classifier, settings, subjects);
        var (expected, actual) = (all.Train(cancellation: TestContext.Current.CancellationToken), parts.Train(cancellation: TestContext.Current.CancellationToken));
        Assert.True(wide.Backend.Memory.RentedBytes > 700_000);
        Assert.Equal(expected.History[1].TrainingLoss, actual.History[1].TrainingLoss, 1e-5);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Error_StateOfOtherSettingsOrSubjects_ChangesNothing(bool isOtherSeed)
    {
        using var model = new RingModel();
        using var trainer = new Trainer(model.Classifier, Options, Training, Validation);
        trainer.Step();
        using var file = new MemoryStream();
        trainer.Save(file);
        using var other = new RingModel();
        using var resumed = new Trainer(other.Classifier, isOtherSeed ? Options with { Seed = 4 } : Options, isOtherSeed ? Training : Training[1..], Validation);
        var before = other.Parameters.Snapshot();
        file.Position = 0;
        Assert.Contains(isOtherSeed ? "same settings" : "same subjects", Assert.Throws<CheckpointException>(() => resumed.Load(file)).Message, StringComparison.Ordinal);
        Assert.Equal(before, other.Parameters.Snapshot());
        using var cut = new MemoryStream(file.ToArray()[..^9]);
        Assert.Throws<CheckpointException>(() => resumed.Load(cut));
        Assert.Equal(0, resumed.StepCount);
    }

    [Fact]
    public void Error_TrainingSubjectsOfOneClass_AreRefusedBeforeTraining()
    {
        using var model = new RingModel();
        using var trainer = new Trainer(model.Classifier, Options, [0, 2, 4], [1, 3]);
        var error = Assert.Throws<UnusableTargetsException>(() => trainer.Train(cancellation: TestContext.Current.CancellationToken));
        Assert.Equal("All 3 subjects are of class 0: there is nothing to tell apart. Use subjects of two classes or more.", error.Message);
    }

    [Fact]
    public void Error_SubjectOnBothSides_IsNamed()
    {
        using var model = new RingModel();
        var error = Assert.Throws<ArgumentException>(() => new Trainer(model.Classifier, Options, Training, [27, 28]));
        Assert.Equal("Subject 27 ('S27') stands twice among the training and validation subjects.", error.Message);
        Assert.Throws<ArgumentException>(() => new Trainer(model.Classifier, Options, [0, 99]));
        Assert.Throws<ArgumentException>(() => new Trainer(model.Classifier, Options, []));
    }

    private static byte[] Run(int threadCount, int stepsBefore)
    {
        using var file = new MemoryStream();
        if (stepsBefore > 0)
        {
            using var first = new RingModel(threadCount);
            using var begun = new Trainer(first.Classifier, Options, Training, Validation);
            using var source = new CancellationTokenSource();
            Assert.Throws<OperationCanceledException>(() => begun.Train(new CancelAt(source, stepsBefore / 4), stepsBefore < 4 ? new CancellationToken(true) : source.Token));
            for (var k = 0; k < stepsBefore % 4; k++)
            {
                begun.Step();
            }

            Assert.Equal(stepsBefore, begun.StepCount);
            begun.Save(file);
            file.Position = 0;
        }

        using var model = new RingModel(threadCount);
        using var trainer = new Trainer(model.Classifier, Options, Training, Validation);
        if (stepsBefore > 0)
        {
            trainer.Load(file);
        }

        trainer.Train(cancellation: TestContext.Current.CancellationToken);
        using var end = new MemoryStream();
        trainer.Save(end);
        return end.ToArray();
    }

    private sealed class CancelAt(CancellationTokenSource source, int epoch) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Epoch == epoch)
            {
                source.Cancel();
            }
        }
    }

    private sealed class Watch(Action<TrainingProgress> see) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => see(value);
    }

    private sealed class Given(Queue<double> figures) : IValidationMetric
    {
        public string Name => "given";

        public bool IsHigherBetter => true;

        public double Measure(Tape tape, ReadOnlySpan<int> subjects) => figures.Dequeue();
    }
}
