using System.Globalization;
using System.IO.Compression;

namespace DigitalTwin.Networks.Genes.Reference;

/// <summary>Reads the tables that are embedded in this assembly. Their layout stands in SOURCE.md beside them.</summary>
internal static class ReferenceTables
{
    /// <summary>Opens a table as it was committed.</summary>
    public static Stream Open(string name) =>
        typeof(ReferenceTables).Assembly.GetManifestResourceStream($"reference/{name}")
        ?? throw new InvalidOperationException($"The table '{name}' is not embedded in the assembly: build the project from a whole checkout.");

    /// <summary>The rows below the header, cut at tabs.</summary>
    public static IEnumerable<string[]> Rows(string name)
    {
        using var bytes = Open(name);
        using var plain = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(bytes, CompressionMode.Decompress) : bytes;
        using var text = new StreamReader(plain);
        text.ReadLine();
        while (text.ReadLine() is { } line)
        {
            yield return line.Split('\t');
        }
    }

    /// <summary>Numbers that are written as the first and the steps from one to the next.</summary>
    public static IEnumerable<int> Numbers(string steps, int start = 0)
    {
        var number = start;
        foreach (var step in steps.Split(' '))
        {
            number += int.Parse(step, CultureInfo.InvariantCulture);
            yield return number;
        }
    }
}
