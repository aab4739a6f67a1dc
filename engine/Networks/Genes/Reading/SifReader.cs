using DigitalTwin.Vocabulary;

namespace DigitalTwin.Networks.Genes.Reading;

/// <summary>Reads the simple interaction format: <c>source relation target [target ...]</c>, or one name for a node without edges. Fields are cut at tabs where
/// the line has one, else at blanks.</summary>
/// <remarks>Source: [Shannon2003]. A relation with an unknown name is counted and read as an interaction without direction.</remarks>
public static class SifReader
{
    /// <param name="text">Read to its end; not closed.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <exception cref="InvalidInputException">A limit of <see cref="ReadLimits"/> is passed; the error names the line.</exception>
    public static NetworkReading Read(TextReader text, NetworkReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= new NetworkReadOptions();
        var lines = new BoundedLines(text, options.SourceName, options.Limits);
        var intake = new EdgeIntake(options);
        while (lines.ReadRecord() is { } line)
        {
            var delimiter = line.Contains('\t', StringComparison.Ordinal) ? '\t' : ' ';
            var fields = FieldSplitter.Split(line, delimiter, lines, options.Limits)?.FindAll(f => f.Length > 0);
            if (fields is { Count: 1 })
            {
                intake.OfferNode(lines.Number, fields[0]);
            }
            else if (fields is { Count: >= 3 })
            {
                Offer(intake, lines.Number, fields, options.SourceName);
            }
            else
            {
                intake.Tally.Add(FindingKind.MalformedLine, lines.Number, $"a source, a relation and targets are needed: {line}");
            }
        }

        return intake.Finish(lines.Number);
    }

    private static void Offer(EdgeIntake intake, int line, List<string> fields, string sourceName)
    {
        var relation = RelationNames.Find(fields[1]);
        if (relation is null)
        {
            intake.Tally.Add(FindingKind.UnknownRelation, line, fields[1]);
        }

        var (type, sign, isDirected) = relation ?? (EdgeType.Interaction, EdgeSign.Unknown, false);
        for (var k = 2; k < fields.Count; k++)
        {
            intake.Offer(line, fields[0], fields[k], type, sign, 1, sourceName, isDirected);
        }
    }
}
