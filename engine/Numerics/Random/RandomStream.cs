using System.Diagnostics.CodeAnalysis;
using DigitalTwin.Numerics.Distributions;

namespace DigitalTwin.Numerics.Random;

/// <summary>The random numbers that belong to a <see cref="StreamKey"/>, drawn one after another. Not for use by two threads at once.</summary>
/// <remarks>
/// How a key becomes a stream. The identity (subject, arm, replicate) is 128 bits; Philox under the seed maps it one-to-one to 128 other bits.
/// Half of those become the Philox key of the stream, half the upper counter words; the purpose is the top byte of the second counter word and the
/// block number fills the 56 bits below. Because the first map is one-to-one, two different keys of one seed never read the same (key, counter)
/// pair: their streams cannot overlap. Streams of different seeds can only meet by a 128-bit chance.
/// </remarks>
[SuppressMessage("Naming", "CA1711", Justification = "A random stream is the field's term; System.IO is not meant.")]
public sealed class RandomStream
{
    private const double UnitOf53Bits = 1.0 / (1UL << 53);
    private const int PurposeShift = 24;

    private readonly uint _key0;
    private readonly uint _key1;
    private readonly uint _counter2;
    private readonly uint _counter3;
    private readonly uint _purpose;
    private ulong _blockNumber;
    private PhiloxBlock _block;
    private int _wordsUsed = 4;

    public RandomStream(StreamKey key)
    {
        var identity = new PhiloxBlock((uint)key.Subject, (uint)(key.Subject >> 32), key.Arm, key.Replicate);
        (_key0, _key1, _counter2, _counter3) = Philox4x32.Block(identity, (uint)key.Seed, (uint)(key.Seed >> 32));
        _purpose = (uint)key.Purpose << PurposeShift;
    }

    /// <summary>32 random bits.</summary>
    public uint NextUInt32()
    {
        if (_wordsUsed == 4)
        {
            var counter = new PhiloxBlock((uint)_blockNumber, (uint)(_blockNumber >> 32) | _purpose, _counter2, _counter3);
            _block = Philox4x32.Block(counter, _key0, _key1);
            _blockNumber++;
            _wordsUsed = 0;
        }

        return _wordsUsed++ switch
        {
            0 => _block.Word0,
            1 => _block.Word1,
            2 => _block.Word2,
            _ => _block.Word3,
        };
    }

    /// <summary>64 random bits; the word drawn first is the lower half.</summary>
    public ulong NextUInt64()
    {
        ulong low = NextUInt32();
        return low | ((ulong)NextUInt32() << 32);
    }

    /// <summary>Uniform on [0, 1), a multiple of 2^-53.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * UnitOf53Bits;

    /// <summary>Uniform on (0, 1): the middle of one of 2^52 cells, so that its logarithm and its normal quantile are finite.</summary>
    public double NextOpenDouble() => ((NextUInt64() >> 12) + 0.5) * (2 * UnitOf53Bits);

    /// <summary>Standard normal, by the quantile of one uniform number.</summary>
    public double NextGaussian() => Normal.Quantile(NextOpenDouble());

    /// <summary>Exponential with mean 1.</summary>
    public double NextExponential() => -Math.Log(NextOpenDouble());

    /// <summary>A whole number from 0 to <paramref name="bound"/> - 1, each equally likely.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not positive.</exception>
    /// <remarks>Source: [Lemire2019]: multiply, and reject the few products that would favour small numbers.</remarks>
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var range = (uint)bound;
        var product = (ulong)NextUInt32() * range;
        if ((uint)product < range)
        {
            var threshold = (uint)-bound % range;
            while ((uint)product < threshold)
            {
                product = (ulong)NextUInt32() * range;
            }
        }

        return (int)(product >> 32);
    }

    /// <summary>Puts the values in random order, each order equally likely (Fisher-Yates).</summary>
    public void Shuffle<T>(Span<T> values)
    {
        for (var i = values.Length - 1; i > 0; i--)
        {
            var j = NextInt(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }
}
