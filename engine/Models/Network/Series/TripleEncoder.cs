using DigitalTwin.Models.Network.Encoders;
using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Models.Network.Series;

/// <summary>Each observation becomes channel vector + number * slope vector of the channel + an affine map of its time, then a perceptron; a few queries attend to those
/// of a subject. What they find goes into the token together with which channels were seen, and how often.</summary>
/// <remarks>Sources: [Horn2020], [Tipirneni2022], [Vaswani2017] equation 1. Rows that are not there get no attention.</remarks>
internal sealed class TripleEncoder : ITokenEncoder
{
    private const float Hidden = -1e9f;

    private readonly int _rowCount;
    private readonly int _channelCount;
    private readonly int _headCount;
    private readonly int _width;
    private readonly Parameter _numbers;
    private readonly Parameter _channel;
    private readonly Parameter _slope;
    private readonly Linear _time;
    private readonly ResidualBlock _each;
    private readonly Parameter _queries;
    private readonly Linear _key;
    private readonly Linear _value;
    private readonly Linear _token;
    private readonly ResidualBlock _block;
    private readonly SparseOperand _repeat;

    public TripleEncoder(LayerScope scope, int channelCount, int rowCount, int columnCount, SeriesOptions series, NetworkLearnerOptions options)
    {
        (_rowCount, _channelCount, _headCount, _width) = (rowCount, channelCount, series.HeadCount, options.TokenWidth);
        _numbers = scope.Statistics("numbers", 1, channelCount, [.. Enumerable.Range(0, channelCount).Select(c => (float)c)]);
        _channel = scope.Weight("channel", channelCount, _width);
        _slope = scope.Weight("slope", channelCount, _width);
        _time = new Linear(scope.Part("time"), columnCount - TripleEncoding.PlainColumns + 1, _width);
        _each = new ResidualBlock(scope.Part("each"), _width, options.HiddenWidth, options.Dropout);
        _queries = scope.Weight("queries", _headCount, _width);
        _key = new Linear(scope.Part("key"), _width, _width, hasBias: false);
        _value = new Linear(scope.Part("value"), _width, _width);
        _token = new Linear(scope.Part("token"), (_headCount * _width) + (2 * channelCount), _width);
        _block = new ResidualBlock(scope.Part("block"), _width, options.HiddenWidth, options.Dropout);
        _repeat = scope.Parameters.Backend.Load(CsrMatrix.Selection(new int[_headCount], 1));
    }

    public Tensor Forward(Tape tape, Tensor input)
    {
        var subjects = input.Rows / _rowCount;
        var isThere = tape.SliceColumns(input, 2, 1);
        var indicators = Indicators(tape, tape.SliceColumns(input, 0, 1), isThere);
        var each = tape.Add(
            tape.Linear(indicators, tape.Parameter(_channel)),
            tape.Linear(tape.Multiply(indicators, tape.SliceColumns(input, 1, 1)), tape.Parameter(_slope)));
        each = _each.Forward(tape, tape.Add(each, _time.Forward(tape, tape.SliceColumns(input, 3, input.Columns - 3))));
        var pooled = tape.Reshape(Attend(tape, each, isThere, subjects), subjects, _headCount * _width);

        // How often each channel was seen, [subjects, channels]; and whether at all: count - relu(count - 1).
        var counts = tape.Product(isThere, indicators, transposeLeft: true, batchCount: subjects);
        var seen = tape.Subtract(counts, tape.Apply(tape.Shift(counts, -1f), UnaryFunction.Relu));
        var often = tape.Apply(tape.Shift(counts, 1f), UnaryFunction.Log);
        var token = _token.Forward(tape, tape.ConcatenateColumns(pooled, tape.ConcatenateColumns(seen, often)));
        return _block.Forward(tape, token);
    }

    public void Dispose() => _repeat.Dispose();

    /// <summary>1 in the column of the channel of a row that is there: relu(1 - |channel - column|).</summary>
    private Tensor Indicators(Tape tape, Tensor channel, Tensor isThere)
    {
        var distance = tape.Subtract(tape.Add(tape.Filled(channel.Rows, _channelCount, 0f, "channels"), channel), tape.Parameter(_numbers));
        var near = tape.Apply(tape.Shift(tape.Scale(tape.Apply(distance, UnaryFunction.Abs), -1f), 1f), UnaryFunction.Relu);
        return tape.Multiply(near, isThere);
    }

    private Tensor Attend(Tape tape, Tensor each, Tensor isThere, int subjects)
    {
        var queries = tape.Add(tape.Filled(subjects * _headCount, _width, 0f, "queries"), tape.Parameter(_queries));
        var scores = tape.Scale(tape.Product(queries, _key.Forward(tape, each), transposeRight: true, batchCount: subjects), (float)(1 / Math.Sqrt(_width)));
        var hidden = tape.Scale(tape.Shift(tape.Reshape(isThere, subjects, _rowCount), -1f), -Hidden);
        var shares = tape.Softmax(tape.Add(scores, tape.Gather(hidden, _repeat)));
        return tape.Product(shares, _value.Forward(tape, each), batchCount: subjects);
    }
}
