using System.Runtime.ExceptionServices;

namespace DigitalTwin.Models.Prediction;

/// <summary>Does the same for each of some members on threads of the pool: results in their order, and where members fail, what the first of them threw, as it threw it.</summary>
internal static class ParallelMembers
{
    /// <param name="count">Members.</param>
    /// <param name="threadCount">Threads at most; results do not depend on it.</param>
    /// <param name="work">Of a member.</param>
    /// <returns>Shape [count].</returns>
    public static T[] Run<T>(int count, int threadCount, Func<int, T> work)
    {
        var (results, faults) = (new T[count], new Exception?[count]);
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threadCount) }, m =>
        {
            try
            {
                results[m] = work(m);
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
