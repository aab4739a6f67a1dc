// Running sums down columns.
//   thread    one run of neighbouring rows of one column; a group shares up to 32 neighbouring columns
//   memory    neighbouring threads read neighbouring columns; each is read twice: sums of the runs, then the running sums
//   numbers   float; runs are joined in their order
//   limits    rows below 2^31
//   checked   tests/Engine/Kernels/ParityTests.cs
using DigitalTwin.Kernels.Arithmetic;
using DigitalTwin.Kernels.Catalog;
using ILGPU;

namespace DigitalTwin.Kernels.Dense;

internal struct CumulativeSumArguments
{
    public DeviceMatrix Input;
    public DeviceMatrix Output;
    public int IsReverse;
    public int Accumulate;

    /// <summary>Threads side by side over columns, a power of two.</summary>
    public int Width;
}

internal static class CumulativeSumKernel
{
    public static readonly CatalogKernel<CumulativeSumArguments> Kernel = new(Run);

    public static void Run(CumulativeSumArguments a)
    {
        var shared = SharedMemory.Allocate<float>(GroupReduction.MaximumThreads);
        var lane = Group.IdxX / a.Width;
        var lanes = Group.DimX / a.Width;
        var inTile = Group.IdxX - (lane * a.Width);
        var column = (Grid.IdxX * a.Width) + inTile;
        var rows = column < a.Input.Columns ? a.Input.Rows : 0;
        var perThread = (rows + lanes - 1) / lanes;
        var first = lane * perThread;
        first = first < rows ? first : rows;
        var end = rows - first < perThread ? rows : first + perThread;
        var sum = 0f;
        for (var k = first; k < end; k++)
        {
            sum += a.Input.Get(a.IsReverse != 0 ? rows - 1 - k : k, column);
        }

        shared[Group.IdxX] = sum;
        Group.Barrier();
        var running = 0f;
        for (var t = inTile; t < Group.IdxX; t += a.Width)
        {
            running += shared[t];
        }

        for (var k = first; k < end; k++)
        {
            var row = a.IsReverse != 0 ? rows - 1 - k : k;
            running += a.Input.Get(row, column);
            a.Output.Put(row, column, running, a.Accumulate);
        }
    }
}
