using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Layers;

/// <summary>One graph that all patients share, in the forms that layers multiply by: each is put on the backend when first asked for, and owned here.</summary>
/// <remarks>Row i holds the edges that end in node i. A bipartite graph, genes to pathways, has one row a pathway and one column a gene.</remarks>
public sealed class SharedGraph : IDisposable
{
    private readonly IComputeBackend _backend;
    private readonly float[]? _edgeFeatures;
    private readonly List<ComputeBuffer> _buffers = [];
    private SparseOperand? _adjacency;
    private SparseOperand? _symmetric;
    private SparseOperand? _mean;
    private SparseOperand? _looped;
    private MatrixView? _features;
    private MatrixView? _loopedFeatures;

    /// <param name="backend">Where layers compute.</param>
    /// <param name="adjacency">Edges with their weights; negative weights are inhibitions.</param>
    /// <param name="edgeFeatures">Features of each edge in the edge order of <paramref name="adjacency"/>, shape [edges, features], shared by all patients; or none.</param>
    /// <param name="edgeFeatureCount">Features of an edge.</param>
    /// <exception cref="UnusableGraphException">There are no edges, a weight or feature is not finite, or the count of features is wrong.</exception>
    public SharedGraph(IComputeBackend backend, CsrMatrix adjacency, float[]? edgeFeatures = null, int edgeFeatureCount = 0)
    {
        ArgumentNullException.ThrowIfNull(backend);
        ArgumentNullException.ThrowIfNull(adjacency);
        Check(adjacency, edgeFeatures, edgeFeatureCount);
        (_backend, Host, _edgeFeatures, EdgeFeatureCount) = (backend, adjacency, edgeFeatures, edgeFeatureCount);
    }

    /// <summary>The graph as given.</summary>
    public CsrMatrix Host { get; }

    /// <summary>Nodes that receive.</summary>
    public int RowCount => Host.RowCount;

    /// <summary>Nodes that send.</summary>
    public int ColumnCount => Host.ColumnCount;

    /// <summary>Features of an edge; 0 without.</summary>
    public int EdgeFeatureCount { get; }

    /// <summary>Factors on the edges, for layers that are asked what each edge is worth; null where nobody asks. They stay with their owner.</summary>
    public EdgeGates? Gates { get; set; }

    /// <summary>The graph with its weights.</summary>
    public SparseOperand Adjacency => _adjacency ??= _backend.Load(Host);

    /// <summary>D^-1/2 (A + I) D^-1/2: see <see cref="GraphNormalization.Symmetric"/>.</summary>
    public SparseOperand Symmetric => _symmetric ??= _backend.Load(GraphNormalization.Symmetric(Host));

    /// <summary>Each row divided by its sum of absolute weights: see <see cref="GraphNormalization.RowMean"/>.</summary>
    public SparseOperand Mean => _mean ??= _backend.Load(GraphNormalization.RowMean(Host));

    /// <summary>The graph with an edge from each node to itself.</summary>
    public SparseOperand WithSelfLoops => _looped ??= _backend.Load(GraphNormalization.WithSelfLoops(Host).Graph);

    /// <summary>Features of the edges of <see cref="Adjacency"/>, shape [edges, features].</summary>
    public MatrixView EdgeFeatures => _features ??= Upload(_edgeFeatures ?? throw WithoutFeatures(), Host.EdgeCount);

    /// <summary>Features of the edges of <see cref="WithSelfLoops"/>; 0 for an edge from a node to itself that the graph did not have.</summary>
    public MatrixView EdgeFeaturesWithSelfLoops => _loopedFeatures ??= LoopedFeatures();

    public void Dispose()
    {
        _adjacency?.Dispose();
        _symmetric?.Dispose();
        _mean?.Dispose();
        _looped?.Dispose();
        foreach (var buffer in _buffers)
        {
            buffer.Dispose();
        }

        _buffers.Clear();
        (_adjacency, _symmetric, _mean, _looped, _features, _loopedFeatures) = (null, null, null, null, null, null);
    }

    private static UnusableGraphException WithoutFeatures() => new("The graph has no edge features. Give them when the graph is made, or make the layer without.");

    private static void Check(CsrMatrix adjacency, float[]? edgeFeatures, int edgeFeatureCount)
    {
        if (adjacency.EdgeCount == 0)
        {
            throw new UnusableGraphException(
                $"The graph [{adjacency.RowCount}, {adjacency.ColumnCount}] has no edges, so that no message can pass. Check that its gene symbols are those of the data, or use a MultilayerPerceptron.");
        }

        if (Array.FindIndex(adjacency.Values ?? [], v => !float.IsFinite(v)) is >= 0 and var edge)
        {
            throw new UnusableGraphException($"The weight of edge {edge} is {adjacency.Values![edge]}; weights must be finite.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(edgeFeatureCount);
        if ((edgeFeatures?.Length ?? 0) != (long)adjacency.EdgeCount * edgeFeatureCount)
        {
            throw new UnusableGraphException($"{adjacency.EdgeCount} edges with {edgeFeatureCount} features each need {(long)adjacency.EdgeCount * edgeFeatureCount} numbers; there are {edgeFeatures?.Length ?? 0}.");
        }

        if (Array.FindIndex(edgeFeatures ?? [], v => !float.IsFinite(v)) is >= 0 and var place)
        {
            throw new UnusableGraphException($"Feature {place % edgeFeatureCount} of edge {place / edgeFeatureCount} is {edgeFeatures![place]}; features must be finite.");
        }
    }

    private MatrixView LoopedFeatures()
    {
        var features = _edgeFeatures ?? throw WithoutFeatures();
        var (graph, edgeOf) = GraphNormalization.WithSelfLoops(Host);
        var moved = new float[(long)graph.EdgeCount * EdgeFeatureCount];
        for (var e = 0; e < edgeOf.Length; e++)
        {
            if (edgeOf[e] >= 0)
            {
                features.AsSpan(edgeOf[e] * EdgeFeatureCount, EdgeFeatureCount).CopyTo(moved.AsSpan(e * EdgeFeatureCount));
            }
        }

        return Upload(moved, graph.EdgeCount);
    }

    private MatrixView Upload(float[] numbers, int rows)
    {
        var buffer = _backend.Rent(numbers.Length);
        _buffers.Add(buffer);
        var view = buffer.AsMatrix(rows, EdgeFeatureCount);
        _backend.Upload(numbers, view);
        return view;
    }
}
