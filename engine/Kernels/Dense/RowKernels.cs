// Reductions and softmax within rows.
//   thread    one of a power of two of lanes that share a row; lanes stride over its columns and join through shared memory
//   memory    neighbouring lanes read neighbouring columns
//   numbers   float; a softmax subtracts the greatest first; the tree over lanes is fixed
//   limits    rows below 2^31
//   checked   tests/Engine/Kernels/ParityTests.cs
using DigitalTwin.Kernels.Arithmetic;
using DigitalTwin.Kernels.Catalog;
using ILGPU;

namespace DigitalTwin.Kernels.Dense;

internal struct RowArguments
{
    public DeviceMatrix Input;
    public DeviceMatrix Other;
    public DeviceMatrix Output;
    public float Scale;
    public int Accumulate;
    public int IsLogarithm;
    public int Lanes;
}

internal static class RowKernels
{
    public static readonly CatalogKernel<RowArguments> SumKernel = new(Reduce<Summation>);
    public static readonly CatalogKernel<RowArguments> MaximumKernel = new(Reduce<Greatest>);
    public static readonly CatalogKernel<RowArguments> SoftmaxKernel = new(Softmax);
    public static readonly CatalogKernel<RowArguments> SoftmaxBackwardKernel = new(SoftmaxBackward);
    public static readonly CatalogKernel<RowArguments> LogSumExpKernel = new(LogSumExp);

    public static IEnumerable<CatalogKernel> All => [SumKernel, MaximumKernel, SoftmaxKernel, SoftmaxBackwardKernel, LogSumExpKernel];

    /// <summary>Output [rows, 1].</summary>
    public static void Reduce<TCombination>(RowArguments a)
        where TCombination : struct, ICombination
    {
        var shared = SharedMemory.Allocate<float>(GroupReduction.MaximumThreads);
        var item = (Grid.IdxX * Group.DimX) + Group.IdxX;
        var row = item / a.Lanes;
        var lane = item - (row * a.Lanes);
        var result = TCombination.Start;
        if (row < a.Input.Rows)
        {
            for (var c = lane; c < a.Input.Columns; c += a.Lanes)
            {
                result = TCombination.Combine(result, a.Input.Get(row, c));
            }
        }

        result = GroupReduction.OverLanes<TCombination>(shared, result, a.Lanes);
        if (lane == 0 && row < a.Input.Rows)
        {
            a.Output.Put(row, 0, a.Scale * result, a.Accumulate);
        }
    }

    public static void Softmax(RowArguments a)
    {
        var shared = SharedMemory.Allocate<float>(GroupReduction.MaximumThreads);
        var item = (Grid.IdxX * Group.DimX) + Group.IdxX;
        var row = item / a.Lanes;
        var lane = item - (row * a.Lanes);
        var columns = row < a.Input.Rows ? a.Input.Columns : 0;
        var greatest = GreatestOf(a, shared, row, lane, columns);
        var sum = SumOfExponentials(a, shared, row, lane, columns, greatest);
        var total = greatest + DeviceFunctions.Log(sum);
        var inverse = 1f / sum;
        for (var c = lane; c < columns; c += a.Lanes)
        {
            var x = a.Input.Get(row, c);
            a.Output.Set(row, c, a.IsLogarithm != 0 ? x - total : DeviceFunctions.Exp(x - greatest) * inverse);
        }
    }

    /// <summary>Input is the gradient of the output, Other the output of the softmax.</summary>
    public static void SoftmaxBackward(RowArguments a)
    {
        var shared = SharedMemory.Allocate<float>(GroupReduction.MaximumThreads);
        var item = (Grid.IdxX * Group.DimX) + Group.IdxX;
        var row = item / a.Lanes;
        var lane = item - (row * a.Lanes);
        var columns = row < a.Input.Rows ? a.Input.Columns : 0;
        var sum = 0f;
        for (var c = lane; c < columns; c += a.Lanes)
        {
            var gradient = a.Input.Get(row, c);
            sum += a.IsLogarithm != 0 ? gradient : gradient * a.Other.Get(row, c);
        }

        sum = GroupReduction.OverLanes<Summation>(shared, sum, a.Lanes);
        for (var c = lane; c < columns; c += a.Lanes)
        {
            var (gradient, y) = (a.Input.Get(row, c), a.Other.Get(row, c));
            var value = a.IsLogarithm != 0 ? gradient - (DeviceFunctions.Exp(y) * sum) : y * (gradient - sum);
            a.Output.Put(row, c, value, a.Accumulate);
        }
    }

    /// <summary>Output [rows, 1]; minus infinity for a row without columns.</summary>
    public static void LogSumExp(RowArguments a)
    {
        var shared = SharedMemory.Allocate<float>(GroupReduction.MaximumThreads);
        var item = (Grid.IdxX * Group.DimX) + Group.IdxX;
        var row = item / a.Lanes;
        var lane = item - (row * a.Lanes);
        var columns = row < a.Input.Rows ? a.Input.Columns : 0;
        var greatest = GreatestOf(a, shared, row, lane, columns);
        var sum = SumOfExponentials(a, shared, row, lane, columns, greatest);
        if (lane == 0 && row < a.Input.Rows)
        {
            a.Output.Set(row, 0, greatest == float.NegativeInfinity ? greatest : greatest + DeviceFunctions.Log(sum));
        }
    }

    private static float GreatestOf(RowArguments a, ArrayView<float> shared, int row, int lane, int columns)
    {
        var greatest = float.NegativeInfinity;
        for (var c = lane; c < columns; c += a.Lanes)
        {
            greatest = Greatest.Combine(greatest, a.Input.Get(row, c));
        }

        return GroupReduction.OverLanes<Greatest>(shared, greatest, a.Lanes);
    }

    private static float SumOfExponentials(RowArguments a, ArrayView<float> shared, int row, int lane, int columns, float greatest)
    {
        var sum = 0f;
        for (var c = lane; c < columns; c += a.Lanes)
        {
            sum += DeviceFunctions.Exp(a.Input.Get(row, c) - greatest);
        }

        return GroupReduction.OverLanes<Summation>(shared, sum, a.Lanes);
    }
}
