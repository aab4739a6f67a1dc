namespace DigitalTwin.Numerics.Compute.Reference;

/// <summary>Elementary functions and their derivatives in float64.</summary>
internal static class ReferenceFunctions
{
    private const double LeakySlope = 0.01f;

    public static double Apply(Activation activation, double x) => activation switch
    {
        Activation.None => x,
        Activation.Relu => Value(UnaryFunction.Relu, x),
        Activation.LeakyRelu => Value(UnaryFunction.LeakyRelu, x),
        Activation.Elu => Value(UnaryFunction.Elu, x),
        Activation.Sigmoid => Value(UnaryFunction.Sigmoid, x),
        Activation.Tanh => Value(UnaryFunction.Tanh, x),
        Activation.Gelu => Value(UnaryFunction.Gelu, x),
        Activation.Silu => Value(UnaryFunction.Silu, x),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "Not an activation."),
    };

    public static double Value(UnaryFunction function, double x) => function switch
    {
        UnaryFunction.Negate => -x,
        UnaryFunction.Reciprocal => 1 / x,
        UnaryFunction.Square => x * x,
        UnaryFunction.Sqrt => Math.Sqrt(x),
        UnaryFunction.Abs => Math.Abs(x),
        UnaryFunction.Exp => Math.Exp(x),
        UnaryFunction.Log => Math.Log(x),
        UnaryFunction.Softplus => Math.Max(x, 0) + LogOnePlus(Math.Exp(-Math.Abs(x))),
        UnaryFunction.Relu => x > 0 ? x : 0,
        UnaryFunction.LeakyRelu => x > 0 ? x : LeakySlope * x,
        UnaryFunction.Elu => x > 0 ? x : ExpMinusOne(x),
        UnaryFunction.Sigmoid => Sigmoid(x),
        UnaryFunction.Tanh => Math.Tanh(x),
        UnaryFunction.Gelu => x * NormalDistribution(x),
        UnaryFunction.Silu => x * Sigmoid(x),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "Not a function of one number."),
    };

    public static double Derivative(UnaryFunction function, double x, double y) => function switch
    {
        UnaryFunction.Negate => -1,
        UnaryFunction.Reciprocal => -y * y,
        UnaryFunction.Square => 2 * x,
        UnaryFunction.Sqrt => 0.5 / y,
        UnaryFunction.Abs => Math.Sign(x),
        UnaryFunction.Exp => y,
        UnaryFunction.Log => 1 / x,
        UnaryFunction.Softplus => Sigmoid(x),
        UnaryFunction.Relu => y > 0 ? 1 : 0,
        UnaryFunction.LeakyRelu => y > 0 ? 1 : LeakySlope,
        UnaryFunction.Elu => y > 0 ? 1 : y + 1,
        UnaryFunction.Sigmoid => y * (1 - y),
        UnaryFunction.Tanh => 1 - (y * y),
        UnaryFunction.Gelu => NormalDistribution(x) + (x * Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI)),
        UnaryFunction.Silu => Sigmoid(x) * (1 + (x * (1 - Sigmoid(x)))),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "Not a function of one number."),
    };

    public static double Value(BinaryFunction function, double a, double b) => function switch
    {
        BinaryFunction.Add => a + b,
        BinaryFunction.Subtract => a - b,
        BinaryFunction.Multiply => a * b,
        BinaryFunction.Divide => a / b,
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "Not a function of two numbers."),
    };

    public static double Leaky(double x, double slope) => x > 0 ? x : slope * x;

    // The runtime's own ExpM1 and LogP1 subtract and add 1 as written, and lose small arguments. Source: [Kahan1987].
    private static double ExpMinusOne(double x)
    {
        var e = Math.Exp(x);
        return e == 1 ? x : e - 1 == -1 ? -1 : (e - 1) * x / Math.Log(e);
    }

    private static double LogOnePlus(double x) => 1 + x == 1 ? x : Math.Log(1 + x) * x / (1 + x - 1);

    private static double Sigmoid(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

    private static double NormalDistribution(double x) => MathNet.Numerics.SpecialFunctions.Erfc(-x / Math.Sqrt(2)) / 2;
}
