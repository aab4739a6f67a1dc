using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Networks.Genes.Operations;

/// <summary>Edges whose ends can be exchanged in pairs of one relation.</summary>
internal sealed class EdgeExchange
{
    private readonly int[] _relationOf;
    private readonly int[][] _edgesOf;
    private readonly NetworkRelation[] _relations;
    private readonly bool[] _wasSwapped;
    private readonly Dictionary<long, int> _joined;
    private readonly int _nodeCount;

    public EdgeExchange(GeneNetwork network)
    {
        _relations = [.. network.Edges.Select(NetworkRelation.Of).Distinct().Order()];
        _relationOf = [.. network.Edges.Select(e => Array.BinarySearch(_relations, NetworkRelation.Of(e)))];
        _edgesOf = [.. _relations.Select((_, r) => Enumerable.Range(0, network.EdgeCount).Where(e => _relationOf[e] == r).ToArray())];
        _wasSwapped = new bool[_relations.Length];
        _joined = new Dictionary<long, int>(network.EdgeCount);
        _nodeCount = network.NodeCount;
        Sources = [.. network.Edges.Select(e => e.Source)];
        Targets = [.. network.Edges.Select(e => e.Target)];
        for (var e = 0; e < Sources.Length; e++)
        {
            Count(e, 1);
        }
    }

    /// <summary>Source of each edge, shape [edges].</summary>
    public int[] Sources { get; }

    /// <summary>Target of each edge, shape [edges].</summary>
    public int[] Targets { get; }

    public IReadOnlyList<NetworkRelation> Frozen => [.. _relations.Where((_, r) => !_wasSwapped[r])];

    /// <summary>Draws two edges of one relation and exchanges their targets where that gives two new edges.</summary>
    public bool TrySwap(RandomStream stream)
    {
        var first = stream.NextInt(Sources.Length);
        var relation = _relationOf[first];
        var second = _edgesOf[relation][stream.NextInt(_edgesOf[relation].Length)];

        // An edge without direction may be taken from either end; the number is drawn in any case, so that each attempt draws alike.
        var isTurned = stream.NextInt(2) == 1 && !_relations[relation].IsDirected;
        var (from, to) = isTurned ? (Targets[second], Sources[second]) : (Sources[second], Targets[second]);
        var (source, target) = (Sources[first], Targets[first]);
        if (first == second || source == to || from == target || IsJoined(relation, source, to) || IsJoined(relation, from, target))
        {
            return false;
        }

        Count(first, -1);
        Count(second, -1);
        (Sources[first], Targets[first]) = (source, to);
        (Sources[second], Targets[second]) = (from, target);
        Count(first, 1);
        Count(second, 1);
        _wasSwapped[relation] = true;
        return true;
    }

    private bool IsJoined(int relation, int source, int target) => _joined.ContainsKey(Key(relation, source, target));

    private void Count(int edge, int change)
    {
        var key = Key(_relationOf[edge], Sources[edge], Targets[edge]);
        var count = _joined.GetValueOrDefault(key) + change;
        if (count == 0)
        {
            _joined.Remove(key);
        }
        else
        {
            _joined[key] = count;
        }
    }

    // One number for the ends, the direction and the family of types: there are three families and two kinds of direction.
    private long Key(int relation, int source, int target)
    {
        var (type, _, isDirected) = _relations[relation];
        var isOrdered = isDirected || source < target;
        var ends = isOrdered ? ((long)source * _nodeCount) + target : ((long)target * _nodeCount) + source;
        return (ends * 6) + (EdgeFamilies.FamilyOf(type) * 2) + (isDirected ? 1 : 0);
    }
}
