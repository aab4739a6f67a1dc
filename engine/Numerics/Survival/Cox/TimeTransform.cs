namespace DigitalTwin.Numerics.Survival;

/// <summary>Function of time along which a log hazard ratio is tested for change.</summary>
public enum TimeTransform
{
    /// <summary>One less the Kaplan-Meier curve just before the time: hardly moved by a few late events. The default of R's cox.zph.</summary>
    KaplanMeier,

    /// <summary>Time itself.</summary>
    Identity,

    /// <summary>Logarithm of time; event times must be positive.</summary>
    Log,
}
