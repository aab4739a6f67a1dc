namespace DigitalTwin.Networks.Genes;

/// <summary>A gene that was asked for is not in the network. The message names it and the nearest that is.</summary>
public sealed class UnknownGeneException(string symbol, string message) : ArgumentException(message)
{
    public string Symbol { get; } = symbol;
}
