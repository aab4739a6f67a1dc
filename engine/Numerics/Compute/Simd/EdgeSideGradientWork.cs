using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>Adds the gradient of the edge side of dynamic attention, summed over patients, for a block of edges.</summary>
/// <remarks>An item owns the rows of its edges and takes patient after patient, so that its sums stay in the cache and their order is that of the patients
/// however many threads there are.</remarks>
internal readonly unsafe struct EdgeSideGradientWork(
    SimdBackend backend, DynamicGraphAttentionArguments arguments, DynamicGraphAttentionGradients gradients, SimdEdges byRow, int patientCount, int headCount) : IParallelWork
{
    private const int EdgesOfItem = 512;

    private readonly SimdEdges _edges = byRow;
    private readonly int _patientCount = patientCount;
    private readonly int _headCount = headCount;
    private readonly int _width = arguments.ColumnSide.Columns / headCount;
    private readonly int _edgeCount = arguments.Graph.EdgeCount;
    private readonly float _negativeSlope = arguments.NegativeSlope;
    private readonly Rows _rowSide = backend.RowsOf(arguments.RowSide);
    private readonly Rows _columnSide = backend.RowsOf(arguments.ColumnSide);
    private readonly Rows _attention = backend.RowsOf(arguments.Attention);
    private readonly Rows _edgeSide = backend.RowsOf(arguments.EdgeSide!.Value);
    private readonly Rows _scoreGradient = backend.RowsOf(gradients.EdgeScratch);
    private readonly Rows _edgeSideGradient = backend.RowsOf(gradients.EdgeSide!.Value);

    public int ItemCount => (_edgeCount + EdgesOfItem - 1) / EdgesOfItem;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Execute(int item, int worker)
    {
        var first = item * EdgesOfItem;
        var end = Math.Min(_edgeCount, first + EdgesOfItem);
        for (var patient = 0; patient < _patientCount; patient++)
        {
            for (var e = first; e < end; e++)
            {
                Add(patient, e);
            }
        }
    }

    /// <summary>Adds what one patient gives to an edge. By row, edges stand in the order of the host.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(int patient, int edge)
    {
        var row = _rowSide[((long)patient * _edges.NodeCount) + _edges.Owners[edge]];
        var column = _columnSide[((long)patient * _edges.NeighbourCount) + _edges.Neighbours[edge]];
        var scores = _scoreGradient[((long)patient * _edgeCount) + edge];
        var own = _edgeSide[edge];
        var to = _edgeSideGradient[edge];
        for (var h = 0; h < _headCount; h++)
        {
            var score = Vector512.Create(scores[h]);
            for (var c = 0; c < _width; c += Lanes.Count)
            {
                var (at, count) = ((h * _width) + c, _width - c);
                var raw = Lanes.Load(row + at, count) + Lanes.Load(column + at, count) + Lanes.Load(own + at, count);
                var slope = Vector512.ConditionalSelect(Vector512.GreaterThan(raw, Vector512<float>.Zero), Vector512<float>.One, Vector512.Create(_negativeSlope));
                var sum = Vector512.FusedMultiplyAdd(score * slope, Lanes.Load(_attention.Start + at, count), Lanes.Load(to + at, count));
                Lanes.Store(sum, to + at, count);
            }
        }
    }
}
