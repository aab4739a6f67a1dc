namespace DigitalTwin.Vocabulary;

/// <summary>The population-level summary that compares two arms.</summary>
public enum SummaryMeasure
{
    /// <summary>Hazard ratio; below 1 favours the treated arm. Intervals are made on the log scale.</summary>
    HazardRatio,

    /// <summary>Difference in restricted mean survival time to the horizon, treated minus control, in days.</summary>
    RmstDifference,

    /// <summary>Difference in survival at a time, treated minus control, as a fraction.</summary>
    SurvivalDifference,

    /// <summary>Difference in risk, treated minus control, as a fraction.</summary>
    RiskDifference,

    /// <summary>Odds ratio, treated to control. Intervals are made on the log scale.</summary>
    OddsRatio,

    /// <summary>Difference in means, treated minus control, in the endpoint's unit.</summary>
    MeanDifference,
}
