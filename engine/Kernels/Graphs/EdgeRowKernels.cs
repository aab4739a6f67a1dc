// Softmax over the edges of a row, its gradient, and the like for the scores of graph attention.
//   thread    one row and head of one patient; a row with many edges has a group to itself, whose threads take every n-th edge
//   memory    edge matrices [patients * edges, heads], a row's edges one after another
//   numbers   float; the greatest is subtracted before exp; long rows are joined by a fixed tree
//   limits    rows * heads of a patient below 2^31
//   checked   tests/Engine/Kernels/ParityTests.cs
using DigitalTwin.Kernels.Arithmetic;
using ILGPU;

namespace DigitalTwin.Kernels.Graphs;

internal struct EdgeRowArguments
{
    public GraphSide Rows;

    /// <summary>[patients * edges, heads].</summary>
    public DeviceMatrix Input;

    /// <summary>[patients * edges, heads].</summary>
    public DeviceMatrix Other;

    /// <summary>[patients * edges, heads].</summary>
    public DeviceMatrix Output;

    /// <summary>[patients * rows, heads]: what is left for the row itself.</summary>
    public DeviceMatrix RowOutput;
    public EdgeOperands Edges;
    public int Heads;
    public int Accumulate;
    public int GroupsPerPatient;
}

/// <summary>How the threads that share a row come together.</summary>
internal interface IRowSharing
{
    static abstract float Join<TCombination>(ArrayView<float> shared, float value)
        where TCombination : struct, ICombination;
}

/// <summary>A thread has its row alone.</summary>
internal readonly struct OneThread : IRowSharing
{
    static float IRowSharing.Join<TCombination>(ArrayView<float> shared, float value) => value;
}

/// <summary>A group shares a row.</summary>
internal readonly struct WholeGroup : IRowSharing
{
    static float IRowSharing.Join<TCombination>(ArrayView<float> shared, float value) => GroupReduction.OverStrides<TCombination>(shared, value, 1);
}

/// <summary>A row of edges, as one of its threads sees it.</summary>
internal struct EdgeRun
{
    public int Patient;
    public int Row;
    public int Head;
    public int First;
    public int End;
    public int Step;
}

/// <summary>What is computed over a row of edges.</summary>
internal interface IEdgeRowOperation
{
    static abstract void Run<TSharing>(EdgeRowArguments a, EdgeRun run, ArrayView<float> shared)
        where TSharing : struct, IRowSharing;
}

internal static class EdgeRowKernels
{
    public static void Short<TOperation>(EdgeRowArguments a)
        where TOperation : struct, IEdgeRowOperation
    {
        var patient = Grid.IdxX / a.GroupsPerPatient;
        var item = ((Grid.IdxX - (patient * a.GroupsPerPatient)) * Group.DimX) + Group.IdxX;
        var number = item / a.Heads;
        if (number < a.Rows.TargetCount - a.Rows.LongCount)
        {
            var row = a.Rows.Order[a.Rows.LongCount + number];
            var run = new EdgeRun { Patient = patient, Row = row, Head = item - (number * a.Heads), First = a.Rows.Offsets[row], End = a.Rows.Offsets[row + 1], Step = 1 };
            TOperation.Run<OneThread>(a, run, default);
        }
    }

    public static void Long<TOperation>(EdgeRowArguments a)
        where TOperation : struct, IEdgeRowOperation
    {
        var shared = SharedMemory.Allocate<float>(GroupReduction.MaximumThreads);
        var unit = Grid.IdxX / a.Heads;
        var patient = unit / a.Rows.LongCount;
        var row = a.Rows.Order[unit - (patient * a.Rows.LongCount)];
        var run = new EdgeRun
        {
            Patient = patient,
            Row = row,
            Head = Grid.IdxX - (unit * a.Heads),
            First = a.Rows.Offsets[row] + Group.IdxX,
            End = a.Rows.Offsets[row + 1],
            Step = Group.DimX,
        };
        TOperation.Run<WholeGroup>(a, run, shared);
    }
}
