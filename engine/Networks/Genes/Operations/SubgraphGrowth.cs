namespace DigitalTwin.Networks.Genes.Operations;

/// <summary>Grows the largest part of a subgraph by joining the nearest part outside, again and again.</summary>
internal sealed class SubgraphGrowth
{
    private readonly GeneNetwork _network;
    private readonly bool[] _isWanted;
    private readonly bool[] _isInside;
    private readonly int[] _parent;
    private readonly List<AddedGene> _added = [];

    public SubgraphGrowth(GeneNetwork network, int[] wanted)
    {
        _network = network;
        _isWanted = new bool[network.NodeCount];
        _isInside = new bool[network.NodeCount];
        _parent = new int[network.NodeCount];
        foreach (var node in wanted)
        {
            _isWanted[node] = true;
        }

        TakePart(LargestPart(wanted));
    }

    public IReadOnlyList<AddedGene> Added => _added;

    public IEnumerable<int> Nodes => Enumerable.Range(0, _network.NodeCount).Where(i => _isWanted[i] || _isInside[i]);

    /// <summary>Wanted nodes that the main part does not hold.</summary>
    public IEnumerable<int> Outside => Enumerable.Range(0, _network.NodeCount).Where(i => _isWanted[i] && !_isInside[i]);

    /// <summary>Joins the nearest wanted node outside; false where none is within reach.</summary>
    public bool TryJoinNearest(int longestPath)
    {
        Array.Fill(_parent, -1);
        var front = Enumerable.Range(0, _network.NodeCount).Where(i => _isInside[i]).ToList();
        for (var length = 1; length <= longestPath && front.Count > 0; length++)
        {
            var next = new SortedSet<int>();
            foreach (var node in front)
            {
                foreach (var other in _network.Neighbors.Of(node))
                {
                    // The front ascends, so that the first to reach a node is the first of all that could.
                    if (!_isInside[other] && _parent[other] < 0)
                    {
                        _parent[other] = node;
                        next.Add(other);
                    }
                }
            }

            foreach (var node in next)
            {
                if (_isWanted[node])
                {
                    Join(node, length);
                    return true;
                }
            }

            front = [.. next];
        }

        return false;
    }

    private void Join(int node, int length)
    {
        var path = new List<int>();
        var from = _parent[node];
        for (; !_isInside[from]; from = _parent[from])
        {
            path.Add(from);
        }

        path.Reverse();
        foreach (var step in path)
        {
            _added.Add(new AddedGene(_network.Nodes[step].Symbol, _network.Nodes[from].Symbol, _network.Nodes[node].Symbol, length));
        }

        // A node of the path may touch other wanted parts: they come in with it.
        foreach (var step in path.Append(node))
        {
            TakePart(step);
        }
    }

    // Takes a node and all wanted nodes that hang on it through wanted nodes.
    private void TakePart(int start)
    {
        var open = new Stack<int>([start]);
        _isInside[start] = true;
        while (open.TryPop(out var node))
        {
            foreach (var other in _network.Neighbors.Of(node))
            {
                if (_isWanted[other] && !_isInside[other])
                {
                    _isInside[other] = true;
                    open.Push(other);
                }
            }
        }
    }

    private int LargestPart(int[] wanted)
    {
        var (best, bestSize) = (wanted[0], 0);
        var seen = new bool[_network.NodeCount];
        foreach (var start in wanted)
        {
            var size = 0;
            var open = new Stack<int>();
            if (!seen[start])
            {
                seen[start] = true;
                open.Push(start);
            }

            while (open.TryPop(out var node))
            {
                size++;
                foreach (var other in _network.Neighbors.Of(node))
                {
                    if (_isWanted[other] && !seen[other])
                    {
                        seen[other] = true;
                        open.Push(other);
                    }
                }
            }

            (best, bestSize) = size > bestSize ? (start, size) : (best, bestSize);
        }

        return best;
    }
}
