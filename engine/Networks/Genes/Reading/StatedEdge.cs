namespace DigitalTwin.Networks.Genes.Reading;

/// <summary>An edge as a line or a caller states it, its ends numbered. It is swapped where it has no direction and its ends were exchanged to put the lower
/// number first.</summary>
internal readonly record struct StatedEdge(
    int Source, int Target, EdgeType Type, EdgeSign Sign, double Weight, string SourceName, bool IsDirected, bool IsSwapped, int Line)
{
    private int Family => EdgeFamilies.FamilyOf(Type);

    public bool SameEndsAs(in StatedEdge other) =>
        Source == other.Source && Target == other.Target && IsDirected == other.IsDirected && Family == other.Family;

    public static int Compare(StatedEdge a, StatedEdge b)
    {
        var order = a.Source.CompareTo(b.Source);
        order = order != 0 ? order : a.Target.CompareTo(b.Target);
        order = order != 0 ? order : a.IsDirected.CompareTo(b.IsDirected);
        order = order != 0 ? order : a.Family.CompareTo(b.Family);
        return order != 0 ? order : a.Line.CompareTo(b.Line);
    }
}
