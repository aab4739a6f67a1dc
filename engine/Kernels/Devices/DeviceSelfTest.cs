using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Compute.Parity;

namespace DigitalTwin.Kernels.Devices;

/// <summary>What a short test of a backend found.</summary>
/// <param name="GigaflopsPerSecond">Of a square float32 product, in 10^9 operations (a product and a sum are two).</param>
/// <param name="GigabytesPerSecond">Of a copy, in 10^9 bytes read and written.</param>
/// <param name="CaseCount">Cases of the parity matrix that were run.</param>
/// <param name="Faults">Those that differ from float64 by more than they may, in words; empty when all agree.</param>
public sealed record DeviceSelfTest(double GigaflopsPerSecond, double GigabytesPerSecond, int CaseCount, IReadOnlyList<string> Faults)
{
    // Large enough to fill a card, small enough for a laptop within the time.
    private const int LargestProduct = 4096;
    private const long LargestCopy = 1L << 28;
    private const int HubDegree = 300;

    private static readonly TimeSpan TimeOfEach = TimeSpan.FromMilliseconds(300);

    private static readonly string[] SpotChecks =
        ["gemm, [65, 129] [129, 70]", "sparse product, heavy tail, 2 patients x 64", "graph attention, hub, 2 patients x 4", "log softmax and its gradient [64", "Adam, 3 steps"];

    /// <summary>Measures for about a second and compares a few cases with float64, or all of them.</summary>
    /// <param name="backend">What to test.</param>
    /// <param name="clock">Measures time.</param>
    /// <param name="everyCase">Whether to run the whole parity matrix, which takes longer.</param>
    public static DeviceSelfTest Run(IComputeBackend backend, TimeProvider clock, bool everyCase = false)
    {
        ArgumentNullException.ThrowIfNull(backend);
        ArgumentNullException.ThrowIfNull(clock);
        var cases = ParityMatrix.Cases(HubDegree).Where(c => everyCase || Array.Exists(SpotChecks, s => c.Name.StartsWith(s, StringComparison.Ordinal))).ToArray();
        string[] faults = [.. cases.Select(c => c.Run(backend)).Where(r => !r.Passed).Select(r => r.ToString())];
        return new DeviceSelfTest(Product(backend, clock), Copy(backend, clock), cases.Length, faults);
    }

    /// <summary>Doubles the size until a product takes long enough to be timed.</summary>
    private static double Product(IComputeBackend backend, TimeProvider clock)
    {
        for (var size = 256; ; size *= 2)
        {
            using var a = backend.Rent((long)size * size);
            using var b = backend.Rent((long)size * size);
            using var c = backend.Rent((long)size * size);
            var arguments = new GemmArguments(a.AsMatrix(size, size), b.AsMatrix(size, size), c.AsMatrix(size, size));
            var (seconds, repeats) = Time(backend, clock, () => backend.Gemm(arguments));
            if (size >= LargestProduct || seconds / repeats > TimeOfEach.TotalSeconds / 16)
            {
                return 2.0 * size * size * size * repeats / seconds / 1e9;
            }
        }
    }

    private static double Copy(IComputeBackend backend, TimeProvider clock)
    {
        var length = Math.Clamp(backend.Memory.FreeBytes / sizeof(float) / 8, 1024, LargestCopy / sizeof(float));
        using var from = backend.Rent(length);
        using var to = backend.Rent(length);
        var (input, output) = (from.AsMatrix((int)(length / 1024), 1024), to.AsMatrix((int)(length / 1024), 1024));
        var (seconds, repeats) = Time(backend, clock, () => backend.Copy(input, output));
        return 2.0 * sizeof(float) * input.Length * repeats / seconds / 1e9;
    }

    /// <summary>Repeats until the time is filled; the first call, which may compile, is not counted.</summary>
    private static (double Seconds, int Repeats) Time(IComputeBackend backend, TimeProvider clock, Action work)
    {
        work();
        backend.Synchronize();
        var start = clock.GetTimestamp();
        for (var repeats = 1; ; repeats++)
        {
            work();
            if (repeats % 4 == 0 || clock.GetElapsedTime(start) > TimeOfEach)
            {
                backend.Synchronize();
            }

            var elapsed = clock.GetElapsedTime(start);
            if (elapsed > TimeOfEach / 4)
            {
                backend.Synchronize();
                return (clock.GetElapsedTime(start).TotalSeconds, repeats);
            }
        }
    }
}
