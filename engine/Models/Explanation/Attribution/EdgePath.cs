using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Autodiff;

namespace DigitalTwin.Models.Explanation.Attribution;

/// <summary>A member as a function of the factors on the edges of its gene network, and of one more, the last, on what nodes give themselves; features are those
/// of the subject at every point.</summary>
internal sealed class EdgePath : IPathFunction, IDisposable
{
    private readonly ExplainedMember _member;
    private readonly SharedGraph _genes;
    private readonly EdgeGates _gates;

    /// <param name="member">Asked about the subject.</param>
    /// <exception cref="ArgumentException">It has no gene network.</exception>
    public EdgePath(ExplainedMember member)
    {
        _member = member;
        _genes = member.Genes ?? throw new ArgumentException("The model has no gene network, and so no edges.", nameof(member));
        _gates = new EdgeGates(member.Backend, _genes.Host);
        _genes.Gates = _gates;
    }

    public int InputCount => _gates.Count;

    /// <summary>The two nodes of each edge, the lower first, in the order of the inputs.</summary>
    public IReadOnlyList<(int First, int Second)> Edges => _gates.Edges;

    public void Evaluate(float[] points, Span<double> values, Span<float> gradients)
    {
        var count = values.Length;
        using var tape = new Tape(_member.Backend);
        using var uploads = new UploadedNumbers(_member.Backend);
        Tensor[] modalities =
        [
            .. _member.Numbers.Select((n, m) => tape.Constant(
                uploads.Of([.. Enumerable.Range(0, count).SelectMany(_ => n.Values)], count * n.RowCount, n.ColumnCount), $"modality {m}")),
        ];
        var factors = tape.Variable(uploads.Of(points, count * InputCount, 1), "edges");
        _gates.Factors = factors;
        try
        {
            _member.Differentiate(tape, modalities, values);
        }
        finally
        {
            _gates.Factors = null;
        }

        gradients.Clear();
        if (factors.Gradient is { } gradient)
        {
            _member.Backend.Download(gradient, gradients);
        }
    }

    public void Dispose()
    {
        _genes.Gates = null;
        _gates.Dispose();
    }
}
