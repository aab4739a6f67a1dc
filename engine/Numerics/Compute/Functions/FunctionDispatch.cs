namespace DigitalTwin.Numerics.Compute.Functions;

/// <summary>Something to do for a function that is a type.</summary>
public interface IFunctionVisitor
{
    void Visit<TFunction>()
        where TFunction : unmanaged, ILaneFunction;
}

/// <summary>From the name of a function to its type: the one place where the two meet.</summary>
public static class FunctionDispatch
{
    /// <summary>Calls the visitor with the type of an activation; None is the identity.</summary>
    public static void Visit<TVisitor>(Activation activation, ref TVisitor visitor)
        where TVisitor : struct, IFunctionVisitor
    {
        if (activation == Activation.None)
        {
            visitor.Visit<Identity>();
        }
        else
        {
            Visit(activation.ToUnary(), ref visitor);
        }
    }

    /// <summary>Calls the visitor with the type of a function.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such function.</exception>
    public static void Visit<TVisitor>(UnaryFunction function, ref TVisitor visitor)
        where TVisitor : struct, IFunctionVisitor
    {
        switch (function)
        {
            case UnaryFunction.Negate: visitor.Visit<Negate>(); break;
            case UnaryFunction.Reciprocal: visitor.Visit<Reciprocal>(); break;
            case UnaryFunction.Square: visitor.Visit<Square>(); break;
            case UnaryFunction.Sqrt: visitor.Visit<SquareRoot>(); break;
            case UnaryFunction.Abs: visitor.Visit<AbsoluteValue>(); break;
            case UnaryFunction.Exp: visitor.Visit<Exponential>(); break;
            case UnaryFunction.Log: visitor.Visit<Logarithm>(); break;
            case UnaryFunction.Softplus: visitor.Visit<SoftPlus>(); break;
            case UnaryFunction.Relu: visitor.Visit<Rectifier>(); break;
            case UnaryFunction.LeakyRelu: visitor.Visit<LeakyRectifier>(); break;
            case UnaryFunction.Elu: visitor.Visit<ExponentialLinear>(); break;
            case UnaryFunction.Sigmoid: visitor.Visit<Logistic>(); break;
            case UnaryFunction.Tanh: visitor.Visit<HyperbolicTangent>(); break;
            case UnaryFunction.Gelu: visitor.Visit<GaussianLinear>(); break;
            case UnaryFunction.Silu: visitor.Visit<SigmoidLinear>(); break;
            default: throw new ArgumentOutOfRangeException(nameof(function), function, "Not a function of one number.");
        }
    }
}
