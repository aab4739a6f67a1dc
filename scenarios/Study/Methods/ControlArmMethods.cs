using DigitalTwin.ControlArms;
using DigitalTwin.Scenarios.Language;

namespace DigitalTwin.Scenarios.Study.Methods;

/// <summary>Makes the engine's method of a scenario's specification, for the methods that weigh subjects.</summary>
internal static class ControlArmMethods
{
    /// <returns>Null for methods that work without weights.</returns>
    public static IControlArmMethod? Of(MethodSpecification method, IReadOnlyList<string> covariates, bool allowPoorOverlap)
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
                ExactOn = matching.ExactOn,
            }),
            _ => null,
        };
    }
}
