using System.Runtime.CompilerServices;

namespace DigitalTwin.Numerics.Random;

/// <summary>Four 32-bit words: a Philox counter, or the block made from it.</summary>
public readonly record struct PhiloxBlock(uint Word0, uint Word1, uint Word2, uint Word3);

/// <summary>Philox4x32-10: a keyed bijection of 128-bit counters whose outputs pass as random.
/// Any block can be computed without the blocks before it.</summary>
/// <remarks>Source: [Salmon2011] section 3.3 and table 2; checked against the Random123 known answers.</remarks>
public static class Philox4x32
{
    private const int RoundCount = 10;
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;

    // Weyl increments of the key: the golden ratio and the square root of 3 less 1.
    private const uint Increment0 = 0x9E3779B9;
    private const uint Increment1 = 0xBB67AE85;

    /// <summary>The block of random words that belongs to a counter under a key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static PhiloxBlock Block(PhiloxBlock counter, uint key0, uint key1)
    {
        var (c0, c1, c2, c3) = counter;
        for (var round = 0; round < RoundCount; round++)
        {
            var product0 = (ulong)Multiplier0 * c0;
            var product1 = (ulong)Multiplier1 * c2;
            c0 = (uint)(product1 >> 32) ^ c1 ^ key0;
            c1 = (uint)product1;
            c2 = (uint)(product0 >> 32) ^ c3 ^ key1;
            c3 = (uint)product0;
            key0 += Increment0;
            key1 += Increment1;
        }

        return new PhiloxBlock(c0, c1, c2, c3);
    }
}
