using DigitalTwin.ControlArms;
using DigitalTwin.Scenarios.Language;

namespace DigitalTwin.Scenarios.Study.Methods;

/// <summary>Makes the engine's method of a scenario's specification, for the methods that weigh subjects.</summary>
internal static class ControlArmMethods
{
    /// <param name="method">The specification.</param>
    /// <param name="covariates">Terms with a column that the method uses.</param>
    /// <param name="exactOn">Terms with a column that matched subjects must agree on.</param>
    /// <param name="allowPoorOverlap">Whether to go on where the arms hardly overlap.</param>
    /// <returns>Null for methods that work without weights.</returns>
    public static IControlArmMethod? Of(MethodSpecification method, IReadOnlyList<string> covariates, IReadOnlyList<string> exactOn, bool allowPoorOverlap)
    {
        var propensity = new PropensityOptions { Covariates = covariates, AllowPoorOverlap = allowPoorOverlap };
        return method switch
        {
            UnadjustedSpecification => new UnadjustedMethod(method.Id),
            PropensityWeightingSpecification weighting => new PropensityWeightingMethod(
                method.Id,
                new PropensityWeightingOptions { Propensity = propensity, Stabilise = weighting.Stabilize, TruncationQuantile = weighting.TruncateAt }),
            EntropyBalancingSpecification => new EntropyBalancingMethod(method.Id, covariates),
            MatchingSpecification matching => new NearestNeighborMatchingMethod(method.Id, new NearestNeighborOptions
            {
                Propensity = propensity,
                Distance = matching.Distance == Language.MatchingDistance.Propensity
                    ? ControlArms.MatchingDistance.PropensityScore
                    : ControlArms.MatchingDistance.Mahalanobis,
                Ratio = matching.Ratio,
                Caliper = matching.Caliper,
                WithReplacement = matching.Replacement,
                ExactOn = exactOn,
            }),
            _ => null,
        };
    }
}
