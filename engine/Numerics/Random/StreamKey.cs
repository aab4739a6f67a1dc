using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace DigitalTwin.Numerics.Random;

/// <summary>Names one stream of random numbers. The same key gives the same numbers on any thread, silo or order of work.</summary>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Subject">Key of the subject (<see cref="HashOf"/> of its id), or 0 where no one subject is meant.</param>
/// <param name="Arm">Number of the arm.</param>
/// <param name="Replicate">Number of the replicate.</param>
/// <param name="Purpose">What the numbers are for.</param>
public readonly record struct StreamKey(ulong Seed, ulong Subject, uint Arm, uint Replicate, RandomPurpose Purpose)
{
    /// <summary>A stable 64-bit key of a name: the first eight bytes, little-endian, of the SHA-256 of its UTF-8 text.</summary>
    /// <remarks>With n names the chance that two collide is about n^2 / 2^65: 3e-8 for a million subjects.</remarks>
    public static ulong HashOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(name), digest);
        return BinaryPrimitives.ReadUInt64LittleEndian(digest);
    }
}
