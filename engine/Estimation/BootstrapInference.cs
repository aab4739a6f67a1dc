using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Resampling;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Estimation;

/// <summary>Which interval is made from the replicates.</summary>
public enum BootstrapIntervalKind
{
    /// <summary>Quantiles of the replicates.</summary>
    Percentile,

    /// <summary>Bias-corrected and accelerated; costs one estimate more for each subject.</summary>
    BiasCorrectedAccelerated,
}

/// <summary>How a bootstrap is run.</summary>
public sealed record BootstrapOptions
{
    public int ReplicateCount { get; init; } = 1000;

    public ulong Seed { get; init; }

    /// <summary>Threads at most; -1 = as many as there are. No result depends on it.</summary>
    public int ThreadCount { get; init; } = -1;

    /// <summary>Confidence level, in (0, 1).</summary>
    public double Level { get; init; } = 0.95;

    public BootstrapIntervalKind Interval { get; init; } = BootstrapIntervalKind.Percentile;
}

/// <summary>Estimates with bootstrap standard errors and intervals.</summary>
/// <param name="Estimates">One a request, in order.</param>
/// <param name="Replicates">Shape [replicates, requests]; ratios as logarithms, NaN where a resample gave none.</param>
/// <param name="Warnings">Doubts that must reach the report.</param>
public sealed record BootstrapResult(IReadOnlyList<EffectEstimate> Estimates, RowMajorMatrix Replicates, IReadOnlyList<StudyWarning> Warnings);

/// <summary>Inference by resampling subjects within each arm and repeating everything that is estimated from data.</summary>
/// <remarks>Source: [Efron1993]; for weighted control arms [Austin2016].</remarks>
public static class BootstrapInference
{
    private const double ToleratedFailureShare = 0.01;

    /// <summary>Runs the bootstrap.</summary>
    /// <param name="methodId">Name the estimates carry.</param>
    /// <param name="trial">The trial.</param>
    /// <param name="requests">What the estimators estimate, in order.</param>
    /// <param name="createEstimator">Makes an estimator; called once for each thread, by several threads at once.</param>
    /// <param name="options">Replicates, seed, threads, level and kind of interval.</param>
    /// <param name="cancellation">Stops between replicates.</param>
    /// <exception cref="EstimationFailedException">The sample itself, or nearly every resample, gives no estimate.</exception>
    public static BootstrapResult Run(
        string methodId,
        TrialData trial,
        IReadOnlyList<MeasureRequest> requests,
        Func<IResampledEstimator> createEstimator,
        BootstrapOptions options,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentNullException.ThrowIfNull(requests);
        ArgumentNullException.ThrowIfNull(createEstimator);
        ArgumentNullException.ThrowIfNull(options);
        var strata = trial.Treated.Select(t => t ? 1 : 0).ToArray();
        var plan = new BootstrapPlan(strata, options.ReplicateCount, requests.Count, options.Seed, options.ThreadCount);
        var point = PointEstimates(methodId, trial, requests, createEstimator);
        var replicates = Bootstrap.Replicates(plan, createEstimator, Fill, cancellation);
        RowMajorMatrix? jackknife = options.Interval == BootstrapIntervalKind.BiasCorrectedAccelerated
            ? Bootstrap.Jackknife(plan, createEstimator, Fill, cancellation)
            : null;
        var estimates = new List<EffectEstimate>();
        for (var r = 0; r < requests.Count; r++)
        {
            estimates.Add(Summarise(methodId, trial, requests[r], point[r], Column(replicates, r), jackknife is { } j ? Column(j, r) : null, strata, options));
        }

        return new BootstrapResult(estimates, replicates, Warnings(methodId, replicates));
    }

    private static void Fill(IResampledEstimator estimator, ReadOnlySpan<double> counts, Span<double> values)
    {
        if (!estimator.TryEstimate(counts, values))
        {
            values.Fill(double.NaN);
        }
    }

    private static double[] PointEstimates(
        string methodId, TrialData trial, IReadOnlyList<MeasureRequest> requests, Func<IResampledEstimator> createEstimator)
    {
        var once = new double[trial.Count];
        Array.Fill(once, 1);
        var point = new double[requests.Count];
        return createEstimator().TryEstimate(once, point) && point.All(double.IsFinite)
            ? point
            : throw new EstimationFailedException(methodId, "The sample itself gives no finite estimate, so that there is nothing to resample.");
    }

    private static EffectEstimate Summarise(
        string methodId,
        TrialData trial,
        MeasureRequest request,
        double point,
        double[] replicates,
        double[]? jackknife,
        int[] strata,
        BootstrapOptions options)
    {
        var finite = replicates.Where(double.IsFinite).ToArray();
        if (finite.Length < 20)
        {
            throw new EstimationFailedException(methodId, $"Only {finite.Length} of {replicates.Length} resamples gave a {request.Measure}.");
        }

        if (jackknife is not null && (finite.All(v => v < point) || finite.All(v => v >= point)))
        {
            throw new EstimationFailedException(methodId, "Every resample lies on one side of the estimate, so that there is no BCa interval. Ask for percentile.");
        }

        var mean = finite.Average();
        var standardError = Math.Sqrt(finite.Sum(v => (v - mean) * (v - mean)) / (finite.Length - 1));
        var (lower, upper) = jackknife is null
            ? BootstrapInterval.Percentile(finite, options.Level)
            : BootstrapInterval.BiasCorrectedAccelerated(finite, point, jackknife, strata, options.Level);
        return new EffectEstimate(
            methodId,
            request.Measure,
            request.TimeFor(trial.Outcome),
            WaldInterval.ToNaturalScale(request.Measure, point),
            standardError,
            new EffectInterval(
                WaldInterval.ToNaturalScale(request.Measure, lower),
                WaldInterval.ToNaturalScale(request.Measure, upper),
                options.Level,
                jackknife is null ? "percentile" : "BCa"));
    }

    private static List<StudyWarning> Warnings(string methodId, RowMajorMatrix replicates)
    {
        var failed = 0;
        for (var row = 0; row < replicates.RowCount; row++)
        {
            failed += replicates.Row(row).IndexOfAnyExceptInRange(double.MinValue, double.MaxValue) >= 0 ? 1 : 0;
        }

        return failed <= ToleratedFailureShare * replicates.RowCount
            ? []
            : [new StudyWarning(
                "bootstrap-failures",
                $"{failed} of {replicates.RowCount} resamples gave no estimate and are left out of the interval.", methodId)];
    }

    private static double[] Column(RowMajorMatrix matrix, int column)
    {
        var values = new double[matrix.RowCount];
        for (var row = 0; row < values.Length; row++)
        {
            values[row] = matrix[row, column];
        }

        return values;
    }
}
