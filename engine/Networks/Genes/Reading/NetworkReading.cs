namespace DigitalTwin.Networks.Genes.Reading;

/// <summary>A network, and what was found when it was made.</summary>
public sealed record NetworkReading(GeneNetwork Network, NetworkReadReport Report);
