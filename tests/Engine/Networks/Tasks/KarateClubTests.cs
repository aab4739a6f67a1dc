using DigitalTwin.Networks.Layers;
using DigitalTwin.Networks.Losses;
using DigitalTwin.Networks.Training;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Networks.Tasks;

/// <summary>A node-level task with a known answer: a club of 34 broke in two, and only the side of the two leaders is told. Friendships tell the rest.</summary>
/// <remarks>Source: [Zachary1977]; the task as in [Kipf2017] appendix A.</remarks>
public sealed class KarateClubTests
{
    private const int MemberCount = 34;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Reference_GraphConvolutionFromTwoLabels_FindsTheClubsOfZachary(int seed) =>
        Assert.InRange(ErrorsOf((scope, graph) => new Chain(
            new GraphConvolution(scope.Part(0), graph, MemberCount, 8, Activation.Tanh), new GraphConvolution(scope.Part(1), graph, 8, 2, Activation.None)), (ulong)seed), 0, 2);

    /// <summary>The baseline that must fail: the same members without friendships.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Property_WithoutFriendships_TheClubsAreNotFound(int seed) =>
        Assert.InRange(ErrorsOf((scope, _) => new MultilayerPerceptron(scope, [MemberCount, 8, 2], Activation.Tanh), (ulong)seed), 8, MemberCount - 2);

    private static int ErrorsOf(Func<LayerScope, SharedGraph, ILayer> make, ulong seed)
    {
        using var backend = new SimdBackend(1);
        using var parameters = new ParameterSet(backend);
        using var graph = new SharedGraph(backend, Friendships());
        using var model = new MembersModel(parameters, make(new LayerScope(parameters, seed), graph));
        var options = new TrainerOptions { Seed = seed, EpochCount = 100, BatchSize = 2, Optimizer = new OptimizerOptions { LearningRate = 0.02, WeightDecay = 0.01 } };
        using var trainer = new Trainer(model, options, [0, MemberCount - 1]);
        trainer.Train(cancellation: TestContext.Current.CancellationToken);
        var errors = model.Clubs().Zip(MembersModel.Labels).Count(p => p.First != p.Second);
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}: {errors} errors");
        return errors;
    }

    private static CsrMatrix Friendships()
    {
        var table = ReferenceData.Table("karate/edges.csv");
        var pairs = table.Numbers("first").Zip(table.Numbers("second"), (a, b) => ((int)a - 1, (int)b - 1)).SelectMany(p => new[] { p, (p.Item2, p.Item1) }).Order().ToArray();
        Assert.Equal(2 * 78, pairs.Length);
        int[] offsets = [.. Enumerable.Range(0, MemberCount + 1).Select(i => pairs.Count(p => p.Item1 < i))];
        return new CsrMatrix(MemberCount, MemberCount, offsets, [.. pairs.Select(p => p.Item2)]);
    }

    /// <summary>All members as the nodes of one patient, each known by its number only; the loss counts those that training asks for.</summary>
    private sealed class MembersModel(ParameterSet parameters, ILayer layer) : ITrainable, IDisposable
    {
        private readonly CrossEntropyLoss _loss = new(parameters.Backend, 2);
        private readonly SubjectMatrix _identity = new(parameters.Backend, "members", Identity(), MemberCount, MemberCount);

        public static int[] Labels { get; } = Array.ConvertAll(ReferenceData.Table("karate/members.csv").Text("club"), c => c == "hi" ? 0 : 1);

        public ParameterSet Parameters => parameters;

        public int SubjectCount => MemberCount;

        public void CheckInputs(ReadOnlySpan<int> subjects) => _identity.CheckFinite([0]);

        public Tensor Loss(Tape tape, ReadOnlySpan<int> subjects)
        {
            var weights = new float[MemberCount];
            foreach (var subject in subjects)
            {
                weights[subject] = 1f;
            }

            _loss.SetTargets(Labels, weights);
            return _loss.Of(tape, layer.Forward(tape, _identity.On(tape, [0])));
        }

        public int[] Clubs()
        {
            using var tape = new Tape(parameters.Backend);
            var logits = new float[MemberCount * 2];
            parameters.Backend.Download(layer.Forward(tape, _identity.On(tape, [0])).Value, logits);
            return [.. Enumerable.Range(0, MemberCount).Select(i => logits[2 * i] > logits[(2 * i) + 1] ? 0 : 1)];
        }

        public void Dispose()
        {
            _loss.Dispose();
            _identity.Dispose();
        }

        private static float[] Identity()
        {
            var numbers = new float[MemberCount * MemberCount];
            for (var i = 0; i < MemberCount; i++)
            {
                numbers[(i * MemberCount) + i] = 1f;
            }

            return numbers;
        }
    }
}
