namespace DigitalTwin.Numerics.Compute;

/// <summary>Functions that a product can apply to its result before writing it.</summary>
public enum Activation
{
    None,
    Relu,

    /// <summary>x for positive x, else 0.01 x.</summary>
    LeakyRelu,

    /// <summary>x for positive x, else exp(x) - 1.</summary>
    Elu,
    Sigmoid,
    Tanh,

    /// <summary>x Phi(x).</summary>
    Gelu,

    /// <summary>x sigmoid(x).</summary>
    Silu,
}
