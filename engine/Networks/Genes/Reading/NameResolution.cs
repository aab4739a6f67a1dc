namespace DigitalTwin.Networks.Genes.Reading;

/// <summary>Acts on the answer of a catalog, the same for edges and for gene sets.</summary>
internal static class NameResolution
{
    /// <summary>True where the name stands for a node; the symbol is then the node's.</summary>
    public static bool Apply(SymbolResolution resolution, UnknownSymbolRule rule, int line, FindingTally tally, ref GeneSymbol symbol)
    {
        switch (resolution.Kind)
        {
            case ResolutionKind.Symbol:
                return true;
            case ResolutionKind.Alias:
                tally.Add(FindingKind.ResolvedAlias, line, $"{symbol} is {resolution.Symbol}");
                symbol = resolution.Symbol!.Value;
                return true;
            case ResolutionKind.Ambiguous:
                tally.Add(FindingKind.AmbiguousAlias, line, $"{symbol} may be {string.Join(" or ", resolution.Candidates)}");
                return false;
            default:
                tally.Add(FindingKind.UnknownSymbol, line, symbol.Value);
                return rule == UnknownSymbolRule.Keep;
        }
    }
}
