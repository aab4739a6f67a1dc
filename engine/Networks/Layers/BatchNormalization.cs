using DigitalTwin.Numerics.Autodiff;

namespace DigitalTwin.Networks.Layers;

/// <summary>Each feature to mean 0 and variance 1 over the rows of the batch while training, by running statistics afterwards; then a learned scale and shift.</summary>
/// <remarks>Source: [Ioffe2015]. The statistics are those of a micro-batch where a batch is split, so that the split changes the numbers: prefer
/// <see cref="LayerNormalization"/> for batches that may not fit.</remarks>
public sealed class BatchNormalization : ILayer
{
    private readonly Parameter _scale;
    private readonly Parameter _shift;
    private readonly Parameter _running;
    private readonly float _momentum;

    /// <param name="scope">Where the parameters go.</param>
    /// <param name="width">Features.</param>
    /// <param name="momentum">Share of a batch in the running statistics.</param>
    public BatchNormalization(LayerScope scope, int width, float momentum = 0.1f)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (!(momentum > 0f && momentum <= 1f))
        {
            throw new ArgumentOutOfRangeException(nameof(momentum), momentum, "The momentum lies above 0 and reaches 1 at most.");
        }

        (_scale, _shift, _momentum) = (scope.Row("scale", width, 1f), scope.Row("shift", width), momentum);
        var start = new float[2 * width];
        Array.Fill(start, 1f, width, width);
        _running = scope.Statistics("running", 2, width, start);
    }

    public int InputWidth => _scale.Columns;

    public int OutputWidth => _scale.Columns;

    public Tensor Forward(Tape tape, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return tape.BatchNorm(input, tape.Parameter(_scale), tape.Parameter(_shift), _running.Value, _momentum);
    }
}
