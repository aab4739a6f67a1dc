using DigitalTwin.Networks.Layers;
using DigitalTwin.Networks.Losses;
using DigitalTwin.Networks.Training;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Networks.Training;

/// <summary>A loss that compares subjects, through the trainer.</summary>
public sealed class SurvivalTrainingTests
{
    [Fact]
    public void Reference_LinearCoxOfHormoneTherapy_EndsAtRCoxph()
    {
        var gbsg = ReferenceData.DataSet("gbsg");
        using var model = new CoxModel(gbsg.Numbers("hormon"), gbsg.Numbers("rfstime"), gbsg.Flags("status"));
        var options = new TrainerOptions { EpochCount = 120, BatchSize = model.SubjectCount, Optimizer = new OptimizerOptions { Kind = OptimizerKind.Sgd, LearningRate = 1, Momentum = 0 } };
        using var trainer = new Trainer(model, options, [.. Enumerable.Range(0, model.SubjectCount)]);
        var result = trainer.Train(cancellation: TestContext.Current.CancellationToken);
        var expected = ReferenceData.Values("survival/cox.csv");
        Agreement.Close(expected.Scalar("gbsg.hormon.efron", "coef"), model.Parameters.Snapshot()[0], 1e-4);
        Agreement.Close(-expected.Vector("gbsg.hormon.efron", "loglik")[1], result.History[^1].TrainingLoss * gbsg.Numbers("status").Sum(), 1e-5);
    }

    [Fact]
    public void Property_BatchWithoutEvents_IsPassedOver()
    {
        using var model = new CoxModel([1, 0, 1, 0], [1, 2, 3, 4], [true, true, false, false]);
        using var trainer = new Trainer(model, new TrainerOptions { EpochCount = 5, BatchSize = 1 }, [0, 1, 2, 3]);
        trainer.Train(cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(10, trainer.StepCount);
    }

    [Fact]
    public void Error_SplitOfALossThatCompares_IsRefused()
    {
        using var model = new CoxModel([1, 0, 1, 0], [1, 2, 3, 4], [true, true, false, false]);
        var error = Assert.Throws<ArgumentException>(() => new Trainer(model, new TrainerOptions { BatchSize = 4, MicroBatchSize = 2 }, [0, 1, 2, 3]));
        Assert.Contains("a batch of 4 cannot be computed 2 at a time", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_InfiniteGradientOfAFiniteLoss_IsNamedWhereItBegins()
    {
        using var model = new CoxModel([4, 0, 1, 9], [1, 2, 3, 4], [true, true, true, false]) { HasRoot = true };
        using var trainer = new Trainer(model, new TrainerOptions { EpochCount = 5, BatchSize = 4 }, [0, 1, 2, 3]);
        var before = model.Parameters.Snapshot();
        var error = Assert.Throws<NonFiniteException>(() => trainer.Train(cancellation: TestContext.Current.CancellationToken));
        Assert.Equal(("linear", "1"), (error.Tensor, error.Subject));
        Assert.StartsWith("Step 1 was not made. The gradient of 'linear' [4, 1] is not finite at patient", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, model.Parameters.Snapshot());
    }

    private sealed class CoxModel : ITrainable, IDisposable
    {
        private readonly SimdBackend _backend = new(1);
        private readonly SubjectMatrix _data;
        private readonly Linear _layer;
        private readonly CoxLoss _loss;
        private readonly float[] _times;
        private readonly bool[] _events;

        public CoxModel(double[] covariate, double[] times, bool[] events)
        {
            Parameters = new ParameterSet(_backend);
            _layer = new Linear(new LayerScope(Parameters, 1), 1, 1, hasBias: false);
            _data = new SubjectMatrix(_backend, "covariate", Array.ConvertAll(covariate, v => (float)v), 1, 1);
            (_loss, _times, _events) = (new CoxLoss(_backend), Array.ConvertAll(times, t => (float)t), events);
            Parameters.Restore([0.5f, .. new float[15]]);
        }

        /// <summary>Whether a root is taken whose gradient at 0 is infinite.</summary>
        public bool HasRoot { get; init; }

        public ParameterSet Parameters { get; }

        public int SubjectCount => _times.Length;

        public bool CanSplitBatches => false;

        public double WeightOf(ReadOnlySpan<int> subjects)
        {
            var count = 0;
            foreach (var subject in subjects)
            {
                count += _events[subject] ? 1 : 0;
            }

            return count;
        }

        public void CheckInputs(ReadOnlySpan<int> subjects) => _data.CheckFinite(subjects);

        public Tensor Loss(Tape tape, ReadOnlySpan<int> subjects)
        {
            var (times, events) = (new float[subjects.Length], new bool[subjects.Length]);
            for (var k = 0; k < subjects.Length; k++)
            {
                (times[k], events[k]) = (_times[subjects[k]], _events[subjects[k]]);
            }

            _loss.SetTargets(times, events);
            var risk = _layer.Forward(tape, _data.On(tape, subjects));
            return _loss.Of(tape, HasRoot ? tape.Apply(risk, UnaryFunction.Sqrt) : risk);
        }

        public void Dispose()
        {
            _loss.Dispose();
            _data.Dispose();
            Parameters.Dispose();
            _backend.Dispose();
        }
    }
}
