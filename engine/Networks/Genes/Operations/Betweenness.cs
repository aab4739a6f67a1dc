namespace DigitalTwin.Networks.Genes.Operations;

/// <summary>How often a node lies on shortest paths between others.</summary>
public static class Betweenness
{
    // Sums are taken in this many parts whatever the number of threads, so that they repeat bit for bit.
    private const int PartCount = 32;

    /// <summary>Betweenness of each node, shape [nodes]: the sum over pairs of other nodes of the share of their shortest paths that pass it. Every edge counts as one
    /// step, and several between the same nodes as one.</summary>
    /// <param name="network">Any network with edges.</param>
    /// <param name="isDirected">Follow edges from source to target only, and count ordered pairs; else direction is left aside and each pair counts once.</param>
    /// <exception cref="NoEdgesException">The network has no edges.</exception>
    /// <remarks>Source: [Brandes2001] algorithm 1. Cost O(nodes x edges), over all cores. QuikGraph has no betweenness.</remarks>
    public static double[] Of(GeneNetwork network, bool isDirected = false)
    {
        ArgumentNullException.ThrowIfNull(network);
        network.RequireEdges("Betweenness");
        var next = FlowLists.Of(network, isDirected ? EdgeFollowing.Downstream : EdgeFollowing.Any);
        var parts = new double[PartCount][];
        Parallel.For(0, PartCount, part =>
        {
            var sweep = new Sweep(next);
            for (var source = part; source < next.Length; source += PartCount)
            {
                sweep.AddFrom(source);
            }

            parts[part] = sweep.Sums;
        });

        var betweenness = new double[next.Length];
        foreach (var part in parts)
        {
            for (var i = 0; i < betweenness.Length; i++)
            {
                betweenness[i] += part[i];
            }
        }

        return isDirected ? betweenness : Array.ConvertAll(betweenness, b => b / 2);
    }

    // Counts shortest paths outwards from one source, then gathers dependencies on the way back.
    private sealed class Sweep(int[][] next)
    {
        private readonly int[] _distance = new int[next.Length];
        private readonly double[] _pathCount = new double[next.Length];
        private readonly double[] _dependency = new double[next.Length];
        private readonly int[] _order = new int[next.Length];

        public double[] Sums { get; } = new double[next.Length];

        public void AddFrom(int source)
        {
            Array.Fill(_distance, -1);
            (_distance[source], _pathCount[source], _order[0]) = (0, 1, source);
            var found = 1;
            for (var k = 0; k < found; k++)
            {
                var node = _order[k];
                _dependency[node] = 0;
                foreach (var other in next[node])
                {
                    if (_distance[other] < 0)
                    {
                        (_distance[other], _pathCount[other]) = (_distance[node] + 1, 0);
                        _order[found++] = other;
                    }

                    if (_distance[other] == _distance[node] + 1)
                    {
                        _pathCount[other] += _pathCount[node];
                    }
                }
            }

            for (var k = found - 1; k > 0; k--)
            {
                GatherInto(_order[k]);
                Sums[_order[k]] += _dependency[_order[k]];
            }
        }

        private void GatherInto(int node)
        {
            foreach (var other in next[node])
            {
                if (_distance[other] == _distance[node] + 1)
                {
                    _dependency[node] += _pathCount[node] / _pathCount[other] * (1 + _dependency[other]);
                }
            }
        }
    }
}
