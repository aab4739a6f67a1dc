using System.Numerics;

namespace DigitalTwin.Kernels.Memory;

/// <summary>Sizes in which device memory is kept: eight between a power of two and the next, so that a returned buffer serves lengths like its own and
/// at most an eighth is unused.</summary>
internal static class SizeClass
{
    private const long Smallest = 64;
    private const int StepsLog2 = 3;

    /// <summary>The smallest size of the pool that holds this many numbers.</summary>
    public static long Of(long length)
    {
        if (length <= Smallest)
        {
            return Smallest;
        }

        var step = 1L << (BitOperations.Log2((ulong)length) - StepsLog2);
        return (length + step - 1) / step * step;
    }
}
