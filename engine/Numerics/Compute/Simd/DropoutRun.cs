using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>Drops numbers by their place: eight Philox blocks at once, each for four numbers.</summary>
/// <remarks>Source: [Salmon2011]; the same words as <see cref="Random.Philox4x32"/>.</remarks>
internal readonly unsafe struct DropoutRun(Rows input, Rows output, float rate, ulong key, bool accumulate) : IRunOperation
{
    private const int BlocksAtOnce = 8;
    private const int NumbersAtOnce = 4 * BlocksAtOnce;
    private const int RoundCount = 10;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(long row, long column, int count)
    {
        var x = input[row] + column;
        var y = output[row] + column;
        var place = (row * input.Columns) + column;
        var (limit, kept) = (rate * 4294967296.0, (float)(1 / (1 - (double)rate)));
        var factors = stackalloc float[NumbersAtOnce];
        var end = place + count;
        for (var start = place / NumbersAtOnce * NumbersAtOnce; start < end; start += NumbersAtOnce)
        {
            Factors(start / 4, limit, kept, factors);
            var first = Math.Max(start, place);
            var last = Math.Min(start + NumbersAtOnce, end);
            for (var n = first; n < last; n++)
            {
                var value = x[n - place] * factors[n - start];
                y[n - place] = accumulate ? y[n - place] + value : value;
            }
        }
    }

    private void Factors(long firstBlock, double limit, float kept, float* factors)
    {
        var mask = Vector512.Create(0xffffffffUL);
        var c0 = (Vector512.Create((ulong)firstBlock) + Vector512.Create(0UL, 1, 2, 3, 4, 5, 6, 7)) & mask;
        var (c1, c2, c3) = (Vector512<ulong>.Zero, Vector512<ulong>.Zero, Vector512<ulong>.Zero);
        var (key0, key1) = ((uint)key, (uint)(key >> 32));
        for (var round = 0; round < RoundCount; round++)
        {
            var product0 = c0 * Vector512.Create(0xD2511F53UL);
            var product1 = c2 * Vector512.Create(0xCD9E8D57UL);
            c0 = Vector512.ShiftRightLogical(product1, 32) ^ c1 ^ Vector512.Create((ulong)key0);
            c1 = product1 & mask;
            c2 = Vector512.ShiftRightLogical(product0, 32) ^ c3 ^ Vector512.Create((ulong)key1);
            c3 = product0 & mask;
            (key0, key1) = (key0 + 0x9E3779B9, key1 + 0xBB67AE85);
        }

        for (var b = 0; b < BlocksAtOnce; b++)
        {
            factors[(4 * b) + 0] = c0[b] >= limit ? kept : 0f;
            factors[(4 * b) + 1] = c1[b] >= limit ? kept : 0f;
            factors[(4 * b) + 2] = c2[b] >= limit ? kept : 0f;
            factors[(4 * b) + 3] = c3[b] >= limit ? kept : 0f;
        }
    }
}
