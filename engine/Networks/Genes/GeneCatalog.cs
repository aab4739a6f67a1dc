using DigitalTwin.Vocabulary;

namespace DigitalTwin.Networks.Genes;

/// <summary>Known genes, and which of them a name stands for. A symbol goes before an alias; letters may be upper or lower case.</summary>
public sealed class GeneCatalog
{
    private readonly Dictionary<string, int> _bySymbol = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int[]> _byAlias = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="genes">In any order, each symbol once.</param>
    /// <exception cref="ArgumentException">A symbol stands twice, upper and lower case taken as one.</exception>
    public GeneCatalog(IEnumerable<GeneNode> genes)
    {
        ArgumentNullException.ThrowIfNull(genes);
        Genes = [.. genes.OrderBy(g => g.Symbol)];
        for (var i = 0; i < Genes.Count; i++)
        {
            if (!_bySymbol.TryAdd(Genes[i].Symbol.Value, i))
            {
                throw new ArgumentException($"The symbol {Genes[i].Symbol} stands twice in the catalog.", nameof(genes));
            }
        }

        for (var i = 0; i < Genes.Count; i++)
        {
            foreach (var name in Genes[i].Aliases.Concat(Genes[i].UniProtAccessions))
            {
                var held = _byAlias.GetValueOrDefault(name, []);
                if (!held.Contains(i))
                {
                    _byAlias[name] = [.. held, i];
                }
            }
        }
    }

    /// <summary>In ordinal order of their symbols.</summary>
    public IReadOnlyList<GeneNode> Genes { get; }

    public GeneNode? Find(GeneSymbol symbol) =>
        _bySymbol.TryGetValue(symbol.Value, out var index) && Genes[index].Symbol == symbol ? Genes[index] : null;

    /// <summary>The gene that a name (symbol, alias or UniProt accession) stands for.</summary>
    public SymbolResolution Resolve(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (_bySymbol.TryGetValue(name, out var index))
        {
            var symbol = Genes[index].Symbol;
            return new SymbolResolution(symbol.Value == name ? ResolutionKind.Symbol : ResolutionKind.Alias, symbol, []);
        }

        return !_byAlias.TryGetValue(name, out var indices) ? new SymbolResolution(ResolutionKind.Unknown, null, [])
            : indices.Length == 1 ? new SymbolResolution(ResolutionKind.Alias, Genes[indices[0]].Symbol, [])
            : new SymbolResolution(ResolutionKind.Ambiguous, null, Array.ConvertAll(indices, i => Genes[i].Symbol));
    }

    /// <summary>The symbol that a writer most likely meant; null where none is near.</summary>
    public string? Nearest(string name) => NearestName.Find(name, Genes.Select(g => g.Symbol.Value));
}
