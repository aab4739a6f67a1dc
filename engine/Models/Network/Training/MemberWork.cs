using DigitalTwin.Models.Prediction;
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
        if (backend is not null and not SimdBackend)
        {
            return [.. Enumerable.Range(0, memberCount).Select(m => Work(m, backend))];
        }

        return ParallelMembers.Run(memberCount, threadCount, m =>
        {
            using var own = new SimdBackend(1);
            return Work(m, own);
        });

        T Work(int member, IComputeBackend on)
        {
            cancellation.ThrowIfCancellationRequested();
            return work(member, on);
        }
    }
}
