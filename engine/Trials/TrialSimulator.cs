namespace DigitalTwin.Trials;

/// <summary>Runs a trial many times on virtual subjects drawn from twins. Each replicate draws one ensemble member, so that the
/// distribution of the result holds the uncertainty of the model as well as the luck of the sample.</summary>
/// <remarks>Assurance rather than power: [OHagan2005]. Streams are keyed by seed, slot, arm, replicate and purpose, so that the answer is
/// the same on any number of threads.</remarks>
public static class TrialSimulator
{
    /// <param name="population">Subjects to draw virtual subjects from, with replacement; ordered by the caller, at least one.</param>
    /// <param name="design">Sizes, accrual, follow-up, dropout.</param>
    /// <param name="criterion">What each replicate estimates and when it succeeds.</param>
    /// <param name="replicateCount">Trials to simulate, at least 1.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="maxThreads">Threads to use; the result does not depend on it.</param>
    /// <param name="cancellation">Stops the simulation.</param>
    /// <exception cref="ArgumentException">No subjects, forecasts that do not pair, or a measure that does not fit them.</exception>
    public static SimulatedTrial Simulate(
        IReadOnlyList<VirtualSubject> population,
        TrialDesign design,
        SuccessCriterion criterion,
        int replicateCount,
        ulong seed,
        int maxThreads,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(population);
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(criterion);
        ArgumentOutOfRangeException.ThrowIfLessThan(replicateCount, 1);
        design.Require();
        var memberCount = population.Count > 0
            ? population.Min(s => s.MemberCount())
            : throw new ArgumentException("A trial needs at least one subject to draw from.", nameof(population));

        var results = new ReplicateResult?[replicateCount];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = maxThreads, CancellationToken = cancellation };
        Parallel.For(0, replicateCount, parallel, () => new ReplicateTrial(population, design, criterion, memberCount, seed), (replicate, _, trial) =>
        {
            results[replicate] = trial.Run((uint)replicate);
            return trial;
        }, _ => { });

        var estimates = results.OfType<ReplicateResult>().ToArray();
        return new SimulatedTrial(
            [.. estimates.Select(e => e.Value)], replicateCount - estimates.Length, estimates.Count(e => e.Succeeded), replicateCount);
    }
}

/// <summary>Result of one simulated trial.</summary>
internal readonly record struct ReplicateResult(double Value, bool Succeeded);
