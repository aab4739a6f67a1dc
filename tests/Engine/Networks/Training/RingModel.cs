using DigitalTwin.Networks.Layers;
using DigitalTwin.Networks.Training;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Tests.Engine.Networks.Training;

/// <summary>A small graph encoder over a ring of genes with dropout and batch normalisation, on the SIMD backend, with made-up subjects: a class is whether
/// the first three genes are high together.</summary>
internal sealed class RingModel : IDisposable
{
    public const int GeneCount = 12;
    private readonly IComputeBackend _backend;
    private readonly SharedGraph _graph;
    private readonly RelationalGraph _relations;
    private readonly GraphEncoder _encoder;
    private readonly SubjectMatrix _data;

    public RingModel(
        int threadCount = 2, int subjectCount = 40, GraphEncoderOptions? options = null, int missing = -1, long? memoryBudgetBytes = null, IComputeBackend? backend = null)
    {
        _backend = backend ?? new SimdBackend(threadCount, memoryBudgetBytes);
        Parameters = new ParameterSet(_backend);
        _graph = new SharedGraph(_backend, Ring());
        _relations = new RelationalGraph(_backend, [("activation", Ring()), ("inhibition", Ring())]);
        _encoder = new GraphEncoder(new LayerScope(Parameters, 3), new GraphEncoderGraphs(_graph, _relations), GeneCount, 2, options ?? Options);
        Numbers = new float[subjectCount * GeneCount * 2];
        Labels = new int[subjectCount];
        var stream = new RandomStream(new StreamKey(17, 0, 0, 0, RandomPurpose.Permutation));
        for (var s = 0; s < subjectCount; s++)
        {
            Labels[s] = s % 2;
            for (var k = 0; k < GeneCount * 2; k++)
            {
                Numbers[(s * GeneCount * 2) + k] = (float)(stream.NextGaussian() + (k < 6 ? 1.5 * Labels[s] : 0));
            }
        }

        if (missing >= 0)
        {
            Numbers[(missing * GeneCount * 2) + 5] = float.NaN;
        }

        _data = new SubjectMatrix(_backend, "expression", Numbers, GeneCount, 2, [.. Enumerable.Range(0, subjectCount).Select(s => $"S{s:00}")]);
        Classifier = new SubjectClassifier(Parameters, _encoder, _data, Labels);
    }

    public static GraphEncoderOptions Options => new()
    {
        Widths = [8, 8],
        OutputWidth = 2,
        Dropout = 0.2f,
        Normalization = NormalizationKind.Batch,
        Readout = ReadoutKind.Attention,
    };

    public ParameterSet Parameters { get; }

    public SubjectClassifier Classifier { get; }

    public float[] Numbers { get; }

    public int[] Labels { get; }

    public IComputeBackend Backend => _backend;

    public void Dispose()
    {
        Classifier.Dispose();
        _data.Dispose();
        _encoder.Dispose();
        _graph.Dispose();
        _relations.Dispose();
        Parameters.Dispose();
        _backend.Dispose();
    }

    private static CsrMatrix Ring()
    {
        var columns = new int[2 * GeneCount];
        for (var i = 0; i < GeneCount; i++)
        {
            var (a, b) = ((i + GeneCount - 1) % GeneCount, (i + 1) % GeneCount);
            (columns[2 * i], columns[(2 * i) + 1]) = (Math.Min(a, b), Math.Max(a, b));
        }

        return new CsrMatrix(GeneCount, GeneCount, [.. Enumerable.Range(0, GeneCount + 1).Select(i => 2 * i)], columns);
    }
}
