using DigitalTwin.Networks.Genes;
using DigitalTwin.Networks.Genes.Reading;

namespace DigitalTwin.Tests.Engine.Networks.Genes;

/// <summary>Small networks for tests, written as text, and networks as text to compare.</summary>
internal static class NetworkText
{
    /// <summary>A network from SIF lines parted by semicolons: <c>"A -> B; B -| C; C pp D"</c>.</summary>
    public static GeneNetwork Of(string lines, NetworkReadOptions? options = null) => Read(lines, options).Network;

    public static NetworkReading Read(string lines, NetworkReadOptions? options = null) =>
        SifReader.Read(new StringReader(string.Join('\n', lines.Split(';').Select(l => l.Trim()))), options);

    /// <summary>Each edge with names, type, sign and weight, in the order of the network.</summary>
    public static string[] Edges(GeneNetwork network) =>
    [
        .. network.Edges.Select(e => string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{network.Nodes[e.Source].Symbol} {(e.IsDirected ? "->" : "--")} {network.Nodes[e.Target].Symbol} {e.Type} {(int)e.Sign} {e.Weight} {e.SourceName}")),
    ];

    public static string[] Symbols(GeneNetwork network) => [.. network.Nodes.Select(n => n.Symbol.Value)];

    /// <summary>Nodes N000, N001, ... joined in a row.</summary>
    public static GeneNetwork Path(int nodeCount) =>
        Of(string.Join(';', Enumerable.Range(0, nodeCount - 1).Select(i => $"N{i:D3} pp N{i + 1:D3}")));

    /// <summary>Node N000 joined to each of the others.</summary>
    public static GeneNetwork Star(int nodeCount) =>
        Of(string.Join(';', Enumerable.Range(1, nodeCount - 1).Select(i => $"N000 pp N{i:D3}")));
}
