namespace DigitalTwin.Numerics.Compute.Functions;

/// <summary>One or several float32 numbers that go through the same arithmetic: a SIMD register on a processor, a single register on a card.
/// Elementary functions are written once over this, so that every backend computes the same formula.</summary>
/// <remarks>No operation throws. Where <see cref="MultiplyAdd"/> rounds once or twice is the backend's: results of two backends agree to the bounds of
/// <see cref="ElementaryFunctions"/>, those of one backend to the bit.</remarks>
public interface ILanes<T>
    where T : struct, ILanes<T>
{
    /// <summary>The same number in every lane.</summary>
    static abstract T Of(float value);

    static abstract T operator +(T left, T right);

    static abstract T operator -(T left, T right);

    static abstract T operator *(T left, T right);

    static abstract T operator /(T left, T right);

    /// <summary>a b + c.</summary>
    static abstract T MultiplyAdd(T a, T b, T c);

    static abstract T Abs(T x);

    static abstract T Sqrt(T x);

    /// <summary>The nearest whole number, for |x| below 2^22.</summary>
    static abstract T Round(T x);

    /// <summary>x 2^n, for whole n from -252 to 252.</summary>
    static abstract T ScaleByPowerOfTwo(T x, T n);

    /// <summary>The whole n that brings x 2^-n between the root of 1/2 and the root of 2, for positive normal x.</summary>
    static abstract T Exponent(T x);

    /// <summary>Lane by lane <paramref name="then"/> where left is greater than right, else <paramref name="otherwise"/>: also where one of them is NaN.</summary>
    static abstract T IfGreater(T left, T right, T then, T otherwise);
}
