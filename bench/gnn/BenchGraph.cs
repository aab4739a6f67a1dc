using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Bench.Gnn;

/// <summary>The graph that all sides are timed on: 10,000 nodes, about 200,000 edges, degrees with a heavy tail on both sides, in an order that says nothing.</summary>
internal static class BenchGraph
{
    public const int NodeCount = 10_000;
    private const double DegreeScale = 10.3;

    public static CsrMatrix Make()
    {
        var stream = new RandomStream(new StreamKey(1, 0, 0, 0, RandomPurpose.Permutation));
        var place = Enumerable.Range(0, NodeCount).OrderBy(_ => stream.NextDouble()).ToArray();
        var rows = new int[NodeCount][];
        for (var i = 0; i < NodeCount; i++)
        {
            var degree = Math.Min(NodeCount / 2, (int)(DegreeScale / Math.Sqrt(stream.NextOpenDouble())));
            rows[place[i]] = [.. Enumerable.Range(0, degree).Select(_ => place[(int)(NodeCount * stream.NextDouble() * stream.NextDouble())]).Distinct().Order()];
        }

        var offsets = new int[NodeCount + 1];
        for (var i = 0; i < NodeCount; i++)
        {
            offsets[i + 1] = offsets[i] + rows[i].Length;
        }

        int[] columns = [.. rows.SelectMany(r => r)];
        return new CsrMatrix(NodeCount, NodeCount, offsets, columns, Array.ConvertAll(columns, _ => (float)(0.01 + (0.1 * stream.NextDouble()))));
    }

    /// <summary>Nodes and edges as int32, then offsets, columns (int32) and weights (float32), little-endian.</summary>
    public static void Write(CsrMatrix graph, string path)
    {
        using var writer = new BinaryWriter(File.Create(path));
        writer.Write(graph.RowCount);
        writer.Write(graph.EdgeCount);
        Array.ForEach(graph.RowOffsets, writer.Write);
        Array.ForEach(graph.ColumnIndices, writer.Write);
        Array.ForEach(graph.Values!, writer.Write);
    }
}
