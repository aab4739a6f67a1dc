using DigitalTwin.Numerics.Compute.Functions;
using ILGPU;

namespace DigitalTwin.Kernels.Arithmetic;

/// <summary>Neighbouring numbers of a row that one thread handles: four where sizes and places divide by four (one 16-byte access), else one.
/// Kernels are written once over this.</summary>
internal interface ICell<T>
    where T : unmanaged, ICell<T>
{
    /// <summary>Count of numbers.</summary>
    static abstract int Width { get; }

    static abstract T Of(float value);

    /// <summary>Reads at a place that is a multiple of <see cref="Width"/>.</summary>
    static abstract T Load(ArrayView<float> data, long place);

    static abstract void Store(ArrayView<float> data, long place, T value);

    static abstract T operator +(T left, T right);

    static abstract T operator *(T left, T right);

    /// <summary>factor * x + sum.</summary>
    static abstract T MultiplyAdd(float factor, T x, T sum);

    /// <summary>Sum of the numbers, in order.</summary>
    static abstract float Sum(T x);

    static abstract T Leaky(T x, float slope);

    /// <summary>1 for positive numbers, else the slope.</summary>
    static abstract T LeakySlope(T x, float slope);

    static abstract T Apply<TFunction>(T x)
        where TFunction : struct, ILaneFunction;
}
