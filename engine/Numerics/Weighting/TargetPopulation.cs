namespace DigitalTwin.Numerics.Weighting;

/// <summary>The population weights carry both arms to.</summary>
public enum TargetPopulation
{
    /// <summary>The treated (ATT): treated weigh 1, control e / (1 - e).</summary>
    Treated,

    /// <summary>The overlap population (ATO): treated weigh 1 - e, control e [Li2018].</summary>
    Overlap,

    /// <summary>Treated and control together (ATE): treated weigh 1 / e, control 1 / (1 - e).</summary>
    Combined,

    /// <summary>Those who would be matched (ATM): min(e, 1 - e) over the probability of the arm received [Li2013].</summary>
    Matched,
}
