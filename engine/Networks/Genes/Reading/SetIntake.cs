using DigitalTwin.Networks.Genes.Pathways;

namespace DigitalTwin.Networks.Genes.Reading;

/// <summary>Takes memberships as lines state them: resolves names, counts what it finds, and makes sets of the rest.</summary>
internal sealed class SetIntake(NetworkReadOptions options)
{
    private readonly Dictionary<string, (string Description, HashSet<GeneSymbol> Genes)> _sets = new(StringComparer.Ordinal);
    private int _recordCount;

    public FindingTally Tally { get; } = new(options.ExampleCount);

    public bool Holds(string id) => _sets.ContainsKey(id);

    public void Offer(int line, string id, string description, string gene)
    {
        _recordCount++;
        if (!GeneSymbol.TryParse(gene, out var symbol) || id.Length == 0)
        {
            Tally.Add(FindingKind.MalformedLine, line, $"'{gene}' in '{id}'");
            return;
        }

        if (options.Catalog is { } catalog && !NameResolution.Apply(catalog.Resolve(symbol.Value), options.UnknownSymbols, line, Tally, ref symbol))
        {
            return;
        }

        if (!_sets.TryGetValue(id, out var set))
        {
            _sets.Add(id, set = (description, []));
        }

        if (!set.Genes.Add(symbol))
        {
            Tally.Add(FindingKind.DuplicateMember, line, $"{symbol} in {id}");
        }
    }

    public GeneSetReading Finish(int lineCount)
    {
        var sets = new PathwaySets(_sets.Select(s => new GeneSet(s.Key, s.Value.Description, [.. s.Value.Genes])));
        var report = new NetworkReadReport(options.SourceName, lineCount, _recordCount, sets.MembershipCount, sets.Genes.Count, Tally.ToFindings());
        return new GeneSetReading(sets, report);
    }
}
