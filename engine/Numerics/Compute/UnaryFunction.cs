namespace DigitalTwin.Numerics.Compute;

/// <summary>Functions of one number that every backend computes, and whose derivative it knows.</summary>
public enum UnaryFunction
{
    Negate,
    Reciprocal,
    Square,
    Sqrt,
    Abs,
    Exp,
    Log,
    Softplus,
    Relu,

    /// <summary>x for positive x, else 0.01 x.</summary>
    LeakyRelu,

    /// <summary>x for positive x, else exp(x) - 1.</summary>
    Elu,
    Sigmoid,
    Tanh,

    /// <summary>x Phi(x), with the normal distribution function itself, not an approximation of it.</summary>
    Gelu,

    /// <summary>x sigmoid(x).</summary>
    Silu,
}
