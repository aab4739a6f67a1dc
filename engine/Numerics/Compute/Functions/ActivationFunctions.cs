using System.Runtime.CompilerServices;

namespace DigitalTwin.Numerics.Compute.Functions;

/// <summary>x: no activation.</summary>
public readonly struct Identity : ILaneFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x)
        where T : struct, ILanes<T> => x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Derivative<T>(T x, T y)
        where T : struct, ILanes<T> => T.Of(1f);
}

/// <summary>x for positive x, else 0.</summary>
public readonly struct Rectifier : ILaneFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x)
        where T : struct, ILanes<T> => T.IfGreater(x, T.Of(0f), x, T.IfGreater(T.Of(0f), x, T.Of(0f), x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Derivative<T>(T x, T y)
        where T : struct, ILanes<T> => T.IfGreater(y, T.Of(0f), T.Of(1f), T.Of(0f));
}

/// <summary>x for positive x, else 0.01 x.</summary>
public readonly struct LeakyRectifier : ILaneFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x)
        where T : struct, ILanes<T> => T.IfGreater(x, T.Of(0f), x, T.Of(0.01f) * x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Derivative<T>(T x, T y)
        where T : struct, ILanes<T> => T.IfGreater(y, T.Of(0f), T.Of(1f), T.Of(0.01f));
}

/// <summary>x for positive x, else e^x - 1.</summary>
public readonly struct ExponentialLinear : ILaneFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x)
        where T : struct, ILanes<T> => T.IfGreater(x, T.Of(0f), x, ElementaryFunctions.ExpMinusOne(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Derivative<T>(T x, T y)
        where T : struct, ILanes<T> => T.IfGreater(y, T.Of(0f), T.Of(1f), y + T.Of(1f));
}

/// <summary>1 / (1 + e^-x).</summary>
public readonly struct Logistic : ILaneFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x)
        where T : struct, ILanes<T> => ElementaryFunctions.Sigmoid(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Derivative<T>(T x, T y)
        where T : struct, ILanes<T> => y * (T.Of(1f) - y);
}

/// <summary>Hyperbolic tangent.</summary>
public readonly struct HyperbolicTangent : ILaneFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x)
        where T : struct, ILanes<T> => ElementaryFunctions.Tanh(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Derivative<T>(T x, T y)
        where T : struct, ILanes<T> => T.Of(1f) - (y * y);
}

/// <summary>x Phi(x).</summary>
public readonly struct GaussianLinear : ILaneFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x)
        where T : struct, ILanes<T> => x * ElementaryFunctions.NormalDistribution(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Derivative<T>(T x, T y)
        where T : struct, ILanes<T> => T.MultiplyAdd(x, ElementaryFunctions.NormalDensity(x), ElementaryFunctions.NormalDistribution(x));
}

/// <summary>x sigmoid(x).</summary>
public readonly struct SigmoidLinear : ILaneFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x)
        where T : struct, ILanes<T> => x * ElementaryFunctions.Sigmoid(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Derivative<T>(T x, T y)
        where T : struct, ILanes<T> => SlopeOf(x, ElementaryFunctions.Sigmoid(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T SlopeOf<T>(T x, T sigmoid)
        where T : struct, ILanes<T> => sigmoid * T.MultiplyAdd(x, T.Of(1f) - sigmoid, T.Of(1f));
}
