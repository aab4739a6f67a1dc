using CsCheck;
using DigitalTwin.Networks.Genes;

namespace DigitalTwin.Tests.Engine.Networks.Genes;

/// <summary>Networks of every type, sign and direction, with repeats and contradictions among what is stated.</summary>
internal static class RandomNetworks
{
    public sealed record Stated(int Source, int Target, EdgeType Type, EdgeSign Sign, int Weight, bool IsDirected);

    private static readonly (EdgeType Type, EdgeSign Sign)[] s_kinds =
    [
        (EdgeType.Interaction, EdgeSign.Unknown),
        (EdgeType.Activation, EdgeSign.Positive),
        (EdgeType.Inhibition, EdgeSign.Negative),
        (EdgeType.TranscriptionTarget, EdgeSign.Positive),
        (EdgeType.TranscriptionTarget, EdgeSign.Unknown),
        (EdgeType.Association, EdgeSign.Unknown),
    ];

    private static readonly Gen<(EdgeType Type, EdgeSign Sign)> Kinds = Gen.Int[0, s_kinds.Length - 1].Select(i => s_kinds[i]);

    /// <summary>Edges as they are stated; self loops among them.</summary>
    public static readonly Gen<Stated[]> Edges = Gen.Select(
        Gen.Int[0, 11], Gen.Int[0, 11], Kinds, Gen.Int[1, 9], Gen.Bool,
        (s, t, kind, weight, isDirected) => new Stated(s, t, kind.Type, kind.Sign, weight, isDirected || kind.Sign != EdgeSign.Unknown)).Array[1, 60];

    /// <summary>Networks with at least one edge.</summary>
    public static readonly Gen<GeneNetwork> Networks = Edges.Select(e => Build(e)).Where(n => n.EdgeCount > 0);

    public static GeneNetwork Build(IEnumerable<Stated> edges, ConflictRule rule = ConflictRule.KeepBoth)
    {
        var builder = new GeneNetworkBuilder(conflicts: rule);
        foreach (var e in edges)
        {
            builder.AddEdge(Symbol(e.Source), Symbol(e.Target), e.Type, e.Sign, e.Weight, $"S{e.Weight % 3}", e.IsDirected);
        }

        return builder.Build();
    }

    private static GeneSymbol Symbol(int number) => new($"G{number:D2}");
}
