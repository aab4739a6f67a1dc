using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Numerics.Autodiff;

/// <summary>Part of a model that can be computed again from its input.</summary>
public interface ISegment
{
    /// <summary>Computes the segment on a tape; the same input and dropout key give the same numbers.</summary>
    Tensor Forward(Tape tape, Tensor input);
}

/// <summary>The inner tape of an activation checkpoint.</summary>
internal sealed class Recomputation(Tape inner) : IDisposable
{
    public Tape Inner => inner;

    public ISegment? Segment { get; set; }

    public void Dispose() => inner.Dispose();
}

/// <summary>Activation checkpointing: a segment's inner tensors are forgotten after the forward pass and computed again for the gradient.
/// Memory for time, for batches of many patients.</summary>
/// <remarks>Source: [Chen2016].</remarks>
public sealed partial class Tape
{
    /// <summary>Computes a segment and keeps only its output.</summary>
    public Tensor Checkpoint(Tensor input, ISegment segment)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(segment);
        var key = NextDropoutKey();
        var output = NextWithoutValue("checkpoint");
        output.Recomputation ??= new Recomputation(new Tape(Backend));
        output.Recomputation.Segment = segment;
        var inner = RunAgain(output.Recomputation, input, key, movesStatistics: MovesStatistics);
        output.OwnValue = Fit(output.OwnValue, inner.Value.Length);
        output.Value = new MatrixView(output.OwnValue, 0, inner.Rows, inner.Columns);
        Backend.Copy(inner.Value, output.Value);
        output.Recomputation.Inner.GiveBackBuffers();
        Record(output, CheckpointBackward, input, settings: new OperationSettings(Key: key));

        // The segment has parameters of its own, which only its tape sees.
        output.NeedsGradient = true;
        output.Backward = CheckpointBackward;
        return output;
    }

    private static readonly Action<Tape, Tensor> CheckpointBackward = static (tape, y) =>
    {
        var x = y.First!;
        var inner = tape.RunAgain(y.Recomputation!, x, y.Settings.Key, movesStatistics: false);
        var tapeOfSegment = y.Recomputation!.Inner;
        var start = tapeOfSegment._tensors[0];
        var (seed, add) = tapeOfSegment.GradientOf(inner);
        tape.Backend.Copy(y.GradientView, seed, 1f, add);
        tapeOfSegment._checksGradients = tape._checksGradients;
        tapeOfSegment.Walk();
        if (x.NeedsGradient && start.HasGradient)
        {
            tape.ReturnTo(x, start.GradientView, 1f);
        }

        tapeOfSegment.GiveBackBuffers();
    };

    private Tensor RunAgain(Recomputation recomputation, Tensor input, ulong key, bool movesStatistics)
    {
        var inner = recomputation.Inner;
        inner.Reset();
        (inner.IsTraining, inner.PatientCount, inner.DropoutKey, inner.MovesStatistics) = (IsTraining, PatientCount, key, movesStatistics);
        var start = input.NeedsGradient ? inner.Variable(input.Value, input.Name) : inner.Constant(input.Value, input.Name);
        return recomputation.Segment!.Forward(inner, start);
    }
}
