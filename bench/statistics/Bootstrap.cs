using DigitalTwin.Numerics.Survival;

namespace DigitalTwin.Bench;

/// <summary>Bootstrap of a weighted Cox regression: a draw is a count for each subject, times its weight.</summary>
internal static class Bootstrap
{
    /// <returns>First coefficient of each replicate, the same on any number of threads.</returns>
    public static double[] Coefficients(BenchmarkData data, int replicateCount, int threadCount)
    {
        var shared = new CoxWorkspace(data.Times, data.Events, data.Covariates);
        var coefficients = new double[replicateCount];
        Parallel.For(
            0,
            replicateCount,
            new ParallelOptions { MaxDegreeOfParallelism = threadCount },
            () => (Workspace: shared.Fork(), Weights: new double[data.Times.Length]),
            (replicate, _, local) =>
            {
                Draw((ulong)replicate, data.Weights, local.Weights);
                coefficients[replicate] = local.Workspace.Fit(local.Weights).Coefficients[0];
                return local;
            },
            _ => { });
        return coefficients;
    }

    // SplitMix64; a benchmark needs draws that look random and no more.
    private const ulong Golden = 0x9E3779B97F4A7C15UL;

    private static ulong Mix(ulong state)
    {
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return mixed ^ (mixed >> 31);
    }

    private static void Draw(ulong replicate, double[] weights, double[] drawn)
    {
        Array.Clear(drawn);
        var state = Mix(replicate + Golden);
        for (var i = 0; i < drawn.Length; i++)
        {
            state += Golden;
            var subject = (int)Math.BigMul(Mix(state), (ulong)drawn.Length, out _);
            drawn[subject] += weights[subject];
        }
    }
}
