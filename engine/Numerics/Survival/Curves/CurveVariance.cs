namespace DigitalTwin.Numerics.Survival;

/// <summary>Where the variance of a survival curve comes from.</summary>
public enum CurveVariance
{
    /// <summary>Greenwood's formula: right for one subject one weight, too small or too large for sampling weights.</summary>
    Greenwood,

    /// <summary>Infinitesimal jackknife: sum of squared weighted influences of the subjects, weights taken as known.</summary>
    Robust,
}
