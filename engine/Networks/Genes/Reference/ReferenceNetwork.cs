using System.Globalization;
using DigitalTwin.Networks.Genes.Pathways;
using DigitalTwin.Networks.Genes.Reading;

namespace DigitalTwin.Networks.Genes.Reference;

/// <summary>Human genes, gene sets and networks that are embedded in this assembly, so that nothing needs a download. Each part is read when it is first asked for.</summary>
/// <remarks>Sources: [Ashburner2000], [Kanehisa2000], [Schubert2018], [UniProt2023], and the papers that <see cref="Citations"/> lists.
/// Licences and limits: <see cref="ReferenceSource.All"/>.</remarks>
public sealed class ReferenceNetwork
{
    private readonly Lazy<GeneCatalog> _catalog;
    private readonly Lazy<IReadOnlyDictionary<string, PathwaySets>> _sets;
    private readonly Lazy<PathwayFootprints> _footprints;
    private readonly Lazy<GeneNetwork> _coAnnotation;
    private readonly Lazy<IReadOnlyList<Citation>> _citations;
    private readonly Lazy<IReadOnlyList<SignallingEdge>> _signallingEdges;
    private readonly Lazy<GeneNetwork> _signalling;

    public ReferenceNetwork()
    {
        _catalog = new(ReadCatalog);
        _sets = new(ReadSets);
        _footprints = new(ReadFootprints);
        _coAnnotation = new(ReadCoAnnotation);
        _citations = new(ReadCitations);
        _signallingEdges = new(ReadSignallingEdges);
        _signalling = new(MakeSignalling);
    }

    /// <summary>Protein-coding genes with a GO term or a pathway: symbol, UniProt accessions, aliases.</summary>
    public GeneCatalog Catalog => _catalog.Value;

    /// <summary>Biological processes of the Gene Ontology with 30 to 300 genes, none of two sharing half of theirs or more; ids are those of GO.</summary>
    public PathwaySets GeneOntologySets => _sets.Value["GO"];

    /// <summary>Pathways of KEGG as they were in March 2011; ids are those of KEGG. See the licence in <see cref="ReferenceSource.All"/>.</summary>
    public PathwaySets KeggSets => _sets.Value["KEGG"];

    /// <summary>Responses of genes to 14 pathways.</summary>
    public PathwayFootprints Footprints => _footprints.Value;

    /// <summary>Genes that share specific annotations: an edge is an association without direction or sign, its weight the similarity, from 0.1 to 1 in steps of 0.01.</summary>
    /// <remarks>Source: [Pesquita2008], simGIC over terms of 2 to 50 genes; each gene keeps its 15 most similar. It is no network of interactions.</remarks>
    public GeneNetwork CoAnnotation => _coAnnotation.Value;

    /// <summary>Steps of signalling among genes of cancer, each with its citation, in the order of the table.</summary>
    public IReadOnlyList<SignallingEdge> SignallingEdges => _signallingEdges.Value;

    /// <summary>The steps of <see cref="SignallingEdges"/> as a network; the source of an edge is the key of its citation.</summary>
    public GeneNetwork Signalling => _signalling.Value;

    /// <summary>Papers that <see cref="SignallingEdges"/> are cited from.</summary>
    public IReadOnlyList<Citation> Citations => _citations.Value;

    private static GeneCatalog ReadCatalog() => new(
        from row in ReferenceTables.Rows("genes.tsv.gz")
        select new GeneNode(new GeneSymbol(row[0]), NodeKind.Gene, row[0], Names(row[2]), Names(row[3])));

    private static string[] Names(string cell) => cell.Split('|', StringSplitOptions.RemoveEmptyEntries);

    private Dictionary<string, PathwaySets> ReadSets() =>
        ReferenceTables.Rows("gene-sets.tsv.gz")
            .GroupBy(row => row[0], row => new GeneSet(row[1], row[2], [.. ReferenceTables.Numbers(row[3]).Select(SymbolOf)]), StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => new PathwaySets(g), StringComparer.Ordinal);

    private static PathwayFootprints ReadFootprints() => new(
        from row in ReferenceTables.Rows("footprints.tsv.gz")
        select new FootprintWeight(row[0], new GeneSymbol(row[1]), double.Parse(row[2], CultureInfo.InvariantCulture)));

    private GeneNetwork ReadCoAnnotation()
    {
        const double OneStep = 100;
        var builder = new GeneNetworkBuilder(Catalog);
        foreach (var row in ReferenceTables.Rows("co-annotation.tsv.gz"))
        {
            var gene = SymbolOf(int.Parse(row[0], CultureInfo.InvariantCulture));
            foreach (var (other, similarity) in ReferenceTables.Numbers(row[1]).Zip(row[2].Split(' ')))
            {
                var weight = int.Parse(similarity, CultureInfo.InvariantCulture) / OneStep;
                builder.AddEdge(gene, SymbolOf(other), EdgeType.Association, EdgeSign.Unknown, weight, "GO co-annotation", isDirected: false);
            }
        }

        return builder.Build();
    }

    private static Citation[] ReadCitations() =>
        [.. ReferenceTables.Rows("signalling-sources.tsv").Select(r => new Citation(r[0], r[1], r[2], r[3], int.Parse(r[4], CultureInfo.InvariantCulture), r[5], r[6]))];

    private SignallingEdge[] ReadSignallingEdges()
    {
        var citations = Citations.ToDictionary(c => c.Key, StringComparer.Ordinal);
        return
        [
            .. from row in ReferenceTables.Rows("signalling.tsv")
               let relation = RelationNames.Find(row[1])!.Value
               select new SignallingEdge(new GeneSymbol(row[0]), new GeneSymbol(row[2]), relation.Type, relation.Sign, row[3], citations[row[4]]),
        ];
    }

    private GeneNetwork MakeSignalling()
    {
        var builder = new GeneNetworkBuilder(Catalog);
        foreach (var edge in SignallingEdges)
        {
            builder.AddEdge(edge.Source, edge.Target, edge.Type, edge.Sign, 1, edge.Citation.Key, isDirected: edge.Type != EdgeType.Interaction);
        }

        return builder.Build();
    }

    private GeneSymbol SymbolOf(int number) => Catalog.Genes[number].Symbol;
}
