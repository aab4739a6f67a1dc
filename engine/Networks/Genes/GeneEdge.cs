using QuikGraph;

namespace DigitalTwin.Networks.Genes;

/// <summary>An edge of a gene network; its ends are indices of nodes. An edge without direction runs from the lower index to the higher.</summary>
public sealed class GeneEdge : IEdge<int>
{
    /// <exception cref="ArgumentException">Both ends are one node, the sign contradicts the type, or the weight is not positive and finite.</exception>
    public GeneEdge(int source, int target, EdgeType type, EdgeSign sign, double weight, string sourceName, bool isDirected)
    {
        ArgumentNullException.ThrowIfNull(sourceName);
        if (source == target)
        {
            throw new ArgumentException($"Node {source} has an edge to itself: a network holds none, ask for self loops when it is normalised.", nameof(target));
        }

        if (Fault(type, sign, weight) is { } fault)
        {
            throw new ArgumentException(fault, nameof(type));
        }

        (Source, Target) = isDirected || source < target ? (source, target) : (target, source);
        (Type, Sign, Weight, SourceName, IsDirected) = (type, sign, weight, sourceName, isDirected);
    }

    /// <summary>Index of the node it starts from.</summary>
    public int Source { get; }

    /// <summary>Index of the node it ends in.</summary>
    public int Target { get; }

    public EdgeType Type { get; }

    public EdgeSign Sign { get; }

    /// <summary>Positive; what it means is up to the source (a confidence, a similarity).</summary>
    public double Weight { get; }

    /// <summary>Where it is known from; several sources are joined by a semicolon.</summary>
    public string SourceName { get; }

    public bool IsDirected { get; }

    /// <summary>What an edge with these values would do wrong; null where nothing.</summary>
    public static string? Fault(EdgeType type, EdgeSign sign, double weight)
    {
        var needed = type switch
        {
            EdgeType.Activation => EdgeSign.Positive,
            EdgeType.Inhibition => EdgeSign.Negative,
            EdgeType.Interaction or EdgeType.Association => EdgeSign.Unknown,
            _ => sign,
        };
        return sign != needed ? $"{type} with sign {(int)sign} contradicts itself: its sign is {(int)needed}."
            : !double.IsFinite(weight) || weight <= 0 ? $"The weight {weight} is not a positive, finite number: give the sign on its own."
            : null;
    }

    public override string ToString() => $"{Source} {(IsDirected ? "->" : "--")} {Target} ({Type}, {(int)Sign})";
}
