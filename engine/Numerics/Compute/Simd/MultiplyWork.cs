using System.Runtime.Intrinsics;
using DigitalTwin.Numerics.Compute.Functions;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>A wide sparse product cut into (patient, panel of features, block of nodes).</summary>
internal unsafe struct MultiplyWork<TActivation> : IParallelWork
    where TActivation : unmanaged, ILaneFunction
{
    public SimdEdges Edges;
    public Rows Input;
    public Rows Output;
    public MultiplyPlan Plan;
    public float* Bias;
    public StoreMode Mode;

    /// <summary>Weights of edges, shape [patients * edges or edges, heads]; used when heads are not 0.</summary>
    public Rows EdgeWeights;
    public bool AreShared;
    public int EdgeCount;
    public ScratchParts Scratch;

    public readonly void Execute(int item, int worker)
    {
        var (patient, head, column, width, firstNode, endNode) = Plan[item];
        if (Plan.PatientsOfItem > 1)
        {
            Together(patient, firstNode, endNode, Scratch[worker]);
            return;
        }

        var input = Input[(long)patient * Edges.NeighbourCount] + column;
        var panelStride = (long)Input.Stride;
        if (Plan.Packs || width < Lanes.Count)
        {
            var panel = Scratch[worker];
            NeighborSum.Pack(input, panelStride, Edges.NeighbourCount, width, Lanes.Count, panel);
            input = panel;
            panelStride = Lanes.Count;
        }

        var output = Output[(long)patient * Edges.NodeCount] + column;
        var mode = Mode == StoreMode.Stream && width < Lanes.Count ? StoreMode.Write : Mode;
        var bias = Bias == null ? Vector512<float>.Zero : Lanes.Load(Bias + column, width);
        if (Plan.HeadCount == 0)
        {
            NeighborSum.Run<GraphWeights, TActivation>(
                Edges, new GraphWeights(Edges.Weights), input, panelStride, output, Output.Stride, width, bias, mode, firstNode, endNode);
        }
        else
        {
            var weights = new HeadWeights(EdgeWeights[AreShared ? 0 : (long)patient * EdgeCount] + head, EdgeWeights.Stride, Edges.Numbers);
            NeighborSum.Run<HeadWeights, TActivation>(Edges, weights, input, panelStride, output, Output.Stride, width, bias, mode, firstNode, endNode);
        }
    }

    /// <summary>Several patients side by side in one panel: each number is the same sum as in a panel of its own.</summary>
    private readonly void Together(int patient, int firstNode, int endNode, float* panel)
    {
        var width = Input.Columns;
        var count = Math.Min(Plan.PatientsOfItem, (Input.Count / Edges.NeighbourCount) - patient);
        var sums = panel + ((long)Edges.NeighbourCount * Lanes.Count);
        var bias = stackalloc float[Lanes.Count];
        for (var lane = 0; lane < Lanes.Count; lane++)
        {
            bias[lane] = Bias == null ? 0f : Bias[lane % width];
        }

        for (var p = 0; p < count; p++)
        {
            NarrowPanel.Copy(Input[(patient + p) * (long)Edges.NeighbourCount], Input.Stride, panel + (p * width), Lanes.Count, Edges.NeighbourCount, width, adds: false);
        }

        NeighborSum.Run<GraphWeights, TActivation>(
            Edges, new GraphWeights(Edges.Weights), panel, Lanes.Count, sums, Lanes.Count, Lanes.Count, Vector512.Load(bias), StoreMode.Write, firstNode, endNode);
        for (var p = 0; p < count; p++)
        {
            var from = sums + ((long)firstNode * Lanes.Count) + (p * width);
            var to = Output[((patient + p) * (long)Edges.NodeCount) + firstNode];
            NarrowPanel.Copy(from, Lanes.Count, to, Output.Stride, endNode - firstNode, width, adds: Mode == StoreMode.Add);
        }
    }
}

/// <summary>How a sparse product is cut. Blocks of nodes appear only where patients and panels are few.</summary>
internal readonly struct MultiplyPlan
{
    private const int MostBlocks = 64;
    private const int FewestNodesOfBlock = 512;

    private readonly int _headWidth;
    private readonly int _panelsOfHead;
    private readonly int _blockCount;
    private readonly int _nodeCount;

    public MultiplyPlan(int patients, int heads, int features, SimdEdges edges, int edgeCount, int threadCount)
    {
        HeadCount = heads;
        PatientsOfItem = heads == 0 && NarrowPanel.Suits(features) && patients >= threadCount * (Lanes.Count / features) ? Lanes.Count / features : 1;
        (_headWidth, _nodeCount) = (features / Math.Max(1, heads), edges.NodeCount);
        _panelsOfHead = (_headWidth + Lanes.Count - 1) / Lanes.Count;
        var items = (patients + PatientsOfItem - 1L) / PatientsOfItem * Math.Max(1, heads) * _panelsOfHead;

        // How nodes are cut does not change a number: each is summed by itself.
        var blocks = items >= 2 * threadCount || items == 0 ? 1 : 4 * threadCount / items;
        _blockCount = (int)Math.Clamp(Math.Min(blocks, _nodeCount / FewestNodesOfBlock), 1, MostBlocks);
        ItemCount = checked((int)(items * _blockCount));

        // A panel is worth its copy when each of its rows is read several times.
        Packs = features > Lanes.Count && edgeCount > 3L * _blockCount * edges.NeighbourCount;
    }

    public int ItemCount { get; }

    public int HeadCount { get; }

    public bool Packs { get; }

    /// <summary>Patients that share a panel because their features are few; the first is the item's.</summary>
    public int PatientsOfItem { get; }

    public (int Patient, int Head, int Column, int Width, int FirstNode, int EndNode) this[int item]
    {
        get
        {
            var (rest, block) = (item / _blockCount, item % _blockCount);
            (rest, var panel) = (rest / _panelsOfHead, rest % _panelsOfHead);
            var (patient, head) = (rest / Math.Max(1, HeadCount), rest % Math.Max(1, HeadCount));
            var first = panel * Lanes.Count;
            var (firstNode, endNode) = ((long)block * _nodeCount / _blockCount, (block + 1L) * _nodeCount / _blockCount);
            return (patient * PatientsOfItem, head, (head * _headWidth) + first, Math.Min(Lanes.Count, _headWidth - first), (int)firstNode, (int)endNode);
        }
    }
}
