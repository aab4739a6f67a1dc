using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Numerics.Compute.Parity;

/// <summary>Graphs at which kernels break: none or one edge, a hub, empty rows, more rows than columns, heavy tails.</summary>
public static class ParityGraphs
{
    /// <summary>Each with a name; <paramref name="hubDegree"/> is the degree of the hubs.</summary>
    public static IEnumerable<(string Name, CsrMatrix Graph)> All(int hubDegree)
    {
        yield return ("no edges", new CsrMatrix(5, 4, new int[6], []));
        yield return ("no nodes", new CsrMatrix(0, 0, [0], []));
        yield return ("one edge", new CsrMatrix(1, 1, [0, 1], [0]));
        yield return ("selection", CsrMatrix.Selection([4, 0, 4, 2, 4, 1, 0], 6));
        yield return ("segments", CsrMatrix.Segments([0, 3, 3, 4, 11]));
        yield return ("hub", Hub(hubDegree));
        yield return ("heavy tail", HeavyTail(hubDegree / 2, 6));
    }

    /// <summary>Node 0 hears from all, all others only from node 0, and the last node from none.</summary>
    public static CsrMatrix Hub(int degree)
    {
        var rows = new List<int>[degree + 1];
        for (var i = 0; i <= degree; i++)
        {
            rows[i] = i == 0 ? [.. Enumerable.Range(0, degree)] : i < degree ? [0] : [];
        }

        return FromRows(rows, degree);
    }

    /// <summary>Nodes whose in-degree falls off as a power of their rank, each hearing from nodes that are more often of low rank.</summary>
    public static CsrMatrix HeavyTail(int nodes, int meanDegree)
    {
        var stream = new RandomStream(new StreamKey(7, (ulong)nodes, 0, 0, RandomPurpose.Permutation));
        var rows = new List<int>[nodes];
        for (var i = 0; i < nodes; i++)
        {
            var degree = Math.Min(nodes, (int)(meanDegree * 0.5 / Math.Pow(stream.NextOpenDouble(), 0.5)));
            var neighbours = new SortedSet<int>();
            for (var k = 0; k < degree; k++)
            {
                neighbours.Add((int)(nodes * stream.NextDouble() * stream.NextDouble()));
            }

            rows[i] = [.. neighbours];
        }

        return FromRows(rows, nodes);
    }

    private static CsrMatrix FromRows(List<int>[] rows, int columnCount)
    {
        var offsets = new int[rows.Length + 1];
        for (var i = 0; i < rows.Length; i++)
        {
            offsets[i + 1] = offsets[i] + rows[i].Count;
        }

        return new CsrMatrix(rows.Length, columnCount, offsets, [.. rows.SelectMany(r => r)]);
    }
}
