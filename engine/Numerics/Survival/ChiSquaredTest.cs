using MathNet.Numerics;

namespace DigitalTwin.Numerics.Survival;

/// <summary>A test statistic that follows a chi-squared distribution when the hypothesis holds.</summary>
/// <param name="Statistic">Not negative.</param>
/// <param name="DegreesOfFreedom">At least one for a p value.</param>
public sealed record ChiSquaredTest(double Statistic, int DegreesOfFreedom)
{
    /// <summary>Probability of a statistic at least as large; taken from the upper tail, so that small ones keep their digits.</summary>
    public double PValue => DegreesOfFreedom < 1 || double.IsNaN(Statistic)
        ? double.NaN
        : SpecialFunctions.GammaUpperRegularized(DegreesOfFreedom / 2.0, Math.Max(Statistic, 0) / 2);
}
