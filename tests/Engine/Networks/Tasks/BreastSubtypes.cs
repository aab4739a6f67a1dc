using System.Globalization;
using System.IO.Compression;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Random;
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

    /// <summary>Each gene joined with those it goes with most, up or down, among the training subjects; edges both ways, weighted by the absolute correlation.</summary>
    public CsrMatrix CoExpression(int neighborCount)
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

        var edges = new HashSet<(int, int)>();
        for (var a = 0; a < count; a++)
        {
            foreach (var b in Enumerable.Range(0, count).Where(b => b != a).OrderByDescending(b => Math.Abs(correlation[a, b])).Take(neighborCount))
            {
                edges.Add((a, b));
                edges.Add((b, a));
            }
        }

        return Csr(edges, count, (a, b) => (float)Math.Abs(correlation[a, b]));
    }

    /// <summary>Another network with the same degrees: pairs of edges swap their ends, many times.</summary>
    public static CsrMatrix Rewire(CsrMatrix graph, ulong seed)
    {
        var stream = new RandomStream(new StreamKey(seed, 0, 0, 0, RandomPurpose.Permutation));
        var pairs = new List<(int A, int B)>();
        for (var i = 0; i < graph.RowCount; i++)
        {
            for (var e = graph.RowOffsets[i]; e < graph.RowOffsets[i + 1]; e++)
            {
                if (graph.ColumnIndices[e] > i)
                {
                    pairs.Add((i, graph.ColumnIndices[e]));
                }
            }
        }

        var present = pairs.Select(Key).ToHashSet();
        for (var n = 0; n < 20 * pairs.Count; n++)
        {
            var (x, y) = (stream.NextInt(pairs.Count), stream.NextInt(pairs.Count));
            var (first, second) = (pairs[x], pairs[y]);
            var (left, right) = stream.NextInt(2) == 0 ? ((first.A, second.B), (second.A, first.B)) : ((first.A, second.A), (first.B, second.B));
            if (left.Item1 == left.Item2 || right.Item1 == right.Item2 || present.Contains(Key(left)) || present.Contains(Key(right)) || Key(left) == Key(right))
            {
                continue;
            }

            present.Remove(Key(first));
            present.Remove(Key(second));
            present.Add(Key(left));
            present.Add(Key(right));
            (pairs[x], pairs[y]) = (left, right);
        }

        return Csr([.. pairs.SelectMany(p => new[] { p, (p.B, p.A) })], graph.RowCount, (_, _) => 1f);

        static (int, int) Key((int A, int B) p) => (Math.Min(p.A, p.B), Math.Max(p.A, p.B));
    }

    private static CsrMatrix Csr(HashSet<(int Row, int Column)> edges, int count, Func<int, int, float> weight)
    {
        var ordered = edges.Order().ToArray();
        int[] offsets = [.. Enumerable.Range(0, count + 1).Select(i => ordered.Count(p => p.Row < i))];
        return new CsrMatrix(count, count, offsets, [.. ordered.Select(p => p.Column)], [.. ordered.Select(p => weight(p.Row, p.Column))]);
    }

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
