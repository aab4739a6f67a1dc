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
    private const int HubDegree = 100;

    // A product this long is no longer dominated by its start.
    private const double LongEnoughSeconds = 0.004;

    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(150);

    private static readonly TimeSpan Measured = TimeSpan.FromMilliseconds(150);

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
        for (var size = 512; ; size *= 2)
        {
            using var a = backend.Rent((long)size * size);
            using var b = backend.Rent((long)size * size);
            using var c = backend.Rent((long)size * size);
            var arguments = new GemmArguments(a.AsMatrix(size, size), b.AsMatrix(size, size), c.AsMatrix(size, size));
            var (seconds, repeats) = Time(backend, clock, () => backend.Gemm(arguments));
            if (size >= LargestProduct || seconds / repeats > LongEnoughSeconds)
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

    /// <summary>Repeats for a while; a first while, in which code is compiled, is not counted.</summary>
    private static (double Seconds, int Repeats) Time(IComputeBackend backend, TimeProvider clock, Action work)
    {
        Repeat(backend, clock, work, WarmUp);
        return Repeat(backend, clock, work, Measured);
    }

    private static (double Seconds, int Repeats) Repeat(IComputeBackend backend, TimeProvider clock, Action work, TimeSpan time)
    {
        var start = clock.GetTimestamp();
        var repeats = 0;
        do
        {
            work();
            repeats++;
            // Work is queued, so that a clock alone would run ahead of it.
            if (repeats % 4 == 0)
            {
                backend.Synchronize();
            }
        }
        while (clock.GetElapsedTime(start) < time);
        backend.Synchronize();
        return (clock.GetElapsedTime(start).TotalSeconds, repeats);
    }
}
