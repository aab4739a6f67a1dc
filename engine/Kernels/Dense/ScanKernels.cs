// Looks over all numbers of a matrix: the sum of squares, and the place of the first number that is not finite.
//   thread    every n-th number, n the count of all threads; a group's results are joined through shared memory
//   memory    row-major with any stride; one result for each group, the host joins those in order
//   numbers   sums in double where the device has it, else in float
//   limits    counts in 64 bits
//   checked   tests/Engine/Kernels/ParityTests.cs
using DigitalTwin.Kernels.Arithmetic;
using DigitalTwin.Kernels.Catalog;
using ILGPU;

namespace DigitalTwin.Kernels.Dense;

internal struct SumOfSquaresArguments
{
    public DeviceMatrix Input;
    public ArrayView<double> Doubles;
    public ArrayView<float> Singles;
    public long Count;
}

internal struct FirstNonFiniteArguments
{
    public DeviceMatrix Input;
    public ArrayView<long> Places;
    public long Count;
}

internal static class ScanKernels
{
    public static readonly CatalogKernel<SumOfSquaresArguments> DoubleSumKernel = new(SumOfSquares);
    public static readonly CatalogKernel<SumOfSquaresArguments> SingleSumKernel = new(SumOfSquaresInSingle);
    public static readonly CatalogKernel<FirstNonFiniteArguments> FirstNonFiniteKernel = new(FirstNonFinite);

    public static IEnumerable<CatalogKernel> All => [DoubleSumKernel, SingleSumKernel, FirstNonFiniteKernel];

    public static void SumOfSquares(SumOfSquaresArguments a)
    {
        var shared = SharedMemory.Allocate<double>(GroupReduction.MaximumThreads);
        var sum = 0.0;
        for (var place = ((long)Grid.IdxX * Group.DimX) + Group.IdxX; place < a.Count; place += (long)Grid.DimX * Group.DimX)
        {
            double x = At(a.Input, place);
            sum += x * x;
        }

        shared[Group.IdxX] = sum;
        Group.Barrier();
        for (var step = Group.DimX >> 1; step > 0; step >>= 1)
        {
            if (Group.IdxX < step)
            {
                shared[Group.IdxX] += shared[Group.IdxX + step];
            }

            Group.Barrier();
        }

        if (Group.IdxX == 0)
        {
            a.Doubles[Grid.IdxX] = shared[0];
        }
    }

    public static void SumOfSquaresInSingle(SumOfSquaresArguments a)
    {
        var shared = SharedMemory.Allocate<float>(GroupReduction.MaximumThreads);
        var sum = 0f;
        for (var place = ((long)Grid.IdxX * Group.DimX) + Group.IdxX; place < a.Count; place += (long)Grid.DimX * Group.DimX)
        {
            var x = At(a.Input, place);
            sum += x * x;
        }

        sum = GroupReduction.OverStrides<Summation>(shared, sum, 1);
        if (Group.IdxX == 0)
        {
            a.Singles[Grid.IdxX] = sum;
        }
    }

    public static void FirstNonFinite(FirstNonFiniteArguments a)
    {
        var shared = SharedMemory.Allocate<long>(GroupReduction.MaximumThreads);
        var first = a.Count;
        for (var place = ((long)Grid.IdxX * Group.DimX) + Group.IdxX; place < first; place += (long)Grid.DimX * Group.DimX)
        {
            // An exponent of all ones; a comparison of floats might be optimised away.
            if ((Interop.FloatAsInt(At(a.Input, place)) & 0x7f800000u) == 0x7f800000u)
            {
                first = place;
            }
        }

        shared[Group.IdxX] = first;
        Group.Barrier();
        for (var step = Group.DimX >> 1; step > 0; step >>= 1)
        {
            if (Group.IdxX < step)
            {
                var other = shared[Group.IdxX + step];
                if (other < shared[Group.IdxX])
                {
                    shared[Group.IdxX] = other;
                }
            }

            Group.Barrier();
        }

        if (Group.IdxX == 0)
        {
            a.Places[Grid.IdxX] = shared[0];
        }
    }

    private static float At(DeviceMatrix matrix, long place)
    {
        if (matrix.RowStride == matrix.Columns)
        {
            return matrix.Data[place];
        }

        var row = place / matrix.Columns;
        return matrix.Data[(row * matrix.RowStride) + (place - (row * matrix.Columns))];
    }
}
