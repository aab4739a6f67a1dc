using System.Diagnostics.CodeAnalysis;

namespace DigitalTwin.Networks.Genes;

/// <summary>Whether the target goes up or down with the source.</summary>
[SuppressMessage("Design", "CA1028", Justification = "One byte in each edge of large networks.")]
public enum EdgeSign : sbyte
{
    Negative = -1,
    Unknown = 0,
    Positive = 1,
}
