using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Layers;

/// <summary>Relational graph convolution (R-GCN): activation(x W + b + sum over relations r of mean_r(neighbours) W_r), so that an inhibition speaks with a
/// matrix of its own; [patients * nodes, inputs] to [patients * nodes, outputs].</summary>
/// <remarks>Source: [Schlichtkrull2018] equation 2, and equation 3 for W_r as sums of a few basis matrices.</remarks>
public sealed class RelationalConvolution : ILayer
{
    private readonly SparseOperand[] _graphs;
    private readonly Parameter _own;
    private readonly Parameter _bias;
    private readonly Parameter[] _weights;
    private readonly Parameter? _coefficients;
    private readonly Activation _activation;

    /// <param name="scope">Where the parameters go.</param>
    /// <param name="graph">Relations over the same nodes.</param>
    /// <param name="inputWidth">Features that come in.</param>
    /// <param name="outputWidth">Features that go out.</param>
    /// <param name="basisCount">Basis matrices that the relations share; 0 for a matrix of each relation's own.</param>
    /// <param name="activation">After the sum.</param>
    public RelationalConvolution(LayerScope scope, RelationalGraph graph, int inputWidth, int outputWidth, int basisCount = 0, Activation activation = Activation.Relu)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentOutOfRangeException.ThrowIfNegative(basisCount);
        var count = graph.Names.Count;
        _graphs = [.. Enumerable.Range(0, count).Select(r => graph[r].Mean)];
        var scheme = WeightSchemes.For(activation);
        _own = scope.Weight("own", inputWidth, outputWidth, scheme);
        _bias = scope.Row("bias", outputWidth);
        if (basisCount > 0)
        {
            _weights = [scope.Weight("basis", basisCount, checked(inputWidth * outputWidth), scheme, inputWidth, outputWidth)];
            _coefficients = scope.Weight("coefficients", count, basisCount, WeightScheme.Glorot);
        }
        else
        {
            _weights = [.. graph.Names.Select(name => scope.Part("relation").Weight(name, inputWidth, outputWidth, scheme))];
        }

        _activation = activation;
    }

    public int InputWidth => _own.Rows;

    public int OutputWidth => _own.Columns;

    public Tensor Forward(Tape tape, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(tape);
        var sum = tape.Linear(input, tape.Parameter(_own), tape.Parameter(_bias));
        var mixed = _coefficients is null ? null : tape.Product(tape.Parameter(_coefficients), tape.Parameter(_weights[0]));
        for (var r = 0; r < _graphs.Length; r++)
        {
            var weight = mixed is null ? tape.Parameter(_weights[r]) : tape.Reshape(tape.SliceRows(mixed, r, 1), InputWidth, OutputWidth);
            var message = InputWidth < OutputWidth
                ? tape.Linear(tape.Propagate(input, _graphs[r]), weight)
                : tape.Propagate(tape.Linear(input, weight), _graphs[r]);
            sum = tape.Add(sum, message, r + 1 < _graphs.Length ? Activation.None : _activation);
        }

        return sum;
    }
}
