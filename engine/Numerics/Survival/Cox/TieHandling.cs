namespace DigitalTwin.Numerics.Survival;

/// <summary>How the partial likelihood treats subjects whose events fall on one time.</summary>
public enum TieHandling
{
    /// <summary>Tied subjects leave the risk set in equal parts [Efron1977]. The default, as in R.</summary>
    Efron,

    /// <summary>Every tied event sees the whole risk set [Breslow1974].</summary>
    Breslow,
}
