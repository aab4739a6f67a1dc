using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>Running sum down one column, in float64: its error would grow with the rows.</summary>
internal unsafe struct CumulativeSumWork : IParallelWork
{
    public Rows Input;
    public Rows Output;
    public bool Reverse;
    public bool Accumulate;

    public readonly void Execute(int item, int worker)
    {
        var sum = 0.0;
        for (var k = 0; k < Input.Count; k++)
        {
            var row = Reverse ? Input.Count - 1 - k : k;
            sum += Input[row][item];
            var y = Output[row] + item;
            *y = Accumulate ? *y + (float)sum : (float)sum;
        }
    }
}

/// <summary>Finds NaN and infinite numbers.</summary>
internal static unsafe class NonFiniteSearch
{
    /// <summary>Place of the first in a run, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int First(float* x, int count)
    {
        for (var c = 0; c < count; c += Lanes.Count)
        {
            var isFinite = Vector512.LessThanOrEqual(Vector512.Abs(Lanes.Load(x + c, count - c)), Vector512.Create(float.MaxValue));
            if (isFinite != Vector512<float>.AllBitsSet && Vector512.ExtractMostSignificantBits(isFinite) is var bits && bits != 0xffff)
            {
                return c + System.Numerics.BitOperations.TrailingZeroCount(~bits);
            }
        }

        return -1;
    }
}
