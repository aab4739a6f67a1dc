using System.Runtime.ExceptionServices;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Compute.Simd;

namespace DigitalTwin.Models.Network.Training;

/// <summary>Does the same for each member of an ensemble: on processors each member has a thread and a small backend of its own, which beats many threads on one small
/// network; on a device one after another.</summary>
internal static class MemberWork
{
    /// <param name="memberCount">Members.</param>
    /// <param name="backend">Where to compute; null for processors.</param>
    /// <param name="threadCount">Threads; results do not depend on it.</param>
    /// <param name="work">Of a member.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Shape [members].</returns>
    public static T[] Run<T>(int memberCount, IComputeBackend? backend, int threadCount, Func<int, IComputeBackend, T> work, CancellationToken cancellation = default)
    {
        var results = new T[memberCount];
        if (backend is not null and not SimdBackend)
        {
            for (var m = 0; m < memberCount; m++)
            {
                cancellation.ThrowIfCancellationRequested();
                results[m] = work(m, backend);
            }

            return results;
        }

        var faults = new Exception?[memberCount];
        Parallel.For(0, memberCount, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threadCount) }, m =>
        {
            try
            {
                cancellation.ThrowIfCancellationRequested();
                using var own = new SimdBackend(1);
                results[m] = work(m, own);
            }
            catch (Exception fault)
            {
                faults[m] = fault;
            }
        });
        if (faults.FirstOrDefault(f => f is not null) is { } first)
        {
            ExceptionDispatchInfo.Throw(first);
        }

        return results;
    }
}
