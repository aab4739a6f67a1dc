using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Layers;

/// <summary>Graph isomorphism layer (GIN): perceptron((1 + epsilon) x + sum of neighbours), epsilon learned; tells apart what the Weisfeiler-Lehman test does.</summary>
/// <remarks>Source: [XuK2019] equation 4.1. Neighbours are summed with the weights of the graph.</remarks>
public sealed class GraphIsomorphism : ILayer
{
    private readonly LayerGraph _graph;
    private readonly Parameter _epsilon;
    private readonly MultilayerPerceptron _perceptron;

    /// <param name="scope">Where the parameters go.</param>
    /// <param name="graph">Shared by all patients.</param>
    /// <param name="inputWidth">Features that come in.</param>
    /// <param name="hiddenWidth">Width between the two layers of the perceptron.</param>
    /// <param name="outputWidth">Features that go out.</param>
    /// <param name="activation">Of the perceptron, and after it.</param>
    public GraphIsomorphism(LayerScope scope, SharedGraph graph, int inputWidth, int hiddenWidth, int outputWidth, Activation activation = Activation.Relu)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(graph);
        _graph = new LayerGraph(graph, graph.Adjacency);
        _epsilon = scope.Row("epsilon", 1);
        _perceptron = new MultilayerPerceptron(scope.Part("perceptron"), [inputWidth, hiddenWidth, outputWidth], activation, outputActivation: activation);
    }

    public int InputWidth => _perceptron.InputWidth;

    public int OutputWidth => _perceptron.OutputWidth;

    public Tensor Forward(Tape tape, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(tape);
        var own = tape.Multiply(input, tape.Shift(tape.Parameter(_epsilon), 1f));
        return _perceptron.Forward(tape, tape.Add(own, _graph.Propagate(tape, input)));
    }
}
