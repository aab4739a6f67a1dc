namespace DigitalTwin.Networks.Genes;

/// <summary>Edges that mean the same: one relation of a relational graph layer.</summary>
public readonly record struct NetworkRelation(EdgeType Type, EdgeSign Sign, bool IsDirected) : IComparable<NetworkRelation>
{
    public static NetworkRelation Of(GeneEdge edge)
    {
        ArgumentNullException.ThrowIfNull(edge);
        return new NetworkRelation(edge.Type, edge.Sign, edge.IsDirected);
    }

    public int CompareTo(NetworkRelation other) => (Type, Sign, IsDirected).CompareTo((other.Type, other.Sign, other.IsDirected));

    public static bool operator <(NetworkRelation left, NetworkRelation right) => left.CompareTo(right) < 0;

    public static bool operator >(NetworkRelation left, NetworkRelation right) => left.CompareTo(right) > 0;

    public static bool operator <=(NetworkRelation left, NetworkRelation right) => left.CompareTo(right) <= 0;

    public static bool operator >=(NetworkRelation left, NetworkRelation right) => left.CompareTo(right) >= 0;
}
