using System.Runtime.CompilerServices;

namespace DigitalTwin.Numerics.Compute.Functions;

/// <summary>Elementary functions in float32, each written once for every backend. Errors are in units in the last place (ULP) of the result, the greatest
/// found on the SIMD backend over a dense sweep of the range in tests/Engine/Numerics/Compute/ElementaryFunctionTests.cs.</summary>
/// <remarks>Arguments are reduced as in [Muller2016] chapter 11; the polynomials are our own fits, minimax in relative error. NaN gives NaN.</remarks>
public static class ElementaryFunctions
{
    private const float LogTwoHigh = 0.693359375f;
    private const float LogTwoLow = -2.12194440e-4f;
    private const float InverseLogTwo = 1.44269504f;

    /// <summary>e^x, at most 1.5 ULP; 0 below -104, infinity above 88.73.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp<T>(T x)
        where T : struct, ILanes<T>
    {
        var clamped = Clamp(x, -104.5f, 89f);
        var n = T.Round(clamped * T.Of(InverseLogTwo));
        var r = Remainder(clamped, n);
        return T.ScaleByPowerOfTwo(T.MultiplyAdd(r * r, ExpTail(r), r + T.Of(1f)), n);
    }

    /// <summary>e^x - 1, at most 2.5 ULP.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ExpMinusOne<T>(T x)
        where T : struct, ILanes<T>
    {
        var clamped = Clamp(x, -104.5f, 88.7f);
        var n = T.Round(clamped * T.Of(InverseLogTwo));
        var r = Remainder(clamped, n);
        var fraction = T.MultiplyAdd(r * r, ExpTail(r), r);
        var power = T.ScaleByPowerOfTwo(T.Of(1f), n - T.Of(1f));
        var half = T.MultiplyAdd(power, fraction, power - T.Of(0.5f));
        return T.IfGreater(x, T.Of(88.7f), Exp(x), half + half);
    }

    /// <summary>Natural logarithm, at most 1.5 ULP; minus infinity at 0, NaN below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log<T>(T x)
        where T : struct, ILanes<T>
    {
        var isSubnormal = T.Of(1.17549435e-38f);
        var scaled = T.IfGreater(isSubnormal, x, x * T.Of(8388608f), x);
        var n = T.Exponent(scaled);
        var result = LogOfMantissa(T.ScaleByPowerOfTwo(scaled, T.Of(0f) - n) - T.Of(1f), n - T.IfGreater(isSubnormal, x, T.Of(23f), T.Of(0f)));
        result = T.IfGreater(x, T.Of(float.MaxValue), x, result);
        var atMostZero = T.IfGreater(T.Of(0f), x, T.Of(float.NaN), T.Of(float.NegativeInfinity));
        return T.IfGreater(x, T.Of(0f), result, x + atMostZero);
    }

    /// <summary>log(1 + x) for x from 0 to 1, at most 2.5 ULP.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LogOnePlus<T>(T x)
        where T : struct, ILanes<T>
    {
        // What rounding takes from 1 + x comes back through the derivative of the logarithm.
        var sum = T.Of(1f) + x;
        var lost = x - (sum - T.Of(1f));
        return Log(sum) + (lost / sum);
    }

    /// <summary>1 / (1 + e^-x), at most 3 ULP.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sigmoid<T>(T x)
        where T : struct, ILanes<T>
    {
        var e = Exp(T.Of(0f) - T.Abs(x));
        return T.IfGreater(T.Of(0f), x, e, T.Of(1f)) / (T.Of(1f) + e);
    }

    /// <summary>Hyperbolic tangent, at most 3 ULP.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tanh<T>(T x)
        where T : struct, ILanes<T>
    {
        var e = ExpMinusOne(T.Of(-2f) * T.Abs(x));
        var size = (T.Of(0f) - e) / (T.Of(2f) + e);
        return T.IfGreater(T.Of(0f), x, T.Of(0f) - size, size);
    }

    /// <summary>log(1 + e^x), at most 3 ULP.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Softplus<T>(T x)
        where T : struct, ILanes<T>
    {
        var tail = LogOnePlus(Exp(T.Of(0f) - T.Abs(x)));
        return T.IfGreater(x, T.Of(0f), x + tail, tail);
    }

    /// <summary>Density of the standard normal distribution, at most 5 ULP where it is normal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T NormalDensity<T>(T x)
        where T : struct, ILanes<T> => T.Of(0.39894228f) * ExpOfHalfSquare(x);

    /// <summary>Distribution function of the standard normal distribution, at most 8 ULP where it is normal, the far left tail included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T NormalDistribution<T>(T x)
        where T : struct, ILanes<T>
    {
        // The tail is e^(-x^2 / 2) times a polynomial in 1 / (1 + 0.3 |x|), fitted from 0 to 14.5.
        var t = T.Of(1f) / T.MultiplyAdd(T.Of(0.3f), T.Abs(x), T.Of(1f));
        var p = T.Of(0.038407393f);
        p = T.MultiplyAdd(p, t, T.Of(-0.16930746f));
        p = T.MultiplyAdd(p, t, T.Of(0.22895177f));
        p = T.MultiplyAdd(p, t, T.Of(-0.07683965f));
        p = T.MultiplyAdd(p, t, T.Of(0.14276527f));
        p = T.MultiplyAdd(p, t, T.Of(0.094585866f));
        p = T.MultiplyAdd(p, t, T.Of(0.12194526f));
        p = T.MultiplyAdd(p, t, T.Of(0.11948421f));
        p = T.MultiplyAdd(p, t, T.Of(7.372377e-6f));
        var tail = p * ExpOfHalfSquare(x);
        return T.IfGreater(x, T.Of(0f), T.Of(1f) - tail, tail);
    }

    /// <summary>x between two bounds; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Clamp<T>(T x, float low, float high)
        where T : struct, ILanes<T>
    {
        var below = T.IfGreater(x, T.Of(high), T.Of(high), x);
        return T.IfGreater(T.Of(low), below, T.Of(low), below);
    }

    /// <summary>x - n log 2, with log 2 in two parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Remainder<T>(T x, T n)
        where T : struct, ILanes<T> => T.MultiplyAdd(n, T.Of(-LogTwoLow), T.MultiplyAdd(n, T.Of(-LogTwoHigh), x));

    /// <summary>(e^r - 1 - r) / r^2 for |r| up to half of log 2; relative error of e^r 3.3e-9.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T ExpTail<T>(T r)
        where T : struct, ILanes<T>
    {
        var p = T.Of(0.0013813145f);
        p = T.MultiplyAdd(p, r, T.Of(0.008369419f));
        p = T.MultiplyAdd(p, r, T.Of(0.041668456f));
        p = T.MultiplyAdd(p, r, T.Of(0.16666515f));
        return T.MultiplyAdd(p, r, T.Of(0.49999994f));
    }

    /// <summary>log(1 + f) + n log 2 for 1 + f between the roots of 1/2 and 2; relative error 7.5e-10.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T LogOfMantissa<T>(T f, T n)
        where T : struct, ILanes<T>
    {
        var p = T.Of(0.06746641f);
        p = T.MultiplyAdd(p, f, T.Of(-0.11675652f));
        p = T.MultiplyAdd(p, f, T.Of(0.11888162f));
        p = T.MultiplyAdd(p, f, T.Of(-0.12405589f));
        p = T.MultiplyAdd(p, f, T.Of(0.14219552f));
        p = T.MultiplyAdd(p, f, T.Of(-0.16667996f));
        p = T.MultiplyAdd(p, f, T.Of(0.20002119f));
        p = T.MultiplyAdd(p, f, T.Of(-0.2500001f));
        p = T.MultiplyAdd(p, f, T.Of(0.33333313f));
        var square = f * f;
        var tail = T.MultiplyAdd(n, T.Of(LogTwoLow), p * square * f);
        tail = T.MultiplyAdd(T.Of(-0.5f), square, tail);
        return T.MultiplyAdd(n, T.Of(LogTwoHigh), f + tail);
    }

    /// <summary>e^(-x^2 / 2); the square in two parts, since its rounding would grow with the square.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T ExpOfHalfSquare<T>(T x)
        where T : struct, ILanes<T>
    {
        // 1/16 steps: the square of the rounded part is exact.
        var near = Clamp(x, -15f, 15f);
        var high = T.Round(near * T.Of(16f)) * T.Of(0.0625f);
        var rest = (near - high) * (near + high);
        return Exp(T.Of(-0.5f) * high * high) * Exp(T.Of(-0.5f) * rest);
    }
}
