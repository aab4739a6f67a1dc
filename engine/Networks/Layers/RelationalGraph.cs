using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Layers;

/// <summary>One graph a relation over the same nodes: activation and inhibition, or types of interaction. Shared by all patients; owned here.</summary>
public sealed class RelationalGraph : IDisposable
{
    private readonly SharedGraph[] _relations;

    /// <param name="backend">Where layers compute.</param>
    /// <param name="relations">Name and edges of each relation; at least one. All have the same nodes.</param>
    /// <exception cref="UnusableGraphException">There is no relation, one has no edges, or their nodes differ.</exception>
    public RelationalGraph(IComputeBackend backend, IReadOnlyList<(string Name, CsrMatrix Edges)> relations)
    {
        ArgumentNullException.ThrowIfNull(relations);
        if (relations.Count == 0)
        {
            throw new UnusableGraphException("A relational graph needs at least one relation.");
        }

        foreach (var (name, edges) in relations)
        {
            if (edges.RowCount != relations[0].Edges.RowCount || edges.ColumnCount != edges.RowCount)
            {
                throw new UnusableGraphException(
                    $"Relation '{name}' is [{edges.RowCount}, {edges.ColumnCount}] and relation '{relations[0].Name}' is over {relations[0].Edges.RowCount} nodes: all relations need the same nodes.");
            }

            if (edges.EdgeCount == 0)
            {
                throw new UnusableGraphException($"Relation '{name}' has no edges. Leave it out.");
            }
        }

        Names = [.. relations.Select(r => r.Name)];
        _relations = [.. relations.Select(r => new SharedGraph(backend, r.Edges))];
    }

    /// <summary>Names of the relations, in the order given.</summary>
    public IReadOnlyList<string> Names { get; }

    public int NodeCount => _relations[0].RowCount;

    /// <summary>The graph of one relation.</summary>
    public SharedGraph this[int relation] => _relations[relation];

    public void Dispose() => Array.ForEach(_relations, r => r.Dispose());
}
