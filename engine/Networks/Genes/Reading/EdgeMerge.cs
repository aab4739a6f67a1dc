namespace DigitalTwin.Networks.Genes.Reading;

/// <summary>Makes one edge of those that state the same, and settles contradictions; the result does not depend on the order of the edges.</summary>
internal static class EdgeMerge
{
    public static List<GeneEdge> Merge(List<StatedEdge> stated, ConflictRule rule, Func<int, string> nameOf, FindingTally tally)
    {
        stated.Sort(StatedEdge.Compare);
        var merged = new List<GeneEdge>(stated.Count);
        var findings = new List<(FindingKind Kind, int Line, string Text)>();
        for (int start = 0, end; start < stated.Count; start = end)
        {
            for (end = start + 1; end < stated.Count && stated[end].SameEndsAs(stated[start]); end++)
            {
            }

            MergeGroup(stated.GetRange(start, end - start), rule, nameOf, merged, findings);
        }

        foreach (var (kind, line, text) in findings.OrderBy(f => f.Line))
        {
            tally.Add(kind, line, text);
        }

        return merged;
    }

    private static void MergeGroup(
        List<StatedEdge> group, ConflictRule rule, Func<int, string> nameOf, List<GeneEdge> merged, List<(FindingKind Kind, int Line, string Text)> findings)
    {
        var positive = group.FindIndex(e => e.Sign == EdgeSign.Positive);
        var negative = group.FindIndex(e => e.Sign == EdgeSign.Negative);
        var isConflict = positive >= 0 && negative >= 0;
        CountRepeats(group, isConflict, positive, negative, nameOf, findings);
        if (!isConflict)
        {
            merged.Add(One(group, positive >= 0 ? EdgeSign.Positive : negative >= 0 ? EdgeSign.Negative : EdgeSign.Unknown));
            return;
        }

        var (first, second) = positive < negative ? (group[positive], group[negative]) : (group[negative], group[positive]);
        findings.Add((FindingKind.ConflictingEdge, second.Line, $"{Ends(second, nameOf)} has sign {(int)second.Sign}, and {Where(first)} with sign {(int)first.Sign}"));
        if (rule == ConflictRule.Unsigned)
        {
            merged.Add(One(group, EdgeSign.Unknown));
        }
        else if (rule == ConflictRule.KeepBoth)
        {
            merged.Add(One(group.FindAll(e => e.Sign == EdgeSign.Positive), EdgeSign.Positive));
            merged.Add(One(group.FindAll(e => e.Sign == EdgeSign.Negative), EdgeSign.Negative));
        }
    }

    // The first edge as written and the first with its ends exchanged are no repeats of each other's kind; in a conflict the first of each sign stands.
    private static void CountRepeats(
        List<StatedEdge> group, bool isConflict, int positive, int negative, Func<int, string> nameOf, List<(FindingKind Kind, int Line, string Text)> findings)
    {
        var (asWritten, swapped) = (0, 0);
        for (var k = 0; k < group.Count; k++)
        {
            var isReciprocal = group[k].IsSwapped ? swapped++ == 0 && asWritten > 0 : asWritten++ == 0 && swapped > 0;
            var isFirst = isConflict ? k == positive || k == negative : k == 0;
            if (!isFirst)
            {
                findings.Add((isReciprocal ? FindingKind.ReciprocalEdge : FindingKind.DuplicateEdge, group[k].Line, $"{Ends(group[k], nameOf)} {Where(group[0])}"));
            }
        }
    }

    private static GeneEdge One(List<StatedEdge> group, EdgeSign sign)
    {
        var type = group[0].Type is EdgeType.TranscriptionTarget or EdgeType.Association ? group[0].Type
            : sign == EdgeSign.Positive ? EdgeType.Activation
            : sign == EdgeSign.Negative ? EdgeType.Inhibition
            : EdgeType.Interaction;
        var sources = group.SelectMany(e => e.SourceName.Split(';')).Where(s => s.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return new GeneEdge(group[0].Source, group[0].Target, type, sign, group.Max(e => e.Weight), string.Join(';', sources), group[0].IsDirected);
    }

    private static string Ends(StatedEdge edge, Func<int, string> nameOf) =>
        $"{nameOf(edge.Source)} {(edge.IsDirected ? "->" : "--")} {nameOf(edge.Target)}";

    private static string Where(StatedEdge first) => first.Line == 0 ? "stands already" : $"stands already in line {first.Line}";
}
