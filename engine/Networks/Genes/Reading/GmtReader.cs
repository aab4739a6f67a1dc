using DigitalTwin.Vocabulary;

namespace DigitalTwin.Networks.Genes.Reading;

/// <summary>Reads gene sets in the GMT format: a line is a set, with its name, its description and its genes, parted by tabs.</summary>
/// <remarks>Source: [Subramanian2005], the format of its gene sets.</remarks>
public static class GmtReader
{
    private const int FieldsBeforeGenes = 2;

    /// <param name="text">Read to its end; not closed.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <exception cref="InvalidInputException">A limit of <see cref="ReadLimits"/> is passed; the error names the line.</exception>
    public static GeneSetReading Read(TextReader text, NetworkReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= new NetworkReadOptions { SourceName = "gene sets" };
        var lines = new BoundedLines(text, options.SourceName, options.Limits);
        var intake = new SetIntake(options);
        while (lines.ReadRecord() is { } line)
        {
            var fields = FieldSplitter.Split(line, '\t', lines, options.Limits);
            if (fields is not { Count: >= FieldsBeforeGenes } || fields[0].Length == 0)
            {
                intake.Tally.Add(FindingKind.MalformedLine, lines.Number, $"a name, a description and genes are needed, parted by tabs: {line}");
                continue;
            }

            if (intake.Holds(fields[0]))
            {
                intake.Tally.Add(FindingKind.DuplicateSet, lines.Number, fields[0]);
            }

            foreach (var gene in fields.Skip(FieldsBeforeGenes).Where(g => g.Length > 0))
            {
                intake.Offer(lines.Number, fields[0], fields[1], gene);
            }

            if (!intake.Holds(fields[0]))
            {
                intake.Tally.Add(FindingKind.EmptySet, lines.Number, fields[0]);
            }
        }

        return intake.Finish(lines.Number);
    }
}
