namespace DigitalTwin.Numerics.Compute;

/// <summary>Functions of two numbers.</summary>
public enum BinaryFunction
{
    Add,
    Subtract,
    Multiply,
    Divide,
}
