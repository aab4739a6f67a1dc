using DigitalTwin.Numerics.Compute.Functions;

namespace DigitalTwin.Kernels.Arithmetic;

/// <summary>Elementary functions of one number on a device: those of <see cref="ElementaryFunctions"/>, so that every backend computes the same formula.</summary>
internal static class DeviceFunctions
{
    public static float Exp(float x) => ElementaryFunctions.Exp(new DeviceLanes(x)).Value;

    public static float Log(float x) => ElementaryFunctions.Log(new DeviceLanes(x)).Value;

    public static float Leaky(float x, float slope) => x > 0f ? x : slope * x;

    public static float Value<TFunction>(float x)
        where TFunction : struct, ILaneFunction => TFunction.Value(new DeviceLanes(x)).Value;

    public static float Derivative<TFunction>(float xOrY)
        where TFunction : struct, ILaneFunction => TFunction.Derivative(new DeviceLanes(xOrY), new DeviceLanes(xOrY)).Value;
}
