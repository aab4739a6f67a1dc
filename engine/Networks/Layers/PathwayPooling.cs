using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Layers;

/// <summary>Genes to pathways: sum, mean or maximum of the members, [patients * genes, features] to [patients * pathways, features].</summary>
/// <remarks>The membership has one row a pathway and one column a gene. Sums and means use its weights; a maximum does not. A pathway without members gives 0.</remarks>
public sealed class PathwayPooling : ILayer
{
    private readonly SparseOperand _membership;
    private readonly Reduction _reduction;

    /// <param name="membership">[pathways, genes]; see <see cref="OfAllNodes"/> to pool a whole patient.</param>
    /// <param name="width">Features.</param>
    /// <param name="reduction">How members become one.</param>
    public PathwayPooling(SharedGraph membership, int width, Reduction reduction = Reduction.Mean)
    {
        ArgumentNullException.ThrowIfNull(membership);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        (InputWidth, _reduction) = (width, reduction);
        _membership = reduction == Reduction.Mean ? membership.Mean : membership.Adjacency;
    }

    public int InputWidth { get; }

    public int OutputWidth => InputWidth;

    /// <summary>The membership with one row that has all nodes: pools a patient to one row.</summary>
    /// <exception cref="UnusableGraphException">There are no nodes.</exception>
    public static SharedGraph OfAllNodes(IComputeBackend backend, int nodeCount) => new(backend, CsrMatrix.Segments([0, nodeCount]));

    public Tensor Forward(Tape tape, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return _reduction == Reduction.Maximum ? tape.NeighborMaximum(input, _membership) : tape.Propagate(input, _membership);
    }
}
