namespace DigitalTwin.Numerics.Survival;

/// <summary>Scale on which a confidence interval for a survival probability is symmetric.</summary>
public enum IntervalTransform
{
    /// <summary>The probability itself; clipped to [0, 1].</summary>
    Plain,

    /// <summary>Its logarithm; clipped at 1. The default of R's survfit.</summary>
    Log,

    /// <summary>The logarithm of the cumulative hazard: stays inside (0, 1) and keeps its level in small samples [Kalbfleisch2002].</summary>
    LogLog,
}
