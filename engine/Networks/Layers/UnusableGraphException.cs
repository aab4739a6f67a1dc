namespace DigitalTwin.Networks.Layers;

/// <summary>A layer cannot work over a graph; the message says why and what to do.</summary>
public sealed class UnusableGraphException(string message) : ArgumentException(message);
