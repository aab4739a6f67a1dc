using DigitalTwin.Vocabulary;

namespace DigitalTwin.Estimation;

/// <summary>A measure that an estimator cannot give for the endpoint of the trial.</summary>
public sealed class MeasureNotSupportedException(string estimator, SummaryMeasure measure, EndpointKind kind)
    : Exception($"{estimator} gives no {measure} for a {kind} endpoint.")
{
    public SummaryMeasure Measure { get; } = measure;

    public EndpointKind Kind { get; } = kind;
}
