namespace DigitalTwin.Numerics.Compute;

/// <summary>What is known about activations.</summary>
public static class ActivationTraits
{
    /// <summary>Whether the derivative follows from the output alone, so that the input need not be kept.</summary>
    public static bool HasDerivativeFromOutput(this Activation activation) => activation is not (Activation.Gelu or Activation.Silu);

    /// <summary>The same function as an operation of its own.</summary>
    /// <exception cref="ArgumentOutOfRangeException">None is no function.</exception>
    public static UnaryFunction ToUnary(this Activation activation) => activation switch
    {
        Activation.Relu => UnaryFunction.Relu,
        Activation.LeakyRelu => UnaryFunction.LeakyRelu,
        Activation.Elu => UnaryFunction.Elu,
        Activation.Sigmoid => UnaryFunction.Sigmoid,
        Activation.Tanh => UnaryFunction.Tanh,
        Activation.Gelu => UnaryFunction.Gelu,
        Activation.Silu => UnaryFunction.Silu,
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "There is no function for this activation."),
    };
}
