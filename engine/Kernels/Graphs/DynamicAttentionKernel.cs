// Gradient of dynamic attention in its attention vector: sum over patients and edges of score gradient * leaky(row side + column side).
//   thread    one cell of features; each part of a group takes every n-th edge of the group's run of edges
//   memory    patients * edges are cut into runs, one a group; each writes one row of partial sums [groups, features], which ColumnReduceKernel joins
//   numbers   float; runs follow from the shape alone, parts are joined by a fixed tree
//   limits    edges below 2^31, patients * edges in 64 bits
//   checked   tests/Engine/Kernels/ParityTests.cs
using DigitalTwin.Kernels.Arithmetic;
using ILGPU;

namespace DigitalTwin.Kernels.Graphs;

internal struct DynamicAttentionArguments
{
    public ArrayView<int> RowOfEdge;
    public ArrayView<int> ColumnOfEdge;
    public DeviceMatrix RowSide;
    public DeviceMatrix ColumnSide;

    /// <summary>Gradient of each score, [patients * edges, heads].</summary>
    public DeviceMatrix ScoreGradients;

    /// <summary>[groups, features].</summary>
    public DeviceMatrix Output;
    public float NegativeSlope;
    public int RowCount;
    public int ColumnCount;
    public int EdgeCount;
    public int HeadWidth;
    public int Lanes;
    public int LanesLog2;
    public int PanelCount;
    public long EdgesPerGroup;
    public long Count;
}

internal static class DynamicAttentionKernel
{
    public static void Gradient<TCell>(DynamicAttentionArguments a)
        where TCell : unmanaged, ICell<TCell>
    {
        var shared = SharedMemory.Allocate<TCell>(GroupReduction.MaximumThreads);
        var group = Grid.IdxX / a.PanelCount;
        var panel = Grid.IdxX - (group * a.PanelCount);
        var part = Group.IdxX >> a.LanesLog2;
        var parts = Group.DimX >> a.LanesLog2;
        var lane = Group.IdxX & (a.Lanes - 1);
        var feature = ((panel * a.Lanes) + lane) * TCell.Width;
        var sum = TCell.Of(0f);
        if (feature < a.RowSide.Columns)
        {
            var head = feature / a.HeadWidth;
            var place = (group * a.EdgesPerGroup) + part;
            var end = (group + 1L) * a.EdgesPerGroup;
            end = end < a.Count ? end : a.Count;
            var patient = (int)(place / a.EdgeCount);
            var edge = (int)(place - ((long)patient * a.EdgeCount));
            for (; place < end; place += parts)
            {
                var row = (patient * a.RowCount) + a.RowOfEdge[edge];
                var column = (patient * a.ColumnCount) + a.ColumnOfEdge[edge];
                var x = TCell.Load(a.RowSide.Data, a.RowSide.At(row, feature));
                var y = TCell.Load(a.ColumnSide.Data, a.ColumnSide.At(column, feature));
                sum = TCell.MultiplyAdd(a.ScoreGradients.Get((patient * a.EdgeCount) + edge, head), TCell.Leaky(x + y, a.NegativeSlope), sum);
                edge += parts;
                while (edge >= a.EdgeCount)
                {
                    edge -= a.EdgeCount;
                    patient++;
                }
            }
        }

        for (var step = 1; step < parts; step <<= 1)
        {
            shared[Group.IdxX] = sum;
            Group.Barrier();
            var partner = shared[((part ^ step) << a.LanesLog2) + lane];
            sum = (part & step) == 0 ? sum + partner : partner + sum;
            Group.Barrier();
        }

        if (part == 0 && feature < a.RowSide.Columns)
        {
            TCell.Store(a.Output.Data, a.Output.At(group, feature), sum);
        }
    }
}
