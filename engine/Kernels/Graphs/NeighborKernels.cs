// Greatest neighbour and its gradient, and nodes copied to edges.
//   thread    one feature of one target (or edge) of one patient
//   memory    neighbouring threads read neighbouring features
//   numbers   float; edge numbers are kept as float, exact below 2^24; the first of equal neighbours counts
//   limits    targets (or edges) * features of a patient below 2^31; graphs of fewer than 2^24 edges
//   checked   tests/Engine/Kernels/ParityTests.cs
using DigitalTwin.Kernels.Arithmetic;
using DigitalTwin.Kernels.Catalog;
using ILGPU;

namespace DigitalTwin.Kernels.Graphs;

internal struct NeighborArguments
{
    public GraphSide Side;
    public DeviceMatrix Input;
    public DeviceMatrix Output;

    /// <summary>Number of the edge of the greatest neighbour, or -1; shaped as the row side.</summary>
    public DeviceMatrix EdgeOfMaximum;

    /// <summary>Node of each edge, [edges], for the copy to edges.</summary>
    public ArrayView<int> NodeOfEdge;
    public int NodeCount;
    public int Accumulate;
    public int GroupsPerPatient;
}

internal static class NeighborKernels
{
    public static readonly CatalogKernel<NeighborArguments> MaximumKernel = new(Maximum);
    public static readonly CatalogKernel<NeighborArguments> MaximumBackwardKernel = new(MaximumBackward);
    public static readonly CatalogKernel<NeighborArguments> NodesToEdgesKernel = new(NodesToEdges);

    public static IEnumerable<CatalogKernel> All => [MaximumKernel, MaximumBackwardKernel, NodesToEdgesKernel];

    /// <summary>Targets are rows.</summary>
    public static void Maximum(NeighborArguments a)
    {
        var patient = Grid.IdxX / a.GroupsPerPatient;
        var item = ((Grid.IdxX - (patient * a.GroupsPerPatient)) * Group.DimX) + Group.IdxX;
        var target = item / a.Output.Columns;
        var column = item - (target * a.Output.Columns);
        if (target >= a.Side.TargetCount)
        {
            return;
        }

        var firstSource = patient * a.Side.SourceCount;
        var first = a.Side.Offsets[target];
        var end = a.Side.Offsets[target + 1];
        var greatest = 0f;
        var which = -1;
        for (var e = first; e < end; e++)
        {
            var value = a.Input.Get(firstSource + a.Side.Sources[e], column);
            if (e == first || value > greatest)
            {
                greatest = value;
                which = e;
            }
        }

        var row = (patient * a.Side.TargetCount) + target;
        a.Output.Set(row, column, greatest);
        a.EdgeOfMaximum.Set(row, column, which);
    }

    /// <summary>Targets are columns; Input is the gradient of the row side.</summary>
    public static void MaximumBackward(NeighborArguments a)
    {
        var patient = Grid.IdxX / a.GroupsPerPatient;
        var item = ((Grid.IdxX - (patient * a.GroupsPerPatient)) * Group.DimX) + Group.IdxX;
        var target = item / a.Output.Columns;
        var column = item - (target * a.Output.Columns);
        if (target >= a.Side.TargetCount)
        {
            return;
        }

        var firstSource = patient * a.Side.SourceCount;
        var sum = 0f;
        for (var place = a.Side.Offsets[target]; place < a.Side.Offsets[target + 1]; place++)
        {
            var row = firstSource + a.Side.Sources[place];
            sum += a.EdgeOfMaximum.Get(row, column) == a.Side.EdgeOf[place] ? a.Input.Get(row, column) : 0f;
        }

        a.Output.Put((patient * a.Side.TargetCount) + target, column, sum, a.Accumulate);
    }

    public static void NodesToEdges(NeighborArguments a)
    {
        var patient = Grid.IdxX / a.GroupsPerPatient;
        var item = ((Grid.IdxX - (patient * a.GroupsPerPatient)) * Group.DimX) + Group.IdxX;
        var edge = item / a.Output.Columns;
        var column = item - (edge * a.Output.Columns);
        if (edge < a.Side.EdgeCount)
        {
            var value = a.Input.Get((patient * a.NodeCount) + a.NodeOfEdge[edge], column);
            a.Output.Put((patient * a.Side.EdgeCount) + edge, column, value, a.Accumulate);
        }
    }
}
