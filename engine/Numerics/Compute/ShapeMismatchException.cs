namespace DigitalTwin.Numerics.Compute;

/// <summary>Two operands do not fit together. The message names both and their shapes.</summary>
public sealed class ShapeMismatchException(string message) : ArgumentException(message);
