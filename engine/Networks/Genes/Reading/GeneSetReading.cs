using DigitalTwin.Networks.Genes.Pathways;

namespace DigitalTwin.Networks.Genes.Reading;

/// <summary>Gene sets, and what was found when they were read.</summary>
public sealed record GeneSetReading(PathwaySets Sets, NetworkReadReport Report);
