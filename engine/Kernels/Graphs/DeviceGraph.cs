using DigitalTwin.Numerics.Compute;
using ILGPU;
using ILGPU.Runtime;

namespace DigitalTwin.Kernels.Graphs;

/// <summary>One direction of a graph as a kernel sees it: for each target the edges that end there.</summary>
internal struct GraphSide
{
    /// <summary>First edge of each target, [targets + 1].</summary>
    public ArrayView<int> Offsets;

    /// <summary>Where each edge comes from, [edges].</summary>
    public ArrayView<int> Sources;

    /// <summary>Number of each edge in the order of the host matrix, [edges].</summary>
    public ArrayView<int> EdgeOf;

    /// <summary>Weight of each edge, in this order, [edges]; read where <see cref="HasWeights"/>.</summary>
    public ArrayView<float> Weights;

    /// <summary>Targets, those with many edges first, then as they are numbered, [targets].</summary>
    public ArrayView<int> Order;
    public int TargetCount;
    public int SourceCount;
    public int EdgeCount;

    /// <summary>How many targets have many edges.</summary>
    public int LongCount;
    public int HasWeights;
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

    /// <summary>Row of each edge, [edges].</summary>
    public ArrayView<int> RowOfEdge { get; }

    /// <summary>Column of each edge, [edges].</summary>
    public ArrayView<int> ColumnOfEdge { get; }

    public Accelerator Accelerator => _accelerator;

    /// <summary>The side whose sources are edges instead of nodes and whose weights are 1: sums edges at nodes.</summary>
    public static GraphSide OverEdges(GraphSide side)
    {
        (side.Sources, side.SourceCount, side.HasWeights) = (side.EdgeOf, side.EdgeCount, 0);
        return side;
    }

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
            Weights = Place(matrix.Values ?? [0f]),
            Order = Place(order),
            TargetCount = matrix.RowCount,
            SourceCount = matrix.ColumnCount,
            EdgeCount = matrix.EdgeCount,
            LongCount = targets.Count(IsLong),
            HasWeights = matrix.Values is null ? 0 : 1,
        };
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
