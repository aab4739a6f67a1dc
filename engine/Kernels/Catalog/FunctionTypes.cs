using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Compute.Functions;

namespace DigitalTwin.Kernels.Catalog;

/// <summary>What is made for a function, given its type.</summary>
internal interface IFunctionVisitor<TResult>
{
    TResult Visit<TFunction>()
        where TFunction : struct, ILaneFunction;
}

/// <summary>From the name of a function to its type: the one place that knows both.</summary>
internal static class FunctionTypes
{
    /// <summary>Something for each activation, in the order of the enumeration.</summary>
    public static TResult[] ForEachActivation<TResult>(IFunctionVisitor<TResult> visitor) => [.. Enum.GetValues<Activation>().Select(a => Visit(a, visitor))];

    /// <summary>Something for each function, in the order of the enumeration.</summary>
    public static TResult[] ForEachFunction<TResult>(IFunctionVisitor<TResult> visitor) => [.. Enum.GetValues<UnaryFunction>().Select(f => Visit(f, visitor))];

    private static TResult Visit<TResult>(Activation activation, IFunctionVisitor<TResult> visitor) =>
        activation == Activation.None ? visitor.Visit<Identity>() : Visit(activation.ToUnary(), visitor);

    private static TResult Visit<TResult>(UnaryFunction function, IFunctionVisitor<TResult> visitor) => function switch
    {
        UnaryFunction.Negate => visitor.Visit<Negate>(),
        UnaryFunction.Reciprocal => visitor.Visit<Reciprocal>(),
        UnaryFunction.Square => visitor.Visit<Square>(),
        UnaryFunction.Sqrt => visitor.Visit<SquareRoot>(),
        UnaryFunction.Abs => visitor.Visit<AbsoluteValue>(),
        UnaryFunction.Exp => visitor.Visit<Exponential>(),
        UnaryFunction.Log => visitor.Visit<Logarithm>(),
        UnaryFunction.Softplus => visitor.Visit<SoftPlus>(),
        UnaryFunction.Relu => visitor.Visit<Rectifier>(),
        UnaryFunction.LeakyRelu => visitor.Visit<LeakyRectifier>(),
        UnaryFunction.Elu => visitor.Visit<ExponentialLinear>(),
        UnaryFunction.Sigmoid => visitor.Visit<Logistic>(),
        UnaryFunction.Tanh => visitor.Visit<HyperbolicTangent>(),
        UnaryFunction.Gelu => visitor.Visit<GaussianLinear>(),
        UnaryFunction.Silu => visitor.Visit<SigmoidLinear>(),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "There is no device function of this name."),
    };
}
