using DigitalTwin.Kernels.Arithmetic;
using ILGPU;

namespace DigitalTwin.Kernels.Graphs;

/// <summary>What the terms of <see cref="GatherKernel"/> read besides the input; each says what it reads, the others may be any.</summary>
internal struct EdgeOperands
{
    /// <summary>[patients * edges, heads], or [edges, heads] where <see cref="AreShared"/>.</summary>
    public DeviceMatrix Weights;

    /// <summary>[patients * rows, heads].</summary>
    public DeviceMatrix RowScores;

    /// <summary>[patients * columns, heads].</summary>
    public DeviceMatrix ColumnScores;

    /// <summary>[edges, heads], read where <see cref="HasEdgeScores"/>.</summary>
    public DeviceMatrix EdgeScores;

    /// <summary>[patients * rows, heads].</summary>
    public DeviceMatrix LogNormalizer;

    /// <summary>Numbers of the targets themselves, shaped as the output.</summary>
    public DeviceMatrix Targets;

    /// <summary>[1, features].</summary>
    public DeviceMatrix Attention;
    public float NegativeSlope;
    public int AreShared;
    public int HasEdgeScores;
}

/// <summary>What an edge adds to its target: weight * value of the source, and what is done to the sum.</summary>
internal interface IEdgeTerm
{
    /// <param name="a">Operands.</param>
    /// <param name="patient">Patient.</param>
    /// <param name="target">Node that receives.</param>
    /// <param name="link">Node that sends, and the weight of the graph.</param>
    /// <param name="place">Place of the edge in the lists of the side.</param>
    /// <param name="head">Block of features.</param>
    static abstract float Weight(GatherArguments a, int patient, int target, EdgeLink link, int place, int head);

    /// <summary>What is read once for each target.</summary>
    static abstract TCell Own<TCell>(GatherArguments a, int patient, int target, int column)
        where TCell : unmanaged, ICell<TCell>;

    static abstract TCell Value<TCell>(GatherArguments a, TCell own, TCell input)
        where TCell : unmanaged, ICell<TCell>;

    static abstract TCell Finish<TCell>(GatherArguments a, TCell sum, int column)
        where TCell : unmanaged, ICell<TCell>;
}

/// <summary>The weights of the graph.</summary>
internal readonly struct GraphWeight : IEdgeTerm
{
    public static float Weight(GatherArguments a, int patient, int target, EdgeLink link, int place, int head) =>
        Interop.IntAsFloat((uint)link.WeightBits);

    static TCell IEdgeTerm.Own<TCell>(GatherArguments a, int patient, int target, int column) => default;

    static TCell IEdgeTerm.Value<TCell>(GatherArguments a, TCell own, TCell input) => input;

    static TCell IEdgeTerm.Finish<TCell>(GatherArguments a, TCell sum, int column) => sum;
}

/// <summary>A weight for each edge and head, of each patient or shared.</summary>
internal readonly struct GivenWeight : IEdgeTerm
{
    public static float Weight(GatherArguments a, int patient, int target, EdgeLink link, int place, int head)
    {
        var first = a.Edges.AreShared != 0 ? 0 : patient * a.Side.EdgeCount;
        return a.Edges.Weights.Get(first + a.Side.EdgeOf[place], head);
    }

    static TCell IEdgeTerm.Own<TCell>(GatherArguments a, int patient, int target, int column) => default;

    static TCell IEdgeTerm.Value<TCell>(GatherArguments a, TCell own, TCell input) => input;

    static TCell IEdgeTerm.Finish<TCell>(GatherArguments a, TCell sum, int column) => sum;
}

/// <summary>The softmax weight of graph attention, made again from its scores; targets are rows.</summary>
internal readonly struct AttentionWeight : IEdgeTerm
{
    public static float Weight(GatherArguments a, int patient, int target, EdgeLink link, int place, int head) =>
        Of(a.Edges, (patient * a.Side.TargetCount) + target, (patient * a.Side.SourceCount) + link.Source, a.Side.EdgeOf[place], head);

    /// <summary>exp(leaky(row score + column score + edge score) - log normalizer).</summary>
    public static float Of(EdgeOperands edges, int row, int column, int edge, int head)
    {
        var score = edges.RowScores.Get(row, head) + edges.ColumnScores.Get(column, head);
        if (edges.HasEdgeScores != 0)
        {
            score += edges.EdgeScores.Get(edge, head);
        }

        return DeviceFunctions.Exp(DeviceFunctions.Leaky(score, edges.NegativeSlope) - edges.LogNormalizer.Get(row, head));
    }

    static TCell IEdgeTerm.Own<TCell>(GatherArguments a, int patient, int target, int column) => default;

    static TCell IEdgeTerm.Value<TCell>(GatherArguments a, TCell own, TCell input) => input;

    static TCell IEdgeTerm.Finish<TCell>(GatherArguments a, TCell sum, int column) => sum;
}

/// <summary>As <see cref="AttentionWeight"/>; targets are columns.</summary>
internal readonly struct AttentionWeightOfColumns : IEdgeTerm
{
    public static float Weight(GatherArguments a, int patient, int target, EdgeLink link, int place, int head) =>
        AttentionWeight.Of(a.Edges, (patient * a.Side.SourceCount) + link.Source, (patient * a.Side.TargetCount) + target, a.Side.EdgeOf[place], head);

    static TCell IEdgeTerm.Own<TCell>(GatherArguments a, int patient, int target, int column) => default;

    static TCell IEdgeTerm.Value<TCell>(GatherArguments a, TCell own, TCell input) => input;

    static TCell IEdgeTerm.Finish<TCell>(GatherArguments a, TCell sum, int column) => sum;
}

/// <summary>Gradient of dynamic attention in one of its sides: the gradient of the score (as weight) times attention times the slope of the rectifier
/// at the sum of both sides.</summary>
internal readonly struct DynamicScoreGradient : IEdgeTerm
{
    public static float Weight(GatherArguments a, int patient, int target, EdgeLink link, int place, int head) =>
        a.Edges.Weights.Get((patient * a.Side.EdgeCount) + a.Side.EdgeOf[place], head);

    static TCell IEdgeTerm.Own<TCell>(GatherArguments a, int patient, int target, int column) =>
        TCell.Load(a.Edges.Targets.Data, a.Edges.Targets.At((patient * a.Side.TargetCount) + target, column));

    static TCell IEdgeTerm.Value<TCell>(GatherArguments a, TCell own, TCell input) => TCell.LeakySlope(own + input, a.Edges.NegativeSlope);

    static TCell IEdgeTerm.Finish<TCell>(GatherArguments a, TCell sum, int column) => sum * TCell.Load(a.Edges.Attention.Data, column);
}
