using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Compute.Parity;
using DigitalTwin.Numerics.Compute.Simd;

namespace DigitalTwin.Tests.Engine.Numerics.Compute;

/// <summary>The edge side of dynamic attention: what it must look like, and that zeros are none.</summary>
public sealed class DynamicAttentionOperandTests : IDisposable
{
    private const int PatientCount = 2;
    private const int Heads = 2;
    private const int Features = 10;
    private static readonly CsrMatrix Graph = ParityGraphs.HeavyTail(9, 3);

    private readonly SimdBackend _backend = new(2);
    private readonly ParityWorkspace _workspace;

    public DynamicAttentionOperandTests() => _workspace = new ParityWorkspace(_backend);

    public void Dispose()
    {
        _workspace.Dispose();
        _backend.Dispose();
    }

    [Fact]
    public void Property_AnEdgeSideOfZeros_GivesTheBytesOfNone()
    {
        var without = Arguments();
        var with = without with
        {
            Output = _workspace.Random(without.Output.Rows, Features),
            Weights = _workspace.Random(without.Weights.Rows, Heads),
            EdgeSide = _workspace.Random(Graph.EdgeCount, Features, low: 0f, high: 0f),
        };
        var (first, second) = (Gradients(without), Gradients(with));
        _backend.DynamicGraphAttention(without);
        _backend.DynamicGraphAttention(with);
        _backend.DynamicGraphAttentionBackward(without, first);
        _backend.DynamicGraphAttentionBackward(with, second with { Output = first.Output });
        Assert.Equal(Numbers(without.Output), Numbers(with.Output));
        Assert.Equal(Numbers(without.Weights), Numbers(with.Weights));
        Assert.Equal(Numbers(first.RowSide), Numbers(second.RowSide));
        Assert.Equal(Numbers(first.ColumnSide), Numbers(second.ColumnSide));
    }

    /// <summary>Each row adds the same number to the sum that its edges add: the two gradients sum to the same.</summary>
    [Fact]
    public void ClosedForm_GradientOfTheEdgeSide_SumsToThatOfTheRows()
    {
        var arguments = Arguments() with { EdgeSide = _workspace.Random(Graph.EdgeCount, Features) };
        var gradients = Gradients(arguments) with { EdgeSide = _workspace.Random(Graph.EdgeCount, Features, low: 0f, high: 0f) };
        _backend.DynamicGraphAttention(arguments);
        _backend.DynamicGraphAttentionBackward(arguments, gradients);
        var (edges, rows) = (Numbers(gradients.EdgeSide!.Value), Numbers(gradients.RowSide));
        for (var i = 0; i < Graph.RowCount; i++)
        {
            for (var c = 0; c < Features; c++)
            {
                var ofRows = Enumerable.Range(0, PatientCount).Sum(p => rows[(((p * Graph.RowCount) + i) * Features) + c]);
                var ofEdges = Enumerable.Range(Graph.RowOffsets[i], Graph.RowOffsets[i + 1] - Graph.RowOffsets[i]).Sum(e => edges[(e * Features) + c]);
                Assert.Equal(ofRows, ofEdges, 1e-5f);
            }
        }

        Assert.Contains(edges, g => Math.Abs(g) > 0.01f);
    }

    [Fact]
    public void Error_EdgeSideOfAllPatients_NamesBothShapes()
    {
        var rows = PatientCount * Graph.EdgeCount;
        var arguments = Arguments() with { EdgeSide = _workspace.Random(rows, Features) };
        var error = Assert.Throws<ShapeMismatchException>(() => _backend.DynamicGraphAttention(arguments));
        Assert.Equal(
            $"EdgeSide is [{rows}, 10] and must be [{Graph.EdgeCount}, 10]: one row for each edge, with the features of ColumnSide [18, 10].", error.Message);
    }

    [Fact]
    public void Error_GradientOfAMissingEdgeSide_SaysWhatToDo()
    {
        var arguments = Arguments();
        var gradients = Gradients(arguments) with { EdgeSide = _workspace.Random(Graph.EdgeCount, Features) };
        var error = Assert.Throws<ShapeMismatchException>(() => _backend.DynamicGraphAttentionBackward(arguments, gradients));
        Assert.Equal($"The gradient of EdgeSide is [{Graph.EdgeCount}, 10], and the arguments have no EdgeSide. Give both or neither.", error.Message);
    }

    [Fact]
    public void Error_GradientOfAnotherShape_NamesBothShapes()
    {
        var arguments = Arguments() with { EdgeSide = _workspace.Random(Graph.EdgeCount, Features) };
        var gradients = Gradients(arguments) with { EdgeSide = _workspace.Random(Graph.EdgeCount, Heads) };
        var error = Assert.Throws<ShapeMismatchException>(() => _backend.DynamicGraphAttentionBackward(arguments, gradients));
        Assert.Contains($"[{Graph.EdgeCount}, 2]", error.Message, StringComparison.Ordinal);
        Assert.Contains($"[{Graph.EdgeCount}, 10]", error.Message, StringComparison.Ordinal);
    }

    private DynamicGraphAttentionArguments Arguments()
    {
        var nodes = PatientCount * Graph.RowCount;
        return new DynamicGraphAttentionArguments(
            _workspace.Graph(Graph),
            _workspace.Random(nodes, Features),
            _workspace.Random(nodes, Features),
            _workspace.Random(1, Features),
            _workspace.Random(nodes, Features),
            _workspace.Random(PatientCount * Graph.EdgeCount, Heads),
            0.2f);
    }

    private DynamicGraphAttentionGradients Gradients(in DynamicGraphAttentionArguments a) => new(
        _workspace.Random(a.Output.Rows, Features),
        _workspace.Random(a.RowSide.Rows, Features),
        _workspace.Random(a.ColumnSide.Rows, Features),
        _workspace.Random(1, Features),
        _workspace.Random(a.Weights.Rows, Heads));

    private float[] Numbers(MatrixView view)
    {
        var numbers = new float[view.Length];
        _backend.Download(view, numbers);
        return numbers;
    }
}
