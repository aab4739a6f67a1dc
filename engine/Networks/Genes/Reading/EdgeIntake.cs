namespace DigitalTwin.Networks.Genes.Reading;

/// <summary>Takes edges as lines state them: resolves names, counts what it finds, and hands the rest to a builder.</summary>
internal sealed class EdgeIntake(NetworkReadOptions options)
{
    private readonly GeneNetworkBuilder _builder = new(options.Catalog, options.Conflicts, options.ExampleCount);
    private readonly Dictionary<string, SymbolResolution> _resolutions = new(StringComparer.Ordinal);
    private int _refusedCount;

    public FindingTally Tally => _builder.Tally;

    /// <summary>Takes an edge whose ends are names.</summary>
    public void Offer(int line, string source, string target, EdgeType type, EdgeSign sign, double weight, string sourceName, bool isDirected)
    {
        if (GeneEdge.Fault(type, sign, weight) is { } fault)
        {
            Tally.Add(FindingKind.MalformedLine, line, fault);
            _refusedCount++;
            return;
        }

        // Both ends are looked at, so that the second is counted too where the first is refused.
        var isSource = TryResolve(line, source, out var from);
        var isTarget = TryResolve(line, target, out var to);
        if (isSource && isTarget)
        {
            _builder.AddEdge(from, to, type, sign, weight, sourceName, isDirected, line);
        }
        else
        {
            _refusedCount++;
        }
    }

    /// <summary>Takes a node without an edge.</summary>
    public void OfferNode(int line, string name)
    {
        if (TryResolve(line, name, out var symbol))
        {
            _builder.AddNode(symbol);
        }
    }

    /// <summary>Counts an edge that was stated and is left out before its names are looked at.</summary>
    public void Refuse(FindingKind kind, int line, string text)
    {
        Tally.Add(kind, line, text);
        _refusedCount++;
    }

    /// <summary>Leaves out an edge that was stated, for a reason that is counted already.</summary>
    public void LeaveOut() => _refusedCount++;

    public NetworkReading Finish(int lineCount)
    {
        var (network, report) = _builder.BuildReported(options.SourceName, lineCount);
        return new NetworkReading(network, report with { RecordCount = report.RecordCount + _refusedCount });
    }

    private bool TryResolve(int line, string name, out GeneSymbol symbol)
    {
        if (!GeneSymbol.TryParse(name, out symbol))
        {
            Tally.Add(FindingKind.MalformedLine, line, $"'{name}' is no name of a node");
            return false;
        }

        if (options.Catalog is not { } catalog)
        {
            return true;
        }

        if (!_resolutions.TryGetValue(symbol.Value, out var resolution))
        {
            _resolutions.Add(symbol.Value, resolution = catalog.Resolve(symbol.Value));
        }

        return NameResolution.Apply(resolution, options.UnknownSymbols, line, Tally, ref symbol);
    }
}
