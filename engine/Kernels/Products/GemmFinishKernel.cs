// The last step of a product whose inner size was split: bias, beta and activation on the joined sums.
//   thread    one number of C
//   memory    sums are contiguous [rows of C, columns of C]
//   numbers   float
//   limits    fewer than 2^31 numbers: a split product is small
//   checked   tests/Engine/Kernels/ParityTests.cs
using DigitalTwin.Kernels.Arithmetic;
using DigitalTwin.Numerics.Compute.Functions;
using ILGPU;

namespace DigitalTwin.Kernels.Products;

internal struct GemmFinishArguments
{
    public ArrayView<float> Sums;
    public DeviceMatrix C;
    public DeviceMatrix Bias;
    public float Alpha;
    public float Beta;
    public int HasBias;
}

internal static class GemmFinishKernel
{
    public static void Finish<TFunction>(GemmFinishArguments a)
        where TFunction : struct, ILaneFunction
    {
        var item = (Grid.IdxX * Group.DimX) + Group.IdxX;
        var row = item / a.C.Columns;
        var column = item - (row * a.C.Columns);
        if (row < a.C.Rows)
        {
            var sum = (a.Alpha * a.Sums[item]) + (a.HasBias != 0 ? a.Bias.Get(0, column) : 0f);
            sum = a.Beta == 0f ? sum : (a.Beta * a.C.Get(row, column)) + sum;
            a.C.Set(row, column, DeviceFunctions.Value<TFunction>(sum));
        }
    }
}
