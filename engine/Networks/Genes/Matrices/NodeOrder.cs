namespace DigitalTwin.Networks.Genes.Matrices;

/// <summary>Which row of a matrix a node of a network has: a permutation, and its inverse.</summary>
public sealed class NodeOrder
{
    private readonly int[] _nodeAt;
    private readonly int[] _placeOf;

    /// <param name="nodeAt">Node of each row, shape [nodes]: each index from 0 once.</param>
    /// <exception cref="ArgumentException">An index is out of range or stands twice.</exception>
    public NodeOrder(IEnumerable<int> nodeAt)
    {
        ArgumentNullException.ThrowIfNull(nodeAt);
        _nodeAt = [.. nodeAt];
        _placeOf = new int[_nodeAt.Length];
        Array.Fill(_placeOf, -1);
        for (var place = 0; place < _nodeAt.Length; place++)
        {
            var node = _nodeAt[place];
            if ((uint)node >= (uint)_nodeAt.Length || _placeOf[node] >= 0)
            {
                throw new ArgumentException(
                    $"Row {place} is of node {node}, which {((uint)node >= (uint)_nodeAt.Length ? $"is not one of 0 to {_nodeAt.Length - 1}" : $"row {_placeOf[node]} has already")}.",
                    nameof(nodeAt));
            }

            _placeOf[node] = place;
        }
    }

    public int Count => _nodeAt.Length;

    /// <summary>Node of each row, shape [nodes].</summary>
    public ReadOnlySpan<int> NodeAt => _nodeAt;

    /// <summary>Row of each node, shape [nodes].</summary>
    public ReadOnlySpan<int> PlaceOf => _placeOf;

    /// <summary>The order of the network itself.</summary>
    public static NodeOrder Identity(int nodeCount) => new(Enumerable.Range(0, nodeCount));

    /// <summary>Values of nodes, shape [nodes], as rows of the matrix.</summary>
    /// <exception cref="ArgumentException">There are not as many values as nodes.</exception>
    public T[] ToRows<T>(ReadOnlySpan<T> ofNodes) => Gather(ofNodes, _nodeAt);

    /// <summary>Rows of the matrix, shape [nodes], as values of nodes.</summary>
    /// <exception cref="ArgumentException">There are not as many rows as nodes.</exception>
    public T[] ToNodes<T>(ReadOnlySpan<T> ofRows) => Gather(ofRows, _placeOf);

    private static T[] Gather<T>(ReadOnlySpan<T> values, int[] from)
    {
        if (values.Length != from.Length)
        {
            throw new ArgumentException($"There are {values.Length} values and {from.Length} nodes.", nameof(values));
        }

        var gathered = new T[from.Length];
        for (var i = 0; i < from.Length; i++)
        {
            gathered[i] = values[from[i]];
        }

        return gathered;
    }
}
