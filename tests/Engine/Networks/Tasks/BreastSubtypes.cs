using System.Globalization;
using System.IO.Compression;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Networks.Genes.Reference;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Networks.Tasks;

/// <summary>Expression of 200 genes in breast cancers of TCGA with their PAM50 subtypes (Basal, Her2, LumA), as packed in mixOmics: 150 to train on and 70 to test,
/// by a column of the file. Genes are scaled by mean and deviation of the training subjects.</summary>
internal sealed class BreastSubtypes
{
    private const string File = "breast_tcga_mixomics/breast_tcga_mrna.csv.gz";

    private BreastSubtypes(string[] genes, string[] names, float[] numbers, int[] labels, int[] training, int[] test) =>
        (Genes, Names, Numbers, Labels, Training, Test) = (genes, names, numbers, labels, training, test);

    public string[] Genes { get; }

    public string[] Names { get; }

    /// <summary>[subjects, genes].</summary>
    public float[] Numbers { get; }

    public int[] Labels { get; }

    public int[] Training { get; }

    public int[] Test { get; }

    /// <summary>The data, or null where the folder beside the repository is not there.</summary>
    public static BreastSubtypes? ReadOrNull()
    {
        if (ReferenceData.SharedPathOrNull(File) is not { } path)
        {
            return null;
        }

        using var reader = new StreamReader(new GZipStream(System.IO.File.OpenRead(path), CompressionMode.Decompress));
        var genes = reader.ReadLine()!.Split(',')[3..];
        var rows = new List<string[]>();
        while (reader.ReadLine() is { } line)
        {
            rows.Add(line.Split(','));
        }

        string[] classes = [.. rows.Select(r => r[2]).Distinct().Order(StringComparer.Ordinal)];
        int[] training = [.. Enumerable.Range(0, rows.Count).Where(r => rows[r][1] == "train")];
        var numbers = rows.SelectMany(r => r[3..].Select(c => float.Parse(c, CultureInfo.InvariantCulture))).ToArray();
        Scale(numbers, genes.Length, training);
        return new BreastSubtypes(
            genes, [.. rows.Select(r => r[0])], numbers, [.. rows.Select(r => Array.IndexOf(classes, r[2]))], training, [.. Enumerable.Range(0, rows.Count).Where(r => rows[r][1] == "test")]);
    }

    /// <summary>Each gene joined with those it goes with most, up or down, among the training subjects; weighted by the absolute correlation.</summary>
    public GeneNetwork CoExpression(int neighborCount)
    {
        var count = Genes.Length;
        var correlation = new double[count, count];
        foreach (var s in Training)
        {
            for (var a = 0; a < count; a++)
            {
                for (var b = 0; b < count; b++)
                {
                    correlation[a, b] += Numbers[(s * count) + a] * (double)Numbers[(s * count) + b] / Training.Length;
                }
            }
        }

        var builder = new GeneNetworkBuilder();
        for (var a = 0; a < count; a++)
        {
            foreach (var b in Enumerable.Range(0, count).Where(b => b != a).OrderByDescending(b => Math.Abs(correlation[a, b])).Take(neighborCount))
            {
                Join(builder, Genes[a], Genes[b], Math.Abs(correlation[a, b]));
            }
        }

        return builder.Build();
    }

    /// <summary>Genes joined by each biological process of the embedded reference that both take part in; weighted by the count of processes.</summary>
    public GeneNetwork SharedProcesses()
    {
        var reference = new ReferenceNetwork();
        var nameOf = Genes.Select(g => (Name: g, reference.Catalog.Resolve(g).Symbol)).Where(g => g.Symbol is not null)
            .GroupBy(g => g.Symbol!.Value).ToDictionary(g => g.Key, g => g.First().Name);
        var pairs =
            from process in reference.GeneOntologySets.Sets
            let members = process.Genes.Where(nameOf.ContainsKey).Select(g => nameOf[g]).Order(StringComparer.Ordinal).ToArray()
            from a in members
            from b in members
            where string.CompareOrdinal(a, b) < 0
            group process by (a, b);
        var builder = new GeneNetworkBuilder();
        foreach (var pair in pairs)
        {
            Join(builder, pair.Key.a, pair.Key.b, pair.Count());
        }

        return builder.Build();
    }

    /// <summary>A network as a matrix over the genes of the data in their order, edges both ways; genes without edges stand alone.</summary>
    public CsrMatrix Matrix(GeneNetwork network)
    {
        var numbers = Genes.Select((name, k) => (name, k)).ToDictionary(g => g.name, g => g.k, StringComparer.Ordinal);
        var cells = new SortedDictionary<(int Row, int Column), float>();
        foreach (var edge in network.Edges)
        {
            var (a, b) = (numbers[network.Nodes[edge.Source].Symbol.Value], numbers[network.Nodes[edge.Target].Symbol.Value]);
            (cells[(a, b)], cells[(b, a)]) = ((float)edge.Weight, (float)edge.Weight);
        }

        int[] offsets = [.. Enumerable.Range(0, Genes.Length + 1).Select(i => cells.Keys.Count(c => c.Row < i))];
        return new CsrMatrix(Genes.Length, Genes.Length, offsets, [.. cells.Keys.Select(c => c.Column)], [.. cells.Values]);
    }

    private static void Join(GeneNetworkBuilder builder, string first, string second, double weight) =>
        builder.AddEdge(new GeneSymbol(first), new GeneSymbol(second), EdgeType.Association, EdgeSign.Unknown, weight, isDirected: false);

    private static void Scale(float[] numbers, int genes, int[] training)
    {
        for (var g = 0; g < genes; g++)
        {
            var mean = training.Average(s => (double)numbers[(s * genes) + g]);
            var deviation = Math.Sqrt(training.Average(s => Math.Pow(numbers[(s * genes) + g] - mean, 2)));
            for (var k = g; k < numbers.Length; k += genes)
            {
                numbers[k] = (float)((numbers[k] - mean) / deviation);
            }
        }
    }
}
