using DigitalTwin.Models.Perturbation;
using DigitalTwin.Networks.Genes;
using MathNet.Numerics.LinearAlgebra;

namespace DigitalTwin.Tests.Engine.Models.Perturbation;

public sealed class SignalPropagationTests
{
    [Fact]
    public void ClosedForm_AlongAChain_EachStepDampsAndSignsMultiply()
    {
        var signals = new SignalPropagation(Network(("A", "B", 1), ("B", "C", -1), ("C", "D", -1)), 0.5);

        var shift = signals.Spread(new Dictionary<int, double> { [0] = 2 });

        Assert.Equal([2, 1, -0.5, 0.25], shift);
    }

    [Fact]
    public void ClosedForm_WithALoop_ItIsTheColumnOfTheInverseOverItsOwnEntry()
    {
        // A gene that is held where it was put is one into which nothing flows: of a = (I - d W)^-1 e, with e such that a of the gene is what was asked for.
        (string, string, int)[] edges = [("A", "B", 1), ("B", "C", 1), ("C", "A", -1), ("A", "D", 1), ("C", "D", 1), ("D", "B", -1)];
        var network = Network(edges);
        var into = edges.GroupBy(e => e.Item2).ToDictionary(g => g.Key, g => g.Count());
        var system = Matrix<double>.Build.DenseIdentity(4);
        foreach (var (source, target, sign) in edges)
        {
            system[target[0] - 'A', source[0] - 'A'] -= 0.6 * sign / Math.Sqrt(into[target]);
        }

        var inverse = system.Inverse();
        var shift = new SignalPropagation(network, 0.6).Spread(new Dictionary<int, double> { [1] = 1.5 });

        for (var node = 0; node < 4; node++)
        {
            Assert.Equal(1.5 * inverse[node, 1] / inverse[1, 1], shift[node], 7);
        }
    }

    [Fact]
    public void Property_TwoKnockedGenesStayWhereTheyWerePut()
    {
        var signals = new SignalPropagation(Network(("A", "B", 1), ("B", "C", 1)), 0.5);

        Assert.Equal([1, -3, -1.5], signals.Spread(new Dictionary<int, double> { [0] = 1, [1] = -3 }));
    }

    [Fact]
    public void Error_ANetworkThatCarriesNothing_AndALoopThatGrows_AreSaid()
    {
        var still = new GeneNetworkBuilder().AddEdge(new GeneSymbol("A"), new GeneSymbol("B"), EdgeType.Association, EdgeSign.Unknown, 1, "test", isDirected: false).Build();

        Assert.Contains("has a sign and a direction", Assert.Throws<ArgumentException>(() => new SignalPropagation(still)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SignalPropagation(Network(("A", "B", 1)), 1.5));

        // Everybody drives everybody: with the root of the degree the loop gains.
        string[] names = ["A", "B", "C", "D", "E", "F", "G", "H"];
        var full = Network([.. from a in names from b in names where a != b select (a, b, 1)]);
        Assert.Contains("Lower the damping", Assert.Throws<InvalidOperationException>(() => new SignalPropagation(full, 0.9).Spread(new Dictionary<int, double> { [0] = 1 })).Message, StringComparison.Ordinal);
    }

    internal static GeneNetwork Network(params (string Source, string Target, int Sign)[] edges)
    {
        var builder = new GeneNetworkBuilder();
        foreach (var (source, target, sign) in edges)
        {
            builder.AddEdge(new GeneSymbol(source), new GeneSymbol(target), sign > 0 ? EdgeType.Activation : EdgeType.Inhibition, (EdgeSign)sign, 1, "test", isDirected: true);
        }

        return builder.Build();
    }
}
