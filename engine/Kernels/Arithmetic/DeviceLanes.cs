using DigitalTwin.Numerics.Compute.Functions;
using ILGPU;

namespace DigitalTwin.Kernels.Arithmetic;

/// <summary>One number in one register of a device thread.</summary>
/// <remarks>A product and a sum are left apart: the device compiler fuses them, which no instruction of ILGPU 1.5.3 asks for. Rounding to a whole number and
/// powers of two work on bits, since the library versions become long code.</remarks>
internal readonly struct DeviceLanes : ILanes<DeviceLanes>
{
    private const int ExponentBits = 23;
    private const int ExponentBias = 127;
    private const int BitsOfRootHalf = 0x3f3504f3;

    // 1.5 * 2^23 leaves no room for a fraction.
    private const float RoundingShift = 12582912f;

    public readonly float Value;

    public DeviceLanes(float value) => Value = value;

    public static DeviceLanes Of(float value) => new(value);

    public static DeviceLanes operator +(DeviceLanes left, DeviceLanes right) => new(left.Value + right.Value);

    public static DeviceLanes operator -(DeviceLanes left, DeviceLanes right) => new(left.Value - right.Value);

    public static DeviceLanes operator *(DeviceLanes left, DeviceLanes right) => new(left.Value * right.Value);

    public static DeviceLanes operator /(DeviceLanes left, DeviceLanes right) => new(left.Value / right.Value);

    public static DeviceLanes MultiplyAdd(DeviceLanes a, DeviceLanes b, DeviceLanes c) => new((a.Value * b.Value) + c.Value);

    public static DeviceLanes Abs(DeviceLanes x) => new(IntrinsicMath.Abs(x.Value));

    public static DeviceLanes Sqrt(DeviceLanes x) => new(MathF.Sqrt(x.Value));

    public static DeviceLanes Round(DeviceLanes x) => new((x.Value + RoundingShift) - RoundingShift);

    public static DeviceLanes ScaleByPowerOfTwo(DeviceLanes x, DeviceLanes n)
    {
        var whole = (int)n.Value;
        var half = whole >> 1;
        return new(x.Value * PowerOfTwo(half) * PowerOfTwo(whole - half));
    }

    public static DeviceLanes Exponent(DeviceLanes x) => new(((int)Interop.FloatAsInt(x.Value) - BitsOfRootHalf) >> ExponentBits);

    public static DeviceLanes IfGreater(DeviceLanes left, DeviceLanes right, DeviceLanes then, DeviceLanes otherwise) =>
        new(left.Value > right.Value ? then.Value : otherwise.Value);

    private static float PowerOfTwo(int n) => Interop.IntAsFloat((uint)((n + ExponentBias) << ExponentBits));
}
