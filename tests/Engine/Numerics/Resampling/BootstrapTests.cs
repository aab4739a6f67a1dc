using DigitalTwin.Numerics.Resampling;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Numerics.Resampling;

public sealed class BootstrapTests
{
    private static readonly double[] s_values = GbsgDesign.Table.Numbers("pgr");
    private static readonly int[] s_strata = [.. GbsgDesign.Treated.Select(t => t ? 1 : 0)];

    [Fact]
    public void Reference_GbsgIntervals_MatchBootCi()
    {
        var replicates = ReferenceData.Table("causal/bootstrap-replicates.csv").Numbers("replicate");
        var expected = ReferenceData.Table("causal/bootstrap.csv").Numbers("value");
        var oneStratum = new int[s_values.Length];
        var plan = new BootstrapPlan(oneStratum, 1, 1, 7);
        var jackknife = Bootstrap.Jackknife(plan, () => 0, Mean, TestContext.Current.CancellationToken).Values.ToArray();

        var percentile = BootstrapInterval.Percentile(replicates, 0.95);
        var corrected = BootstrapInterval.BiasCorrectedAccelerated(replicates, expected[0], jackknife, oneStratum, 0.95);

        Agreement.Close([expected[1], expected[2]], [percentile.Lower, percentile.Upper], 1e-9);
        Agreement.Close(expected[5], BootstrapInterval.Acceleration(jackknife, oneStratum), 1e-9);
        Agreement.Close([expected[3], expected[4]], [corrected.Lower, corrected.Upper], 1e-9);
    }

    [Fact]
    public void Property_AnyNumberOfThreads_SameReplicates()
    {
        var one = Bootstrap.Replicates(Plan(200, 1), () => 0, Difference, TestContext.Current.CancellationToken).Values.ToArray();
        var four = Bootstrap.Replicates(Plan(200, 4), () => 0, Difference, TestContext.Current.CancellationToken).Values.ToArray();

        Assert.Equal(one, four);
    }

    [Fact]
    public void ClosedForm_SpreadOfADifferenceOfMeans()
    {
        var replicates = Bootstrap.Replicates(Plan(4000, -1), () => 0, Difference, TestContext.Current.CancellationToken).Values.ToArray();
        var mean = replicates.Average();
        var spread = Math.Sqrt(replicates.Sum(r => (r - mean) * (r - mean)) / (replicates.Length - 1));

        // Resampling variance of a mean is its plug-in variance over n; the relative error of a spread of 4,000 is about 1 / sqrt(8000).
        var expected = Math.Sqrt(PlugInVariance(0) + PlugInVariance(1));
        Assert.InRange(spread / expected, 0.94, 1.06);
    }

    [Fact]
    public void Property_Strata_KeepTheirSize()
    {
        var sizes = Bootstrap.Replicates(Plan(50, -1), () => 0, CountTreated, TestContext.Current.CancellationToken);

        Assert.All(sizes.Values.ToArray(), s => Assert.Equal(246, s));
    }

    [Fact]
    public void Error_TooFewFiniteReplicates() =>
        Assert.Throws<ArgumentException>(() => BootstrapInterval.Percentile([1, 2, double.NaN], 0.95));

    private static BootstrapPlan Plan(int replicates, int threads) => new(s_strata, replicates, 1, 7, threads);

    private static void Difference(int workspace, ReadOnlySpan<double> counts, Span<double> statistics)
    {
        Span<double> sums = stackalloc double[2];
        Span<double> sizes = stackalloc double[2];
        for (var i = 0; i < counts.Length; i++)
        {
            sums[s_strata[i]] += counts[i] * s_values[i];
            sizes[s_strata[i]] += counts[i];
        }

        statistics[0] = (sums[1] / sizes[1]) - (sums[0] / sizes[0]);
    }

    private static void Mean(int workspace, ReadOnlySpan<double> counts, Span<double> statistics)
    {
        double sum = 0;
        double size = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            sum += counts[i] * s_values[i];
            size += counts[i];
        }

        statistics[0] = sum / size;
    }

    private static void CountTreated(int workspace, ReadOnlySpan<double> counts, Span<double> statistics)
    {
        for (var i = 0; i < counts.Length; i++)
        {
            statistics[0] += s_strata[i] * counts[i];
        }
    }

    private static double PlugInVariance(int stratum)
    {
        var own = s_values.Where((_, i) => s_strata[i] == stratum).ToArray();
        var mean = own.Average();
        return own.Average(v => (v - mean) * (v - mean)) / own.Length;
    }
}
