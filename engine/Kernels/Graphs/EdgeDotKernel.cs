// edges[p, e, h] (+)= the sum over the features of head h of a term of both ends of e.
//   thread    one of a power of two of neighbouring threads that share an edge and head; joined by warp shuffles, or alone where the device has none
//   memory    the ends of neighbouring edges share rows, which stay in cache; features are read as cells
//   numbers   float; threads of an edge take every n-th cell and are joined by a fixed tree
//   limits    edges * heads * lanes of a patient below 2^31
//   checked   tests/Engine/Kernels/ParityTests.cs
using DigitalTwin.Kernels.Arithmetic;
using ILGPU;

namespace DigitalTwin.Kernels.Graphs;

internal struct EdgeDotArguments
{
    public ArrayView<int> RowOfEdge;
    public ArrayView<int> ColumnOfEdge;
    public DeviceMatrix RowSide;
    public DeviceMatrix ColumnSide;

    /// <summary>[1, features], read by <see cref="DynamicScoreTerm"/>.</summary>
    public DeviceMatrix Attention;

    /// <summary>[patients * edges, heads].</summary>
    public DeviceMatrix Edges;
    public float NegativeSlope;
    public int RowCount;
    public int ColumnCount;
    public int EdgeCount;
    public int HeadWidth;
    public int Accumulate;
    public int LanesLog2;
    public int GroupsPerPatient;
}

/// <summary>What is summed.</summary>
internal interface IEndsTerm
{
    static abstract TCell Of<TCell>(EdgeDotArguments a, TCell row, TCell column, int feature)
        where TCell : unmanaged, ICell<TCell>;
}

internal readonly struct InnerProductTerm : IEndsTerm
{
    static TCell IEndsTerm.Of<TCell>(EdgeDotArguments a, TCell row, TCell column, int feature) => row * column;
}

internal readonly struct DynamicScoreTerm : IEndsTerm
{
    static TCell IEndsTerm.Of<TCell>(EdgeDotArguments a, TCell row, TCell column, int feature) =>
        TCell.Load(a.Attention.Data, feature) * TCell.Leaky(row + column, a.NegativeSlope);
}

/// <summary>How the threads of an edge come together.</summary>
internal interface ILaneSum
{
    static abstract float Of(float value, int lanesLog2);
}

/// <summary>One thread an edge and head.</summary>
internal readonly struct AloneSum : ILaneSum
{
    public static float Of(float value, int lanesLog2) => value;
}

/// <summary>Exchange of registers within a warp; every thread of the warp takes part.</summary>
internal readonly struct WarpSum : ILaneSum
{
    public static float Of(float value, int lanesLog2)
    {
        for (var step = 1; step < 1 << lanesLog2; step <<= 1)
        {
            value += Warp.ShuffleXor(value, step);
        }

        return value;
    }
}

internal static class EdgeDotKernel
{
    public static void Run<TCell, TTerm, TSum>(EdgeDotArguments a)
        where TCell : unmanaged, ICell<TCell>
        where TTerm : struct, IEndsTerm
        where TSum : struct, ILaneSum
    {
        var patient = Grid.IdxX / a.GroupsPerPatient;
        var thread = ((Grid.IdxX - (patient * a.GroupsPerPatient)) * Group.DimX) + Group.IdxX;
        var item = thread >> a.LanesLog2;
        var lane = thread & ((1 << a.LanesLog2) - 1);
        var edge = item / a.Edges.Columns;
        var head = item - (edge * a.Edges.Columns);
        var sum = TCell.Of(0f);
        if (edge < a.EdgeCount)
        {
            var row = (patient * a.RowCount) + a.RowOfEdge[edge];
            var column = (patient * a.ColumnCount) + a.ColumnOfEdge[edge];
            var end = (head + 1) * a.HeadWidth;
            for (var feature = (head * a.HeadWidth) + (lane * TCell.Width); feature < end; feature += TCell.Width << a.LanesLog2)
            {
                var x = TCell.Load(a.RowSide.Data, a.RowSide.At(row, feature));
                var y = TCell.Load(a.ColumnSide.Data, a.ColumnSide.At(column, feature));
                sum += TTerm.Of(a, x, y, feature);
            }
        }

        var total = TSum.Of(TCell.Sum(sum), a.LanesLog2);
        if (lane == 0 && edge < a.EdgeCount)
        {
            a.Edges.Put((patient * a.EdgeCount) + edge, head, total, a.Accumulate);
        }
    }
}
