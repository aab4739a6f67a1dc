using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>Gradient of dynamic graph attention of one patient and head: first by receiver (gradients of scores, of the row side, of the attention vector),
/// then by sender (gradient of the column side).</summary>
internal readonly unsafe struct DynamicAttentionBackwardWork<TTerms>(
    SimdBackend backend, DynamicGraphAttentionArguments arguments, DynamicGraphAttentionGradients gradients, SimdEdges edges, TTerms terms, int headCount, bool byRow)
    : IParallelWork
    where TTerms : unmanaged, IEdgeTerms
{
    private readonly SimdEdges _edges = edges;
    private readonly TTerms _terms = terms;
    private readonly int _headCount = headCount;
    private readonly bool _byRow = byRow;
    private readonly int _width = arguments.ColumnSide.Columns / headCount;
    private readonly int _edgeCount = arguments.Graph.EdgeCount;
    private readonly float _negativeSlope = arguments.NegativeSlope;
    private readonly bool _accumulateRowSide = gradients.AccumulateRowSide;
    private readonly bool _accumulateColumnSide = gradients.AccumulateColumnSide;
    private readonly Rows _rowSide = backend.RowsOf(arguments.RowSide);
    private readonly Rows _columnSide = backend.RowsOf(arguments.ColumnSide);
    private readonly Rows _attention = backend.RowsOf(arguments.Attention);
    private readonly Rows _weights = backend.RowsOf(arguments.Weights);
    private readonly Rows _outputGradient = backend.RowsOf(gradients.Output);
    private readonly Rows _rowSideGradient = backend.RowsOf(gradients.RowSide);
    private readonly Rows _columnSideGradient = backend.RowsOf(gradients.ColumnSide);
    private readonly Rows _scoreGradient = backend.RowsOf(gradients.EdgeScratch);

    public ScratchParts Scratch { private get; init; }

    /// <summary>Gradient of the attention vector, one part for each item.</summary>
    public float* Sums { private get; init; }

    /// <summary>Numbers of scratch for each worker.</summary>
    public static long ScratchLength(SimdEdges byRow, SimdEdges byColumn, int padded) =>
        (Math.Max(byRow.NeighbourCount, 2L * byColumn.NeighbourCount) + 4L) * padded;

    public void Execute(int item, int worker)
    {
        if (_byRow)
        {
            ByReceiver(item, Scratch[worker]);
        }
        else
        {
            BySender(item, Scratch[worker]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ByReceiver(int item, float* scratch)
    {
        var (patient, head) = (item / _headCount, item % _headCount);
        var (padded, first) = (Lanes.Padded(_width), head * _width);
        var panel = scratch + (4 * padded);
        var own = scratch;
        var gradient = scratch + padded;
        var attention = scratch + (2 * padded);
        var sum = Sums + ((long)item * padded);
        NeighborSum.Pack(_columnSide[(long)patient * _edges.NeighbourCount] + first, _columnSide.Stride, _edges.NeighbourCount, _width, padded, panel);
        NeighborSum.Pack(_attention.Start + first, 0, 1, _width, padded, attention);
        new Span<float>(sum, padded).Clear();
        for (var node = 0; node < _edges.NodeCount; node++)
        {
            var row = ((long)patient * _edges.NodeCount) + node;
            var (at, count) = (_edges.Offsets[node], _edges.Offsets[node + 1] - _edges.Offsets[node]);
            NeighborSum.Pack(_rowSide[row] + first, 0, 1, _width, padded, own);
            NeighborSum.Pack(_outputGradient[row] + first, 0, 1, _width, padded, gradient);
            var firstEdge = ((long)patient * _edgeCount) + at;
            ScoreGradients(at, count, firstEdge, head, panel, padded, gradient);
            for (var c = 0; c < _width; c += Lanes.Count)
            {
                var (dOwn, dAttention) = (Vector512<float>.Zero, Vector512.Load(sum + c));
                for (var k = 0; k < count; k++)
                {
                    var ofNodes = Vector512.Load(own + c) + Vector512.Load(panel + ((long)_edges.Neighbours[at + k] * padded) + c);
                    var raw = _terms.AddTo(ofNodes, at + k, first + c, _width - c);
                    var (slope, score) = (Slope(raw), Vector512.Create(_scoreGradient[firstEdge + k][head]));
                    dOwn = Vector512.FusedMultiplyAdd(score, slope, dOwn);
                    dAttention = Vector512.FusedMultiplyAdd(score, raw * slope, dAttention);
                }

                dAttention.Store(sum + c);
                dOwn *= Vector512.Load(attention + c);
                var to = _rowSideGradient[row] + first + c;
                Lanes.Store(_accumulateRowSide ? Lanes.Load(to, _width - c) + dOwn : dOwn, to, _width - c);
            }
        }
    }

    /// <summary>Gradient of the score of each edge of a receiver: through the weighted sum, then through the softmax.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ScoreGradients(int at, int count, long firstEdge, int head, float* panel, int padded, float* gradient)
    {
        var mean = 0f;
        for (var k = 0; k < count; k++)
        {
            var other = panel + ((long)_edges.Neighbours[at + k] * padded);
            var product = Vector512<float>.Zero;
            for (var c = 0; c < padded; c += Lanes.Count)
            {
                product = Vector512.FusedMultiplyAdd(Vector512.Load(gradient + c), Vector512.Load(other + c), product);
            }

            var ofWeight = Lanes.Sum(product);
            _scoreGradient[firstEdge + k][head] = ofWeight;
            mean += _weights[firstEdge + k][head] * ofWeight;
        }

        for (var k = 0; k < count; k++)
        {
            _scoreGradient[firstEdge + k][head] = _weights[firstEdge + k][head] * (_scoreGradient[firstEdge + k][head] - mean);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BySender(int item, float* scratch)
    {
        var (patient, head) = (item / _headCount, item % _headCount);
        var (padded, first) = (Lanes.Padded(_width), head * _width);
        var own = scratch;
        var attention = scratch + padded;
        var gradients = scratch + (4 * padded);
        var rows = gradients + ((long)_edges.NeighbourCount * padded);
        var firstRow = (long)patient * _edges.NeighbourCount;
        NeighborSum.Pack(_outputGradient[firstRow] + first, _outputGradient.Stride, _edges.NeighbourCount, _width, padded, gradients);
        NeighborSum.Pack(_rowSide[firstRow] + first, _rowSide.Stride, _edges.NeighbourCount, _width, padded, rows);
        NeighborSum.Pack(_attention.Start + first, 0, 1, _width, padded, attention);
        for (var node = 0; node < _edges.NodeCount; node++)
        {
            var column = ((long)patient * _edges.NodeCount) + node;
            NeighborSum.Pack(_columnSide[column] + first, 0, 1, _width, padded, own);
            for (var c = 0; c < _width; c += Lanes.Count)
            {
                var (ofSum, ofScore) = (Vector512<float>.Zero, Vector512<float>.Zero);
                for (var at = _edges.Offsets[node]; at < _edges.Offsets[node + 1]; at++)
                {
                    var edge = ((long)patient * _edgeCount) + _edges.Numbers[at];
                    var from = ((long)_edges.Neighbours[at] * padded) + c;
                    ofSum = Vector512.FusedMultiplyAdd(Vector512.Create(_weights[edge][head]), Vector512.Load(gradients + from), ofSum);
                    var raw = _terms.AddTo(Vector512.Load(own + c) + Vector512.Load(rows + from), at, first + c, _width - c);
                    ofScore = Vector512.FusedMultiplyAdd(Vector512.Create(_scoreGradient[edge][head]), Slope(raw), ofScore);
                }

                var gradient = Vector512.FusedMultiplyAdd(Vector512.Load(attention + c), ofScore, ofSum);
                var to = _columnSideGradient[column] + first + c;
                Lanes.Store(_accumulateColumnSide ? Lanes.Load(to, _width - c) + gradient : gradient, to, _width - c);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<float> Slope(Vector512<float> raw) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(raw, Vector512<float>.Zero), Vector512<float>.One, Vector512.Create(_negativeSlope));
}
