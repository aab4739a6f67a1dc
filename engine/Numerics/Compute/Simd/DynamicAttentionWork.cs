using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>Dynamic graph attention (GATv2) of one patient and head.</summary>
internal readonly unsafe struct DynamicAttentionWork<TTerms>(SimdBackend backend, DynamicGraphAttentionArguments arguments, SimdEdges edges, TTerms terms, int headCount)
    : IParallelWork
    where TTerms : unmanaged, IEdgeTerms
{
    private readonly SimdEdges _edges = edges;
    private readonly TTerms _terms = terms;
    private readonly int _headCount = headCount;
    private readonly int _width = arguments.ColumnSide.Columns / headCount;
    private readonly int _edgeCount = arguments.Graph.EdgeCount;
    private readonly float _negativeSlope = arguments.NegativeSlope;
    private readonly Rows _rowSide = backend.RowsOf(arguments.RowSide);
    private readonly Rows _columnSide = backend.RowsOf(arguments.ColumnSide);
    private readonly Rows _attention = backend.RowsOf(arguments.Attention);
    private readonly Rows _output = backend.RowsOf(arguments.Output);
    private readonly Rows _weights = backend.RowsOf(arguments.Weights);

    public ScratchParts Scratch { private get; init; }

    /// <summary>Numbers of scratch for each worker.</summary>
    public static long ScratchLength(SimdEdges edges, int largestDegree, int headWidth) =>
        ((edges.NeighbourCount + 2L) * Lanes.Padded(headWidth)) + largestDegree + (4 * Lanes.Count);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Execute(int item, int worker)
    {
        var (patient, head) = (item / _headCount, item % _headCount);
        var padded = Lanes.Padded(_width);
        var panel = Scratch[worker];
        var first = head * _width;
        var own = panel + ((long)_edges.NeighbourCount * padded);
        var attention = own + padded;
        var scores = own + (2 * padded);
        NeighborSum.Pack(_columnSide[(long)patient * _edges.NeighbourCount] + first, _columnSide.Stride, _edges.NeighbourCount, _width, padded, panel);
        NeighborSum.Pack(_attention.Start + first, 0, 1, _width, padded, attention);
        for (var node = 0; node < _edges.NodeCount; node++)
        {
            var row = ((long)patient * _edges.NodeCount) + node;
            var (at, count) = (_edges.Offsets[node], _edges.Offsets[node + 1] - _edges.Offsets[node]);
            NeighborSum.Pack(_rowSide[row] + first, 0, 1, _width, padded, own);
            for (var k = 0; k < count; k++)
            {
                scores[k] = Score(own, panel + ((long)_edges.Neighbours[at + k] * padded), attention, at + k, first);
            }

            Vector512.Create(float.NegativeInfinity).Store(scores + count);
            SoftmaxWork.Normalise(scores, count);
            for (var k = 0; k < count; k++)
            {
                _weights[((long)patient * _edgeCount) + at + k][head] = scores[k];
            }

            for (var c = 0; c < _width; c += Lanes.Count)
            {
                var sum = Vector512<float>.Zero;
                for (var k = 0; k < count; k++)
                {
                    sum = Vector512.FusedMultiplyAdd(Vector512.Create(scores[k]), Vector512.Load(panel + ((long)_edges.Neighbours[at + k] * padded) + c), sum);
                }

                Lanes.Store(sum, _output[row] + first + c, _width - c);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float Score(float* own, float* other, float* attention, int place, int first)
    {
        var sum = Vector512<float>.Zero;
        for (var c = 0; c < _width; c += Lanes.Count)
        {
            var raw = _terms.AddTo(Vector512.Load(own + c) + Vector512.Load(other + c), place, first + c, _width - c);
            var leaky = Vector512.ConditionalSelect(Vector512.GreaterThan(raw, Vector512<float>.Zero), raw, raw * Vector512.Create(_negativeSlope));
            sum = Vector512.FusedMultiplyAdd(Vector512.Load(attention + c), leaky, sum);
        }

        return Lanes.Sum(sum);
    }
}
