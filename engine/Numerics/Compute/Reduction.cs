namespace DigitalTwin.Numerics.Compute;

/// <summary>How many numbers become one.</summary>
public enum Reduction
{
    Sum,
    Mean,
    Maximum,
}
