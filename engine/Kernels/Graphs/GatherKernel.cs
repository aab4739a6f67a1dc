// output[p, target] (+)= activation(sum over the edges of target of weight * input[p, source] + bias): the wide sparse product, for all patients.
//   thread    one cell (four features, or one) of one target of one patient; neighbouring threads hold the features of a target, so that a row of the
//             input is read as one run. A target with many edges has a group of threads to itself, each part of which takes every n-th edge
//   memory    groups are numbered patient by patient, panel by panel, so that what a patient's targets share stays in the second-level cache;
//             four edges are under way at once; nothing is written but the output
//   numbers   float; edges are added in their order; parts of a long target are joined by a fixed tree
//   limits    targets per patient and groups below 2^31
//   checked   tests/Engine/Kernels/ParityTests.cs
using DigitalTwin.Kernels.Arithmetic;
using DigitalTwin.Numerics.Compute.Functions;
using ILGPU;

namespace DigitalTwin.Kernels.Graphs;

internal struct GatherArguments
{
    public GraphSide Side;
    public DeviceMatrix Input;
    public DeviceMatrix Output;

    /// <summary>[1, features], read where <see cref="HasBias"/>.</summary>
    public DeviceMatrix Bias;

    /// <summary>What an edge weight or a term reads; see the <see cref="IEdgeTerm"/>s.</summary>
    public EdgeOperands Edges;

    /// <summary>Features of a head.</summary>
    public int HeadWidth;
    public int HasBias;
    public int Accumulate;

    /// <summary>Threads side by side over features, a power of two, and its logarithm.</summary>
    public int Lanes;
    public int LanesLog2;

    /// <summary>Features in one pass over the edges.</summary>
    public int PanelColumns;
    public int PanelCount;
    public int GroupsPerPanel;
}

internal static class GatherKernel
{
    public static void Gather<TCell, TTerm, TFunction>(GatherArguments a)
        where TCell : unmanaged, ICell<TCell>
        where TTerm : struct, IEdgeTerm
        where TFunction : struct, ILaneFunction
    {
        var shared = SharedMemory.Allocate<TCell>(GroupReduction.MaximumThreads);
        var unit = Grid.IdxX / a.GroupsPerPanel;
        var place = Grid.IdxX - (unit * a.GroupsPerPanel);
        var patient = unit / a.PanelCount;
        var panel = unit - (patient * a.PanelCount);
        var part = Group.IdxX >> a.LanesLog2;
        var parts = Group.DimX >> a.LanesLog2;
        var inPanel = (Group.IdxX & (a.Lanes - 1)) * TCell.Width;
        var column = (panel * a.PanelColumns) + inPanel;
        var isInside = inPanel < a.PanelColumns && column < a.Output.Columns;
        if (place < a.Side.LongCount)
        {
            var target = a.Side.Order[place];
            var sum = isInside ? SumOf<TCell, TTerm>(a, patient, target, column, part, parts) : TCell.Of(0f);
            for (var step = 1; step < parts; step <<= 1)
            {
                shared[Group.IdxX] = sum;
                Group.Barrier();
                var other = part ^ step;
                var partner = shared[(other << a.LanesLog2) + (Group.IdxX & (a.Lanes - 1))];
                sum = (part & step) == 0 ? sum + partner : partner + sum;
                Group.Barrier();
            }

            if (part == 0 && isInside)
            {
                Write<TCell, TFunction>(a, patient, target, column, sum);
            }

            return;
        }

        var number = a.Side.LongCount + ((place - a.Side.LongCount) * parts) + part;
        if (number < a.Side.TargetCount && isInside)
        {
            var target = a.Side.Order[number];
            Write<TCell, TFunction>(a, patient, target, column, SumOf<TCell, TTerm>(a, patient, target, column, 0, 1));
        }
    }

    private static TCell SumOf<TCell, TTerm>(GatherArguments a, int patient, int target, int column, int first, int step)
        where TCell : unmanaged, ICell<TCell>
        where TTerm : struct, IEdgeTerm
    {
        var head = column / a.HeadWidth;
        var firstSource = patient * a.Side.SourceCount;
        var place = a.Side.Offsets[target] + first;
        var end = a.Side.Offsets[target + 1];
        var own = TTerm.Own<TCell>(a, patient, target, column);
        var sum = TCell.Of(0f);
        for (; place + (3 * step) < end; place += 4 * step)
        {
            var l0 = a.Side.Links[place];
            var l1 = a.Side.Links[place + step];
            var l2 = a.Side.Links[place + (2 * step)];
            var l3 = a.Side.Links[place + (3 * step)];
            var x0 = TCell.Load(a.Input.Data, a.Input.At(firstSource + l0.Source, column));
            var x1 = TCell.Load(a.Input.Data, a.Input.At(firstSource + l1.Source, column));
            var x2 = TCell.Load(a.Input.Data, a.Input.At(firstSource + l2.Source, column));
            var x3 = TCell.Load(a.Input.Data, a.Input.At(firstSource + l3.Source, column));
            var w0 = TTerm.Weight(a, patient, target, l0, place, head);
            var w1 = TTerm.Weight(a, patient, target, l1, place + step, head);
            var w2 = TTerm.Weight(a, patient, target, l2, place + (2 * step), head);
            var w3 = TTerm.Weight(a, patient, target, l3, place + (3 * step), head);
            sum = TCell.MultiplyAdd(w0, TTerm.Value(a, own, x0), sum);
            sum = TCell.MultiplyAdd(w1, TTerm.Value(a, own, x1), sum);
            sum = TCell.MultiplyAdd(w2, TTerm.Value(a, own, x2), sum);
            sum = TCell.MultiplyAdd(w3, TTerm.Value(a, own, x3), sum);
        }

        for (; place < end; place += step)
        {
            var link = a.Side.Links[place];
            var x = TCell.Load(a.Input.Data, a.Input.At(firstSource + link.Source, column));
            sum = TCell.MultiplyAdd(TTerm.Weight(a, patient, target, link, place, head), TTerm.Value(a, own, x), sum);
        }

        return TTerm.Finish(a, sum, column);
    }

    private static void Write<TCell, TFunction>(GatherArguments a, int patient, int target, int column, TCell sum)
        where TCell : unmanaged, ICell<TCell>
        where TFunction : struct, ILaneFunction
    {
        var place = a.Output.At((patient * a.Side.TargetCount) + target, column);
        if (a.HasBias != 0)
        {
            sum += TCell.Load(a.Bias.Data, column);
        }

        sum = TCell.Apply<TFunction>(sum);
        if (a.Accumulate != 0)
        {
            sum = TCell.Load(a.Output.Data, place) + sum;
        }

        TCell.Store(a.Output.Data, place, sum);
    }
}
