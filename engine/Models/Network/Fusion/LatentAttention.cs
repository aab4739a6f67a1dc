using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Autodiff;

namespace DigitalTwin.Models.Network.Fusion;

/// <summary>Attention of some rows of each subject to others: queries + softmax(q k' / sqrt(width) + mask) v W.</summary>
/// <remarks>Source: [Vaswani2017] equation 1, one head.</remarks>
internal sealed class LatentAttention
{
    private readonly LayerNormalization _norm;
    private readonly LayerNormalization _normOfOthers;
    private readonly Linear _query;
    private readonly Linear _key;
    private readonly Linear _value;
    private readonly Linear _output;
    private readonly float _scale;

    public LatentAttention(LayerScope scope, int width)
    {
        (_norm, _normOfOthers) = (new LayerNormalization(scope.Part("norm"), width), new LayerNormalization(scope.Part("others"), width));
        _query = new Linear(scope.Part("query"), width, width, hasBias: false);
        _key = new Linear(scope.Part("key"), width, width, hasBias: false);
        _value = new Linear(scope.Part("value"), width, width, hasBias: false);
        _output = new Linear(scope.Part("output"), width, width, hasBias: false);
        _scale = (float)(1 / Math.Sqrt(width));
    }

    /// <param name="tape">Where to compute.</param>
    /// <param name="queries">[subjects * a, width].</param>
    /// <param name="others">[subjects * b, width].</param>
    /// <param name="subjectCount">Subjects.</param>
    /// <param name="mask">Added to scores, [subjects * a, b]; or none.</param>
    /// <returns>[subjects * a, width].</returns>
    public Tensor Forward(Tape tape, Tensor queries, Tensor others, int subjectCount, Tensor? mask = null)
    {
        var seen = _normOfOthers.Forward(tape, others);
        var query = _query.Forward(tape, _norm.Forward(tape, queries));
        var scores = tape.Scale(tape.Product(query, _key.Forward(tape, seen), transposeRight: true, batchCount: subjectCount), _scale);
        var shares = tape.Softmax(mask is null ? scores : tape.Add(scores, mask));
        var attended = tape.Product(shares, _value.Forward(tape, seen), batchCount: subjectCount);
        return tape.Add(queries, _output.Forward(tape, attended));
    }
}
