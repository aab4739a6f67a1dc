namespace DigitalTwin.Vocabulary;

/// <summary>Whose effect is estimated (ICH E9 R1: the population attribute).</summary>
public enum EstimandPopulation
{
    /// <summary>Average effect among the treated: weights carry the control to the treated population.</summary>
    Att,

    /// <summary>Average effect in the overlap population [Li2018].</summary>
    Ato,

    /// <summary>Average effect in treated and control together.</summary>
    Ate,
}
