using DigitalTwin.Vocabulary;

namespace DigitalTwin.Networks.Genes.Reading;

/// <summary>How sure DoRothEA is of a transcription factor and its target: A is curated or agreed by much evidence, E only computed.</summary>
public enum DorotheaConfidence
{
    A,
    B,
    C,
    D,
    E,
}

/// <summary>Reads the regulons of DoRothEA: a table with <c>tf</c>, <c>confidence</c>, <c>target</c> and <c>mor</c>, the mode of regulation, whose sign is the sign of the
/// edge and whose size is its weight.</summary>
/// <remarks>Source: [GarciaAlonso2019].</remarks>
public static class DorotheaReader
{
    /// <param name="text">Read to its end; not closed.</param>
    /// <param name="weakest">The weakest confidence that is kept; weaker edges are counted and left out.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <exception cref="InvalidInputException">A column is not there, or a limit of <see cref="ReadLimits"/> is passed.</exception>
    public static NetworkReading Read(TextReader text, DorotheaConfidence weakest = DorotheaConfidence.C, NetworkReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= new NetworkReadOptions { SourceName = "DoRothEA" };
        var table = new TableLines(text, options);
        var (factor, confidence) = (table.Require("tf"), table.Require("confidence"));
        var (target, mode) = (table.Require("target"), table.Require("mor"));
        var intake = new EdgeIntake(options);
        while (table.Read(intake.Tally) is { } fields)
        {
            var line = table.LineNumber;
            if (fields[confidence] is not [>= 'A' and <= 'E' and var letter])
            {
                intake.Refuse(FindingKind.MalformedLine, line, $"'{fields[confidence]}' is no confidence from A to E");
            }
            else if (!CellText.TryNumber(fields[mode], out var regulation))
            {
                intake.Refuse(FindingKind.MalformedLine, line, $"'{fields[mode]}' is no mode of regulation");
            }
            else if (letter - 'A' > (int)weakest)
            {
                intake.Refuse(FindingKind.BelowThreshold, line, $"{fields[factor]} -> {fields[target]} has confidence {letter}");
            }
            else
            {
                var (sign, weight) = ((EdgeSign)Math.Sign(regulation), regulation == 0 ? 1 : Math.Abs(regulation));
                intake.Offer(line, fields[factor], fields[target], EdgeType.TranscriptionTarget, sign, weight, $"{options.SourceName}:{letter}", true);
            }
        }

        return intake.Finish(table.LineNumber);
    }
}
