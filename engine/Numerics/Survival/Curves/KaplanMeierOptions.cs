namespace DigitalTwin.Numerics.Survival;

/// <summary>What a Kaplan-Meier curve is drawn with.</summary>
public sealed record KaplanMeierOptions
{
    /// <summary>Case weights, shape [subjects], finite and not negative. Null: all one.</summary>
    public double[]? Weights { get; init; }

    /// <summary>Scale of the pointwise intervals.</summary>
    public IntervalTransform Interval { get; init; } = IntervalTransform.LogLog;

    /// <summary>Confidence level, between 0 and 1.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Variance of the curve.</summary>
    public CurveVariance Variance { get; init; } = CurveVariance.Greenwood;
}
