using DigitalTwin.Networks.Layers;
using DigitalTwin.Networks.Training;
using DigitalTwin.Tests.Engine.Networks.Layers;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Networks.Training;

/// <summary>A softmax regression trained in full batches, against torch's optimisers, clipping and schedules.</summary>
public sealed class TrainerReferenceTests
{
    private const int StepCount = 15;
    private static readonly ReferenceValues Torch = ReferenceData.Values("torch/training.csv");

    private static readonly Dictionary<string, TrainerOptions> Cases = new(StringComparer.Ordinal)
    {
        ["adam"] = Options(new OptimizerOptions { Kind = OptimizerKind.Adam, LearningRate = 0.05, Beta1 = 0.8, Beta2 = 0.95, Epsilon = 1e-6, WeightDecay = 0.1 }),
        ["adamw"] = Options(new OptimizerOptions { Kind = OptimizerKind.AdamW, LearningRate = 0.05, WeightDecay = 0.1 }),
        ["sgd"] = Options(new OptimizerOptions { Kind = OptimizerKind.Sgd, LearningRate = 0.2, Momentum = 0.7, WeightDecay = 0.1 }),
        ["clipped"] = Options(new OptimizerOptions { Kind = OptimizerKind.Sgd, LearningRate = 0.5, Momentum = 0 }) with { GradientNormLimit = 0.1 },
        ["cosine"] = Options(new OptimizerOptions { LearningRate = 0.1 }) with { Schedule = new CosineSchedule(TotalSteps: 12, WarmUpSteps: 4, Floor: 0.1) },
        ["step"] = Options(new OptimizerOptions { Kind = OptimizerKind.Sgd, LearningRate = 0.3, Momentum = 0 }) with { Schedule = new StepSchedule(4, 0.5) },
    };

    public static TheoryData<string, int> Names()
    {
        var data = new TheoryData<string, int>();
        foreach (var name in Cases.Keys)
        {
            data.Add(name, 0);
            data.Add(name, 5);
        }

        return data;
    }

    /// <summary>In one piece, and in micro-batches of 5, 5 and 2 whose gradients add up.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Reference_TrainedParameters_MatchTorch(string name, int microBatchSize)
    {
        using var bench = new LayerBench();
        using var data = new SubjectMatrix(bench.Backend, "x", Array.ConvertAll(Torch.Vector("data", "x"), v => (float)v), 1, 4);
        var layer = new Linear(bench.Scope, 4, 3);
        using var model = new SubjectClassifier(bench.Parameters, layer, data, Array.ConvertAll(Torch.Vector("data", "y"), v => (int)v));
        bench.Set("weight", Torch.Vector("data", "weight"));
        using var trainer = new Trainer(model, Cases[name] with { MicroBatchSize = microBatchSize }, [.. Enumerable.Range(0, 12)]);
        trainer.Train(cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(StepCount, trainer.StepCount);

        // torch clips to limit / (norm + 1e-6), which shows from the fifth digit on where the limit is a tenth.
        var tolerance = name == "clipped" ? 1e-5 : 2e-6;
        Agreement.Close(Torch.Vector(name, "weight"), LayerBench.Numbers(bench.Parameters.Parameters[0].Value), tolerance, 1e-7);
        Agreement.Close(Torch.Vector(name, "bias"), LayerBench.Numbers(bench.Parameters.Parameters[1].Value), tolerance, 1e-7);
    }

    private static TrainerOptions Options(OptimizerOptions optimizer) => new() { EpochCount = StepCount, BatchSize = 12, Optimizer = optimizer };
}
