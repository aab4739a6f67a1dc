using System.Collections.Concurrent;
using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Numerics.Resampling;

/// <summary>Computes statistics of one resample.</summary>
/// <typeparam name="TWorkspace">Buffers that belong to one thread.</typeparam>
/// <param name="workspace">Buffers of the calling thread.</param>
/// <param name="counts">How often each subject was drawn, shape [subjects].</param>
/// <param name="statistics">Receives the statistics, shape [statistics]; NaN where one does not exist in this resample.</param>
public delegate void ResampleStatistic<in TWorkspace>(TWorkspace workspace, ReadOnlySpan<double> counts, Span<double> statistics);

/// <summary>What is resampled, how often and by how many threads.</summary>
/// <param name="Strata">Shape [subjects], 0 .. k-1: every resample draws as many subjects of a stratum as it holds.</param>
/// <param name="ReplicateCount">Number of resamples.</param>
/// <param name="StatisticCount">Numbers computed for each.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="ThreadCount">Threads at most; -1 = as many as there are.</param>
public sealed record BootstrapPlan(int[] Strata, int ReplicateCount, int StatisticCount, ulong Seed, int ThreadCount = -1);

/// <summary>The nonparametric bootstrap and the jackknife, in parallel. A replicate draws from its own keyed stream and writes to its own row,
/// so the answer does not depend on the number of threads.</summary>
/// <remarks>Source: [Efron1993].</remarks>
public static class Bootstrap
{
    /// <summary>Statistics of every resample.</summary>
    /// <returns>Shape [replicates, statistics].</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count of the plan is not positive.</exception>
    public static RowMajorMatrix Replicates<TWorkspace>(
        BootstrapPlan plan, Func<TWorkspace> createWorkspace, ResampleStatistic<TWorkspace> statistic, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var members = Members(plan.Strata);
        return Each(plan, plan.ReplicateCount, createWorkspace, (replicate, counts) => Draw(plan, replicate, members, counts), statistic, cancellation);
    }

    /// <summary>Statistics of every sample that leaves one subject out.</summary>
    /// <returns>Shape [subjects, statistics].</returns>
    public static RowMajorMatrix Jackknife<TWorkspace>(
        BootstrapPlan plan, Func<TWorkspace> createWorkspace, ResampleStatistic<TWorkspace> statistic, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return Each(plan, plan.Strata.Length, createWorkspace, LeaveOut, statistic, cancellation);

        static void LeaveOut(int subject, double[] counts)
        {
            Array.Fill(counts, 1);
            counts[subject] = 0;
        }
    }

    private static RowMajorMatrix Each<TWorkspace>(
        BootstrapPlan plan,
        int sampleCount,
        Func<TWorkspace> createWorkspace,
        Action<int, double[]> fillCounts,
        ResampleStatistic<TWorkspace> statistic,
        CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleCount);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(plan.StatisticCount);
        var values = new double[sampleCount * plan.StatisticCount];

        // Parallel.For starts more tasks than threads: a task takes over the buffers of one that ended.
        var idle = new ConcurrentBag<(TWorkspace Workspace, double[] Counts)>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = plan.ThreadCount, CancellationToken = cancellation };
        Parallel.For(
            0,
            sampleCount,
            options,
            () => idle.TryTake(out var own) ? own : (Workspace: createWorkspace(), Counts: new double[plan.Strata.Length]),
            (sample, _, own) =>
            {
                fillCounts(sample, own.Counts);
                statistic(own.Workspace, own.Counts, values.AsSpan(sample * plan.StatisticCount, plan.StatisticCount));
                return own;
            },
            idle.Add);
        return new RowMajorMatrix(values, sampleCount, plan.StatisticCount);
    }

    private static void Draw(BootstrapPlan plan, int replicate, int[][] members, double[] counts)
    {
        Array.Clear(counts);
        for (var stratum = 0; stratum < members.Length; stratum++)
        {
            var stream = new RandomStream(new StreamKey(plan.Seed, 0, (uint)stratum, (uint)replicate, RandomPurpose.Bootstrap));
            var subjects = members[stratum];
            for (var draw = 0; draw < subjects.Length; draw++)
            {
                counts[subjects[stream.NextInt(subjects.Length)]]++;
            }
        }
    }

    private static int[][] Members(int[] strata)
    {
        var members = new List<int>[strata.Length == 0 ? 0 : strata.Max() + 1];
        for (var i = 0; i < strata.Length; i++)
        {
            (members[strata[i]] ??= []).Add(i);
        }

        return [.. members.Select(m => m?.ToArray() ?? [])];
    }
}
