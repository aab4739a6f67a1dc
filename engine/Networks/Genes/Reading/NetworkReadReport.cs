using System.Text;

namespace DigitalTwin.Networks.Genes.Reading;

/// <summary>One place where something was found.</summary>
/// <param name="Line">Line of the text, from 1; 0 where an edge was not read from a text.</param>
/// <param name="Text">What is there.</param>
public sealed record FindingExample(int Line, string Text);

/// <summary>How often something was found, and where first.</summary>
/// <param name="Kind">What was found.</param>
/// <param name="Count">How often.</param>
/// <param name="Examples">The first places, by line.</param>
public sealed record ReadFinding(FindingKind Kind, int Count, IReadOnlyList<FindingExample> Examples);

/// <summary>What reading a network or gene sets came to.</summary>
/// <param name="SourceName">Name of what was read.</param>
/// <param name="LineCount">Lines read, header and comments included.</param>
/// <param name="RecordCount">Edges or memberships that the lines state, before anything was left out or merged.</param>
/// <param name="KeptCount">Edges or memberships in the result.</param>
/// <param name="NodeCount">Nodes of the network, or genes of the sets.</param>
/// <param name="Findings">Each kind that was found, in the order of <see cref="FindingKind"/>.</param>
public sealed record NetworkReadReport(
    string SourceName, int LineCount, int RecordCount, int KeptCount, int NodeCount, IReadOnlyList<ReadFinding> Findings)
{
    /// <summary>How often something was found; 0 where never.</summary>
    public int CountOf(FindingKind kind) => Findings.FirstOrDefault(f => f.Kind == kind)?.Count ?? 0;

    /// <summary>The first places of a kind; empty where it was never found.</summary>
    public IReadOnlyList<FindingExample> ExamplesOf(FindingKind kind) => Findings.FirstOrDefault(f => f.Kind == kind)?.Examples ?? [];

    /// <summary>For a person to read: one line in all, one for each kind, and the examples below.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"{SourceName}: {LineCount} lines state {RecordCount} records; {KeptCount} kept among {NodeCount} nodes.");
        foreach (var finding in Findings)
        {
            text.Append('\n').Append("  ").Append(finding.Kind).Append(": ").Append(finding.Count);
            foreach (var example in finding.Examples)
            {
                text.Append('\n').Append("    ").Append(example.Line == 0 ? string.Empty : $"line {example.Line}: ").Append(example.Text);
            }
        }

        return text.ToString();
    }
}
