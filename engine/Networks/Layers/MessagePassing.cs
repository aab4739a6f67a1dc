using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Layers;

/// <summary>Message passing with types of edges: each type t has a message function m_t(x) = activation(x M_t + c_t) of the sender; a node sums the messages of
/// its edges by their weights and updates to activation(x U + messages V + b); [patients * nodes, inputs] to [patients * nodes, outputs].</summary>
/// <remarks>Source: [Gilmer2017] equations 1 and 2, with messages that depend on the sender and the type of the edge. The receiver speaks in the update:
/// a message that depended on both ends would need one row an edge and patient, which a wide batch cannot hold.</remarks>
public sealed class MessagePassing : ILayer
{
    private readonly SparseOperand[] _graphs;
    private readonly Linear[] _messages;
    private readonly Parameter _own;
    private readonly Parameter _received;
    private readonly Parameter _bias;
    private readonly Activation _activation;

    public MessagePassing(LayerScope scope, RelationalGraph graph, int inputWidth, int messageWidth, int outputWidth, Activation activation = Activation.Relu)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(graph);
        _graphs = [.. Enumerable.Range(0, graph.Names.Count).Select(r => graph[r].Adjacency)];
        _messages = [.. graph.Names.Select(name => new Linear(scope.Part("message").Part(name), inputWidth, messageWidth, activation))];
        var scheme = WeightSchemes.For(activation);
        _own = scope.Weight("own", inputWidth, outputWidth, scheme, inputs: inputWidth + messageWidth);
        _received = scope.Weight("received", messageWidth, outputWidth, scheme, inputs: inputWidth + messageWidth);
        _bias = scope.Row("bias", outputWidth);
        _activation = activation;
    }

    public int InputWidth => _own.Rows;

    public int OutputWidth => _own.Columns;

    public Tensor Forward(Tape tape, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(tape);
        Tensor? messages = null;
        for (var r = 0; r < _graphs.Length; r++)
        {
            var ofType = tape.Propagate(_messages[r].Forward(tape, input), _graphs[r]);
            messages = messages is null ? ofType : tape.Add(messages, ofType);
        }

        var own = tape.Linear(input, tape.Parameter(_own), tape.Parameter(_bias));
        return tape.Add(own, tape.Linear(messages!, tape.Parameter(_received)), _activation);
    }
}
