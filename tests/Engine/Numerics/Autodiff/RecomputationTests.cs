using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute.Reference;

namespace DigitalTwin.Tests.Engine.Numerics.Autodiff;

public sealed class RecomputationTests
{
    [Fact]
    public void ClosedForm_RunningStatistics_MoveOncePerPassThoughTheSegmentRunsTwice()
    {
        using var backend = new ReferenceBackend();
        using var parameters = new ParameterSet(backend);
        var norm = new NormalisingSegment(parameters);
        using var tape = new Tape(backend) { IsTraining = true };
        var input = backend.Rent(4);
        backend.Upload([1f, 3f, 5f, 7f], input.AsMatrix(4, 1));
        var output = tape.Checkpoint(tape.Variable(input.AsMatrix(4, 1), "x"), norm);
        tape.Backward(tape.Sum(tape.Multiply(output, output)));

        // Mean of the batch 4, started at 0, moved by a tenth once.
        var running = ReferenceBackend.Numbers(norm.Running.Value.Buffer)[(int)norm.Running.Value.Offset];
        Assert.Equal(0.4, running, 1e-7);
    }

    private sealed class NormalisingSegment(ParameterSet set) : ISegment
    {
        private readonly Parameter _scale = set.Add("scale", 1, 1, [1f]);
        private readonly Parameter _shift = set.Add("shift", 1, 1);

        public Parameter Running { get; } = set.Add("running", 2, 1, [0f, 1f], isTrainable: false);

        public Tensor Forward(Tape tape, Tensor input) => tape.BatchNorm(input, tape.Parameter(_scale), tape.Parameter(_shift), Running.Value);
    }
}
