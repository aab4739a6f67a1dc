using System.Runtime.InteropServices;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>A sparse matrix and its transpose in native memory.</summary>
internal sealed unsafe class SimdSparseOperand : SparseOperand
{
    private readonly NativeMemoryBlock _rows;
    private readonly NativeMemoryBlock _columns;

    public SimdSparseOperand(CsrMatrix host)
        : base(host)
    {
        var (transpose, edgeOf) = host.Transpose();
        (_rows, ByRow) = Place(host, null);
        (_columns, ByColumn) = Place(transpose, edgeOf);
        LargestDegree = Math.Max(Largest(host), Largest(transpose));
    }

    /// <summary>Edges by the node they end in.</summary>
    public SimdEdges ByRow { get; }

    /// <summary>Edges by the node they come from.</summary>
    public SimdEdges ByColumn { get; }

    /// <summary>Edges of the node with most of them, on either side.</summary>
    public int LargestDegree { get; }

    /// <summary>Edges in the direction of a product.</summary>
    public SimdEdges Edges(bool transpose) => transpose ? ByColumn : ByRow;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _rows.Dispose();
            _columns.Dispose();
        }
    }

    private static int Largest(CsrMatrix matrix)
    {
        var largest = 0;
        for (var i = 0; i < matrix.RowCount; i++)
        {
            largest = Math.Max(largest, matrix.RowOffsets[i + 1] - matrix.RowOffsets[i]);
        }

        return largest;
    }

    private static (NativeMemoryBlock Block, SimdEdges Edges) Place(CsrMatrix matrix, int[]? edgeOf)
    {
        // Room for a whole register behind the last edge, of zeros: loops in steps of sixteen edges need no other end.
        var count = matrix.EdgeCount + Lanes.Count;
        var length = matrix.RowCount + 1 + (4L * count);
        var block = new NativeMemoryBlock(sizeof(int) * length);
        NativeMemory.Clear(block.Start, (nuint)(sizeof(int) * length));
        var offsets = (int*)block.Start;
        var neighbours = offsets + matrix.RowCount + 1;
        var numbers = offsets + matrix.RowCount + 1 + count;
        var owners = numbers + count;
        var weights = (float*)(owners + count);
        matrix.RowOffsets.CopyTo(new Span<int>(offsets, matrix.RowCount + 1));
        matrix.ColumnIndices.CopyTo(new Span<int>(neighbours, count));
        for (var e = 0; e < matrix.EdgeCount; e++)
        {
            numbers[e] = edgeOf is null ? e : edgeOf[e];
            weights[e] = matrix.Values is null ? 1f : matrix.Values[e];
        }

        for (var i = 0; i < matrix.RowCount; i++)
        {
            new Span<int>(owners + matrix.RowOffsets[i], matrix.RowOffsets[i + 1] - matrix.RowOffsets[i]).Fill(i);
        }

        return (block, new SimdEdges(offsets, neighbours, owners, numbers, weights, matrix.RowCount, matrix.ColumnCount));
    }
}

/// <summary>Edges in one direction.</summary>
/// <param name="offsets">First edge of each node, shape [nodes + 1].</param>
/// <param name="neighbours">The node at the other end, shape [edges].</param>
/// <param name="owners">The node itself, shape [edges].</param>
/// <param name="numbers">Number of the edge in the order of the host matrix, shape [edges].</param>
/// <param name="weights">Shape [edges].</param>
/// <param name="nodeCount">Nodes on this side.</param>
/// <param name="neighbourCount">Nodes on the other side.</param>
internal readonly unsafe struct SimdEdges(int* offsets, int* neighbours, int* owners, int* numbers, float* weights, int nodeCount, int neighbourCount)
{
    public int* Offsets => offsets;

    public int* Neighbours => neighbours;

    public int* Owners => owners;

    public int* Numbers => numbers;

    public float* Weights => weights;

    public int NodeCount => nodeCount;

    public int NeighbourCount => neighbourCount;
}
