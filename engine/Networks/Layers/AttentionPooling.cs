using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Layers;

/// <summary>Attention over the nodes of a patient, or over the members of each pathway: a mean weighted by softmax(w . tanh(x V)), with heads;
/// [patients * nodes, features] to [patients * rows of the membership, features].</summary>
/// <remarks>Source: [Ilse2018] equation 8. Computed as fused graph attention over the membership, whose receivers have no say.</remarks>
public sealed class AttentionPooling : ILayer
{
    private readonly SparseOperand _membership;
    private readonly Linear _hidden;
    private readonly Parameter _score;
    private readonly Parameter? _member;

    /// <param name="scope">Where the parameters go.</param>
    /// <param name="membership">[pathways, nodes], or <see cref="PathwayPooling.OfAllNodes"/>.</param>
    /// <param name="width">Features; heads divide them.</param>
    /// <param name="hiddenWidth">Columns of V.</param>
    /// <param name="heads">Each weighs its own block of features.</param>
    /// <param name="scoresMembers">Whether each member has a learned score of its own beside that of its features: which gene it is counts.</param>
    public AttentionPooling(LayerScope scope, SharedGraph membership, int width, int hiddenWidth, int heads = 1, bool scoresMembers = false)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(membership);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(heads);
        if (width % heads != 0)
        {
            throw new ShapeMismatchException($"{heads} heads do not divide {width} features.");
        }

        _membership = membership.Adjacency;
        _hidden = new Linear(scope.Part("hidden"), width, hiddenWidth, Activation.Tanh);
        _score = scope.Weight("score", hiddenWidth, heads);
        _member = scoresMembers ? scope.Constant("member", membership.Host.EdgeCount, heads, 0f) : null;
    }

    public int InputWidth => _hidden.InputWidth;

    public int OutputWidth => InputWidth;

    public Tensor Forward(Tape tape, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(input);
        var scores = tape.Linear(_hidden.Forward(tape, input), tape.Parameter(_score));
        var patients = OperandCheck.Patients(input.Value, _membership.ColumnCount, "nodes", input.Name);
        var receivers = tape.Filled(patients * _membership.RowCount, _score.Columns, 0f, "receivers");
        var member = _member is null ? null : tape.Parameter(_member);
        return tape.GraphAttention(input, receivers, scores, _membership, member, negativeSlope: 1f);
    }
}
