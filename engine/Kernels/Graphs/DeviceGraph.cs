using DigitalTwin.Numerics.Compute;
using ILGPU;
using ILGPU.Runtime;

namespace DigitalTwin.Kernels.Graphs;

/// <summary>Where an edge comes from, and its weight as bits, so that both are read at once.</summary>
internal struct EdgeLink(int source, float weight)
{
    public int Source = source;
    public int WeightBits = BitConverter.SingleToInt32Bits(weight);
}

/// <summary>One direction of a graph as a kernel sees it: for each target the edges that end there.</summary>
internal struct GraphSide
{
    /// <summary>First edge of each target, [targets + 1].</summary>
    public ArrayView<int> Offsets;

    /// <summary>Where each edge comes from, [edges].</summary>
    public ArrayView<int> Sources;

    /// <summary>Number of each edge in the order of the host matrix, [edges].</summary>
    public ArrayView<int> EdgeOf;

    /// <summary>Source and weight of each edge as one 8-byte access, [edges].</summary>
    public ArrayView<EdgeLink> Links;

    /// <summary>Targets, those with many edges first, then as they are numbered, [targets].</summary>
    public ArrayView<int> Order;
    public int TargetCount;
    public int SourceCount;
    public int EdgeCount;

    /// <summary>How many targets have many edges.</summary>
    public int LongCount;
}

/// <summary>A sparse matrix on a device: its rows and its columns as lists of edges.</summary>
internal sealed class DeviceGraph : SparseOperand
{
    private readonly List<MemoryBuffer> _owned = [];
    private readonly Accelerator _accelerator;

    public DeviceGraph(Accelerator accelerator, CsrMatrix host, int longRowEdges)
        : base(host)
    {
        _accelerator = accelerator;
        var (transpose, edgeOf) = host.Transpose();
        int[] identity = [.. Enumerable.Range(0, host.EdgeCount)];
        try
        {
            Rows = Upload(host, identity, longRowEdges);
            Columns = Upload(transpose, edgeOf, longRowEdges);
            RowsOverEdges = OverEdges(Rows, identity);
            ColumnsOverEdges = OverEdges(Columns, edgeOf);
            RowOfEdge = Place(RowsOf(host));
            ColumnOfEdge = Rows.Sources;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Targets are rows.</summary>
    public GraphSide Rows { get; }

    /// <summary>Targets are columns: the transpose.</summary>
    public GraphSide Columns { get; }

    /// <summary>Targets are rows, sources are edges instead of nodes, and weights are 1: sums edges at nodes.</summary>
    public GraphSide RowsOverEdges { get; }

    /// <summary>As <see cref="RowsOverEdges"/>, for columns.</summary>
    public GraphSide ColumnsOverEdges { get; }

    /// <summary>Row of each edge, [edges].</summary>
    public ArrayView<int> RowOfEdge { get; }

    /// <summary>Column of each edge, [edges].</summary>
    public ArrayView<int> ColumnOfEdge { get; }

    public Accelerator Accelerator => _accelerator;

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_accelerator.IsDisposed)
        {
            foreach (var buffer in _owned)
            {
                buffer.Dispose();
            }
        }

        _owned.Clear();
    }

    private static int[] RowsOf(CsrMatrix matrix)
    {
        var rows = new int[matrix.EdgeCount];
        for (var i = 0; i < matrix.RowCount; i++)
        {
            rows.AsSpan(matrix.RowOffsets[i]..matrix.RowOffsets[i + 1]).Fill(i);
        }

        return rows;
    }

    private GraphSide Upload(CsrMatrix matrix, int[] edgeOf, int longRowEdges)
    {
        bool IsLong(int i) => matrix.RowOffsets[i + 1] - matrix.RowOffsets[i] > longRowEdges;
        var targets = Enumerable.Range(0, matrix.RowCount);
        int[] order = [.. targets.Where(IsLong), .. targets.Where(i => !IsLong(i))];
        return new GraphSide
        {
            Offsets = Place(matrix.RowOffsets),
            Sources = Place(matrix.ColumnIndices),
            EdgeOf = Place(edgeOf),
            Links = Place(LinksOf(matrix.ColumnIndices, matrix.Values)),
            Order = Place(order),
            TargetCount = matrix.RowCount,
            SourceCount = matrix.ColumnCount,
            EdgeCount = matrix.EdgeCount,
            LongCount = targets.Count(IsLong),
        };
    }

    private GraphSide OverEdges(GraphSide side, int[] edgeOf)
    {
        (side.Sources, side.SourceCount, side.Links) = (side.EdgeOf, side.EdgeCount, Place(LinksOf(edgeOf, null)));
        return side;
    }

    private static EdgeLink[] LinksOf(int[] sources, float[]? weights)
    {
        var links = new EdgeLink[sources.Length];
        for (var e = 0; e < links.Length; e++)
        {
            links[e] = new EdgeLink(sources[e], weights?[e] ?? 1f);
        }

        return links;
    }

    /// <summary>A copy on the device; nothing becomes one zero, so that every view is of real memory.</summary>
    private ArrayView<T> Place<T>(T[] numbers)
        where T : unmanaged
    {
        var buffer = _accelerator.Allocate1D(numbers.Length == 0 ? new T[1] : numbers);
        _owned.Add(buffer);
        return buffer.View.BaseView;
    }
}
