using ILGPU;

namespace DigitalTwin.Kernels.Arithmetic;

/// <summary>One number a thread: any size, any place.</summary>
internal struct OneCell : ICell<OneCell>
{
    public float X;

    public static int Width => 1;

    public static OneCell Of(float value) => new() { X = value };

    public static OneCell Load(ArrayView<float> data, long place) => new() { X = data[place] };

    public static void Store(ArrayView<float> data, long place, OneCell value) => data[place] = value.X;

    public static OneCell operator +(OneCell left, OneCell right) => new() { X = left.X + right.X };

    public static OneCell operator *(OneCell left, OneCell right) => new() { X = left.X * right.X };

    public static OneCell MultiplyAdd(float factor, OneCell x, OneCell sum) => new() { X = (factor * x.X) + sum.X };

    public static float Sum(OneCell x) => x.X;

    public static OneCell Leaky(OneCell x, float slope) => new() { X = DeviceFunctions.Leaky(x.X, slope) };

    public static OneCell LeakySlope(OneCell x, float slope) => new() { X = x.X > 0f ? 1f : slope };

    static OneCell ICell<OneCell>.Apply<TFunction>(OneCell x) => new() { X = DeviceFunctions.Value<TFunction>(x.X) };
}
