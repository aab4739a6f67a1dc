namespace DigitalTwin.Networks.Genes.Reading;

/// <summary>Counts findings and keeps the first examples of each kind.</summary>
internal sealed class FindingTally(int exampleCount)
{
    private const int LongestText = 120;

    private readonly SortedDictionary<FindingKind, (int Count, List<FindingExample> Examples)> _findings = [];

    public void Add(FindingKind kind, int line, string text)
    {
        var (count, examples) = _findings.GetValueOrDefault(kind, (0, []));
        if (examples.Count < exampleCount)
        {
            examples.Add(new FindingExample(line, text.Length > LongestText ? text[..LongestText] + "..." : text));
        }

        _findings[kind] = (count + 1, examples);
    }

    public FindingTally Copy()
    {
        var copy = new FindingTally(exampleCount);
        foreach (var (kind, (count, examples)) in _findings)
        {
            copy._findings[kind] = (count, [.. examples]);
        }

        return copy;
    }

    public IReadOnlyList<ReadFinding> ToFindings() => [.. _findings.Select(f => new ReadFinding(f.Key, f.Value.Count, f.Value.Examples))];
}
