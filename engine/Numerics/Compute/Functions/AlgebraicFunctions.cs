using System.Runtime.CompilerServices;

namespace DigitalTwin.Numerics.Compute.Functions;

/// <summary>-x.</summary>
public readonly struct Negate : ILaneFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x)
        where T : struct, ILanes<T> => T.Of(0f) - x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Derivative<T>(T x, T y)
        where T : struct, ILanes<T> => T.Of(-1f);
}

/// <summary>1 / x.</summary>
public readonly struct Reciprocal : ILaneFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x)
        where T : struct, ILanes<T> => T.Of(1f) / x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Derivative<T>(T x, T y)
        where T : struct, ILanes<T> => (T.Of(0f) - y) * y;
}

/// <summary>x^2.</summary>
public readonly struct Square : ILaneFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x)
        where T : struct, ILanes<T> => x * x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Derivative<T>(T x, T y)
        where T : struct, ILanes<T> => x + x;
}

/// <summary>Root of x.</summary>
public readonly struct SquareRoot : ILaneFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x)
        where T : struct, ILanes<T> => T.Sqrt(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Derivative<T>(T x, T y)
        where T : struct, ILanes<T> => T.Of(0.5f) / y;
}

/// <summary>|x|.</summary>
public readonly struct AbsoluteValue : ILaneFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x)
        where T : struct, ILanes<T> => T.Abs(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Derivative<T>(T x, T y)
        where T : struct, ILanes<T> => T.IfGreater(x, T.Of(0f), T.Of(1f), T.IfGreater(T.Of(0f), x, T.Of(-1f), T.Of(0f)));
}

/// <summary>e^x.</summary>
public readonly struct Exponential : ILaneFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x)
        where T : struct, ILanes<T> => ElementaryFunctions.Exp(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Derivative<T>(T x, T y)
        where T : struct, ILanes<T> => y;
}

/// <summary>log x.</summary>
public readonly struct Logarithm : ILaneFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x)
        where T : struct, ILanes<T> => ElementaryFunctions.Log(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Derivative<T>(T x, T y)
        where T : struct, ILanes<T> => T.Of(1f) / x;
}

/// <summary>log(1 + e^x).</summary>
public readonly struct SoftPlus : ILaneFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x)
        where T : struct, ILanes<T> => ElementaryFunctions.Softplus(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Derivative<T>(T x, T y)
        where T : struct, ILanes<T> => ElementaryFunctions.Sigmoid(x);
}
