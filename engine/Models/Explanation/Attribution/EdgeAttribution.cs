using DigitalTwin.Networks.Genes;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Explanation.Attribution;

/// <summary>How much an edge of the network moved a prediction.</summary>
/// <param name="First">Node at one end.</param>
/// <param name="Second">Node at the other end.</param>
/// <param name="Members">What both directions of the edge add to the prediction of each member, on the link scale.</param>
public sealed record EdgeAttribution(GeneSymbol First, GeneSymbol Second, IReadOnlyList<double> Members)
{
    /// <summary>Mean over the members.</summary>
    public double Value { get; } = Members.Average();

    /// <summary>Standard deviation over the members; NaN for one.</summary>
    public double Spread { get; } = FeatureAttribution.SpreadOf(Members);
}

/// <summary>What the edges of a network add to a prediction: contributions of all of them that add up to its difference from the prediction without any edge.</summary>
/// <param name="Subject">Of whom.</param>
/// <param name="Edges">All edges, the greatest first; equal ones in the order of their genes.</param>
/// <param name="Baseline">The quantity where no edge carries anything, mean over members.</param>
/// <param name="Output">The quantity of the subject, mean over members.</param>
/// <param name="Gap">Output - baseline - sum of the contributions: within the stated tolerance.</param>
/// <param name="Method">How it was found.</param>
public sealed record EdgeAttributions(SubjectId Subject, IReadOnlyList<EdgeAttribution> Edges, double Baseline, double Output, double Gap, string Method);
