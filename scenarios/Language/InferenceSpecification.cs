namespace DigitalTwin.Scenarios.Language;

/// <summary>How the intervals of a method are made.</summary>
public abstract record InferenceSpecification;

/// <summary>The method's own large-sample variance: robust (sandwich) for weights, model-based for regressions.</summary>
public sealed record AnalyticInference : InferenceSpecification;

/// <summary>How a bootstrap distribution becomes an interval.</summary>
public enum BootstrapIntervalKind
{
    Percentile,
    Bca,
}

/// <summary>Everything again on resampled subjects, stratified by arm, the propensity model included.</summary>
/// <param name="ReplicateCount">Resamples.</param>
/// <param name="Interval">Kind of interval.</param>
public sealed record BootstrapInferenceSpecification(int ReplicateCount, BootstrapIntervalKind Interval) : InferenceSpecification;
