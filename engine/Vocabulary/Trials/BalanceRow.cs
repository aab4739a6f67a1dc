namespace DigitalTwin.Vocabulary;

/// <summary>How alike treated and control are on one covariate column, before and after weighting.
/// The SMD divides by the standard deviation in the treated arm for ATT, the pooled one otherwise, always unweighted.</summary>
public sealed record BalanceRow(
    string Variable,
    string? Level,
    double MeanTreated,
    double MeanControlBefore,
    double MeanControlAfter,
    double SmdBefore,
    double SmdAfter,
    double? VarianceRatioBefore,
    double? VarianceRatioAfter,
    double KsBefore,
    double KsAfter);
