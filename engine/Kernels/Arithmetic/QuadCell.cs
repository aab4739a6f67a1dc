using System.Runtime.InteropServices;
using ILGPU;

namespace DigitalTwin.Kernels.Arithmetic;

/// <summary>Four numbers a thread, read and written as one 16-byte access.</summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal struct QuadCell : ICell<QuadCell>
{
    public float X;
    public float Y;
    public float Z;
    public float W;

    public static int Width => 4;

    public static QuadCell Of(float value) => new() { X = value, Y = value, Z = value, W = value };

    public static QuadCell Load(ArrayView<float> data, long place) => data.Cast<QuadCell>()[place >> 2];

    public static void Store(ArrayView<float> data, long place, QuadCell value) => data.Cast<QuadCell>()[place >> 2] = value;

    public static QuadCell operator +(QuadCell left, QuadCell right) =>
        new() { X = left.X + right.X, Y = left.Y + right.Y, Z = left.Z + right.Z, W = left.W + right.W };

    public static QuadCell operator *(QuadCell left, QuadCell right) =>
        new() { X = left.X * right.X, Y = left.Y * right.Y, Z = left.Z * right.Z, W = left.W * right.W };

    public static QuadCell MultiplyAdd(float factor, QuadCell x, QuadCell sum) =>
        new() { X = (factor * x.X) + sum.X, Y = (factor * x.Y) + sum.Y, Z = (factor * x.Z) + sum.Z, W = (factor * x.W) + sum.W };

    public static float Sum(QuadCell x) => x.X + x.Y + x.Z + x.W;

    public static QuadCell Leaky(QuadCell x, float slope) => new()
    {
        X = DeviceFunctions.Leaky(x.X, slope),
        Y = DeviceFunctions.Leaky(x.Y, slope),
        Z = DeviceFunctions.Leaky(x.Z, slope),
        W = DeviceFunctions.Leaky(x.W, slope),
    };

    public static QuadCell LeakySlope(QuadCell x, float slope) => new()
    {
        X = x.X > 0f ? 1f : slope,
        Y = x.Y > 0f ? 1f : slope,
        Z = x.Z > 0f ? 1f : slope,
        W = x.W > 0f ? 1f : slope,
    };

    static QuadCell ICell<QuadCell>.Apply<TFunction>(QuadCell x) => new()
    {
        X = DeviceFunctions.Value<TFunction>(x.X),
        Y = DeviceFunctions.Value<TFunction>(x.Y),
        Z = DeviceFunctions.Value<TFunction>(x.Z),
        W = DeviceFunctions.Value<TFunction>(x.W),
    };
}
