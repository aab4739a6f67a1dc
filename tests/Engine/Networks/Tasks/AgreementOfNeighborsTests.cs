using DigitalTwin.Networks.Layers;
using DigitalTwin.Networks.Training;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Tests.Engine.Networks.Tasks;

/// <summary>A graph-level task with a known answer: each node is +1 or -1, and the question is whether more edges join equal ends than opposite ones.
/// No node, and no sum over nodes, knows; sums over neighbours do.</summary>
public sealed class AgreementOfNeighborsTests
{
    private const int NodeCount = 20;
    private const int SubjectCount = 500;
    private const int TrainingCount = 350;

    private static readonly CsrMatrix Network = Cubic(1);

    [Fact]
    public void ClosedForm_SumsOverNeighbours_AnswerWhatIsTrueByConstruction() => Assert.InRange(AccuracyOf(ConvolutionKind.GraphIsomorphism, Network), 0.93, 1);

    /// <summary>The baselines that must fail: nodes without messages, pooled; and messages along another network with the same degrees.</summary>
    [Theory]
    [InlineData(ConvolutionKind.None, false)]
    [InlineData(ConvolutionKind.GraphIsomorphism, true)]
    public void Property_WithoutTheNetworkOrWithAnother_ItIsGuesswork(ConvolutionKind convolution, bool isRewired) =>
        Assert.InRange(AccuracyOf(convolution, isRewired ? Cubic(2) : Network), 0.3, 0.75);

    private static double AccuracyOf(ConvolutionKind convolution, CsrMatrix graph)
    {
        var (numbers, labels) = Subjects();
        using var backend = new SimdBackend(2);
        using var parameters = new ParameterSet(backend);
        using var shared = new SharedGraph(backend, graph);
        var options = new GraphEncoderOptions
        {
            Convolution = convolution,
            EmbedsGenes = false,
            Widths = [8, 16],
            IsResidual = false,
            Readout = ReadoutKind.Mean,
            OutputWidth = 2,
        };
        using var encoder = new GraphEncoder(new LayerScope(parameters, 4), new GraphEncoderGraphs(shared), NodeCount, 1, options);
        using var data = new SubjectMatrix(backend, "signal", numbers, NodeCount, 1);
        using var model = new SubjectClassifier(parameters, encoder, data, labels);
        var settings = new TrainerOptions { EpochCount = 60, BatchSize = 50, Optimizer = new OptimizerOptions { LearningRate = 0.02 } };
        using var trainer = new Trainer(model, settings, [.. Enumerable.Range(0, TrainingCount)]);
        trainer.Train(cancellation: TestContext.Current.CancellationToken);
        using var tape = new Tape(backend);
        var accuracy = model.Measure(tape, [.. Enumerable.Range(TrainingCount, SubjectCount - TrainingCount)]);
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"accuracy {accuracy:F3}"));
        return accuracy;
    }

    /// <summary>Signs drawn by coin; those without a clear majority of edges are drawn again.</summary>
    private static (float[] Numbers, int[] Labels) Subjects()
    {
        var stream = new RandomStream(new StreamKey(5, 0, 0, 0, RandomPurpose.Outcome));
        var (numbers, labels) = (new float[SubjectCount * NodeCount], new int[SubjectCount]);
        for (var s = 0; s < SubjectCount; s++)
        {
            int agreement;
            do
            {
                var signs = numbers.AsSpan(s * NodeCount, NodeCount);
                foreach (ref var sign in signs)
                {
                    sign = stream.NextInt(2) == 0 ? -1f : 1f;
                }

                agreement = 0;
                for (var i = 0; i < NodeCount; i++)
                {
                    for (var e = Network.RowOffsets[i]; e < Network.RowOffsets[i + 1]; e++)
                    {
                        agreement += (int)(signs[i] * signs[Network.ColumnIndices[e]]);
                    }
                }
            }
            while (Math.Abs(agreement) < 8);
            labels[s] = agreement > 0 ? 1 : 0;
        }

        return (numbers, labels);
    }

    /// <summary>A ring with random chords: each node has three neighbours.</summary>
    private static CsrMatrix Cubic(ulong seed)
    {
        var stream = new RandomStream(new StreamKey(seed, 0, 0, 0, RandomPurpose.Permutation));
        var order = Enumerable.Range(0, NodeCount).ToArray();
        stream.Shuffle(order.AsSpan());
        var neighbors = Enumerable.Range(0, NodeCount).Select(_ => new SortedSet<int>()).ToArray();
        for (var k = 0; k < NodeCount; k++)
        {
            Join(order[k], order[(k + 1) % NodeCount]);
        }

        // Chords across the ring: node k to node k + half.
        for (var k = 0; k < NodeCount / 2; k++)
        {
            Join(order[k], order[k + (NodeCount / 2)]);
        }

        int[] offsets = [.. Enumerable.Range(0, NodeCount + 1).Select(i => neighbors.Take(i).Sum(n => n.Count))];
        return new CsrMatrix(NodeCount, NodeCount, offsets, [.. neighbors.SelectMany(n => n)]);

        void Join(int a, int b)
        {
            neighbors[a].Add(b);
            neighbors[b].Add(a);
        }
    }
}
