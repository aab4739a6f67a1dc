namespace DigitalTwin.Networks.Genes;

/// <summary>An operation needs edges, and the network has none.</summary>
public sealed class NoEdgesException(string message) : ArgumentException(message);
