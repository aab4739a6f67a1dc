namespace DigitalTwin.Networks.Genes;

/// <summary>Neighbours of each node with direction, type and sign left aside: each once, ascending, none of itself.</summary>
internal sealed class NeighborLists
{
    private readonly int[] _offsets;
    private readonly int[] _neighbors;

    public NeighborLists(int nodeCount, IReadOnlyList<GeneEdge> edges)
    {
        var lists = new List<int>[nodeCount];
        for (var i = 0; i < nodeCount; i++)
        {
            lists[i] = [];
        }

        foreach (var edge in edges)
        {
            lists[edge.Source].Add(edge.Target);
            lists[edge.Target].Add(edge.Source);
        }

        _offsets = new int[nodeCount + 1];
        var neighbors = new List<int>(2 * edges.Count);
        for (var i = 0; i < nodeCount; i++)
        {
            lists[i].Sort();
            for (var k = 0; k < lists[i].Count; k++)
            {
                if (k == 0 || lists[i][k] != lists[i][k - 1])
                {
                    neighbors.Add(lists[i][k]);
                }
            }

            _offsets[i + 1] = neighbors.Count;
        }

        _neighbors = [.. neighbors];
    }

    public int NodeCount => _offsets.Length - 1;

    public ReadOnlySpan<int> Of(int node) => _neighbors.AsSpan(_offsets[node], _offsets[node + 1] - _offsets[node]);

    public int CountOf(int node) => _offsets[node + 1] - _offsets[node];
}
