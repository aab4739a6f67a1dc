using DigitalTwin.Kernels.Arithmetic;
using DigitalTwin.Kernels.Catalog;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Compute.Functions;

namespace DigitalTwin.Kernels.Graphs;

/// <summary>A kernel that takes four features a thread, and the same for one.</summary>
internal sealed record CellPair<TArguments>(CatalogKernel<TArguments> Quads, CatalogKernel<TArguments> Ones)
    where TArguments : struct
{
    public IEnumerable<CatalogKernel> Both => [Quads, Ones];
}

/// <summary>The two launches of an operation over the edges of rows.</summary>
internal sealed record EdgeRowPair(CatalogKernel<EdgeRowArguments> Short, CatalogKernel<EdgeRowArguments> Long)
{
    public IEnumerable<CatalogKernel> Both => [Short, Long];

    public static EdgeRowPair Of<TOperation>()
        where TOperation : struct, IEdgeRowOperation => new(new(EdgeRowKernels.Short<TOperation>), new(EdgeRowKernels.Long<TOperation>));
}

/// <summary>Every kernel over a graph.</summary>
internal static class GraphCatalog
{
    /// <summary>By <see cref="Activation"/>.</summary>
    public static readonly CellPair<GatherArguments>[] GraphWeights = FunctionTypes.ForEachActivation(new Gathers<GraphWeight>());

    /// <summary>By <see cref="Activation"/>.</summary>
    public static readonly CellPair<GatherArguments>[] GivenWeights = FunctionTypes.ForEachActivation(new Gathers<GivenWeight>());

    public static readonly CellPair<GatherArguments> Attention = GatherOf<AttentionWeight, Identity>();
    public static readonly CellPair<GatherArguments> AttentionOfColumns = GatherOf<AttentionWeightOfColumns, Identity>();
    public static readonly CellPair<GatherArguments> DynamicScoreGradients = GatherOf<DynamicScoreGradient, Identity>();

    public static readonly CellPair<EdgeDotArguments> InnerProducts = DotOf<InnerProductTerm, AloneSum>();
    public static readonly CellPair<EdgeDotArguments> InnerProductsByWarp = DotOf<InnerProductTerm, WarpSum>();
    public static readonly CellPair<EdgeDotArguments> DynamicScores = DotOf<DynamicScoreTerm, AloneSum>();
    public static readonly CellPair<EdgeDotArguments> DynamicScoresByWarp = DotOf<DynamicScoreTerm, WarpSum>();

    public static readonly CellPair<DynamicAttentionArguments> AttentionGradient =
        new(new(DynamicAttentionKernel.Gradient<QuadCell>), new(DynamicAttentionKernel.Gradient<OneCell>));

    public static readonly EdgeRowPair Softmax = EdgeRowPair.Of<EdgeSoftmaxOperation>();
    public static readonly EdgeRowPair SoftmaxGradient = EdgeRowPair.Of<EdgeSoftmaxGradient>();
    public static readonly EdgeRowPair Normalizer = EdgeRowPair.Of<AttentionNormalizer>();
    public static readonly EdgeRowPair ScoreGradient = EdgeRowPair.Of<AttentionScoreGradient>();

    public static IEnumerable<CatalogKernel> All =>
    [
        .. GraphWeights.SelectMany(p => p.Both),
        .. GivenWeights.SelectMany(p => p.Both),
        .. Attention.Both,
        .. AttentionOfColumns.Both,
        .. DynamicScoreGradients.Both,
        .. InnerProducts.Both,
        .. InnerProductsByWarp.Both,
        .. DynamicScores.Both,
        .. DynamicScoresByWarp.Both,
        .. AttentionGradient.Both,
        .. Softmax.Both,
        .. SoftmaxGradient.Both,
        .. Normalizer.Both,
        .. ScoreGradient.Both,
        .. NeighborKernels.All,
    ];

    private static CellPair<GatherArguments> GatherOf<TTerm, TFunction>()
        where TTerm : struct, IEdgeTerm
        where TFunction : struct, ILaneFunction =>
        new(new(GatherKernel.Gather<QuadCell, TTerm, TFunction>), new(GatherKernel.Gather<OneCell, TTerm, TFunction>));

    private static CellPair<EdgeDotArguments> DotOf<TTerm, TSum>()
        where TTerm : struct, IEndsTerm
        where TSum : struct, ILaneSum =>
        new(new(EdgeDotKernel.Run<QuadCell, TTerm, TSum>), new(EdgeDotKernel.Run<OneCell, TTerm, TSum>));

    private sealed class Gathers<TTerm> : IFunctionVisitor<CellPair<GatherArguments>>
        where TTerm : struct, IEdgeTerm
    {
        public CellPair<GatherArguments> Visit<TFunction>()
            where TFunction : struct, ILaneFunction => GatherOf<TTerm, TFunction>();
    }
}
