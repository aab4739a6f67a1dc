using System.Globalization;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Study.Texts;

/// <summary>What the report says of a method: words for tables, sentences for the methods section, and where it comes from.</summary>
internal sealed record MethodText(string Label, string Description, IReadOnlyList<string> Citations)
{
    // Papers that a reader of another endpoint's report would look up in vain.
    private static readonly string[] OfSurvivalOnly = [References.Cox, References.RobustCox, References.OneSampleLogRank, References.RidgeCox];

    /// <param name="method">The method.</param>
    /// <param name="endpoint">Decides which sentences and sources belong to the report: hazard ratios only where there are times to events.</param>
    public static MethodText Of(MethodSpecification method, EndpointKind endpoint)
    {
        var text = Of(method, isSurvival: endpoint == EndpointKind.TimeToEvent);
        return endpoint == EndpointKind.TimeToEvent ? text : text with { Citations = [.. text.Citations.Except(OfSurvivalOnly)] };
    }

    private static MethodText Of(MethodSpecification method, bool isSurvival)
    {
        var (label, text, citations) = method switch
        {
            UnadjustedSpecification => (
                "Unadjusted",
                "The control subjects as they are, without any adjustment: shown for comparison, not for belief.",
                new[] { References.Cox }),
            PropensityWeightingSpecification weighting => (
                weighting.Population == EstimandPopulation.Ato ? "Overlap weights" : $"Propensity weights ({Name(weighting.Population)})",
                PropensityDescription(weighting, isSurvival),
                weighting.Population == EstimandPopulation.Ato
                    ? [References.Overlap, References.RobustCox]
                    : [References.Propensity, References.Austin, References.RobustCox]),
            EntropyBalancingSpecification => (
                "Entropy balancing",
                "Control weights as even as possible among those that give every covariate the mean it has in the treated arm, exactly.",
                [References.EntropyBalancing, References.RobustCox]),
            MatchingSpecification matching => ("Matching", MatchingDescription(matching), [References.Matching, References.RobustCox]),
            OutcomeRegressionSpecification => (
                "Regression (conditional)",
                "Outcome regressed on treatment and covariates in both arms together. The effect is conditional on the covariates, "
                + "and for hazard and odds ratios differs from a marginal effect even without confounding.",
                [References.Cox]),
            GComputationSpecification => (
                "G-computation",
                "An outcome model in each arm, its forecasts averaged over the target population under either arm."
                + (isSurvival ? " Its hazard ratio is the one a Cox regression tends to in a large trial with these two curves, followed as the treated arm was." : string.Empty),
                [References.GComputation]),
            DoublyRobustSpecification => (
                "Doubly robust",
                "Outcome model and propensity score together: consistent when either of them is right.",
                [References.DoublyRobust]),
            TwinMethodSpecification => (
                "Twin forecasts",
                "Each treated subject against its own twin's forecast under control. The twins' control forecasts learn from control subjects only. "
                + (isSurvival
                    ? "Hazard ratio: observed events over the events the twins expect in the follow-up seen; other measures: the treated arm's outcome less the mean forecast."
                    : "The treated arm's outcome is held against the mean forecast."),
                [References.OneSampleLogRank, References.RidgeCox]),
            _ => throw new ArgumentException($"No text for the method type '{method.Type}'.", nameof(method)),
        };
        var covariates = method.Covariates.Count == 0 ? string.Empty : $" Covariates: {string.Join(", ", method.Covariates)}.";
        return method.Inference is BootstrapInferenceSpecification bootstrap
            ? new MethodText(label, text + covariates + Describe(bootstrap), [.. citations, References.Bootstrap])
            : new MethodText(label, text + covariates, citations);
    }

    private static string PropensityDescription(PropensityWeightingSpecification weighting, bool isSurvival)
    {
        var rule = weighting.Population switch
        {
            EstimandPopulation.Att => "treated subjects weigh 1, control subjects their odds of treatment",
            EstimandPopulation.Ato => "every subject weighs the probability of the arm it was not in",
            _ => "every subject weighs one over the probability of the arm it was in",
        };
        var stabilised = weighting.Stabilize ? " The weights of each arm are scaled to sum to its size." : string.Empty;
        var truncated = weighting.TruncateAt is { } limit
            ? string.Create(CultureInfo.InvariantCulture, $" Weights above their {100 * limit:0.##} % quantile are set to it.")
            : string.Empty;
        return $"Logistic propensity score; {rule}.{stabilised}{truncated} "
            + (isSurvival ? "Hazard ratios by weighted Cox regression with robust variance." : "Weighted comparison with robust variance.");
    }

    private static string MatchingDescription(MatchingSpecification matching)
    {
        var distance = matching.Distance == MatchingDistance.Propensity ? "the propensity score" : "Mahalanobis distance";
        var caliper = matching.Caliper is { } c ? string.Create(CultureInfo.InvariantCulture, $", within {c} standard deviations") : string.Empty;
        var exact = matching.ExactOn.Count > 0 ? $", exactly alike in {string.Join(", ", matching.ExactOn)}" : string.Empty;
        var replacement = matching.Replacement ? "with" : "without";
        var variance = matching.Replacement
            ? "Robust variance that takes the weights as known."
            : "The variance of hazard ratios, odds ratios and mean differences is clustered by matched set, that of survival curves is robust by subject.";
        return $"Each treated subject is matched to its {matching.Ratio} nearest control(s) on {distance}{caliper}{exact}, {replacement} replacement. {variance}";
    }

    private static string Describe(BootstrapInferenceSpecification bootstrap)
    {
        var kind = bootstrap.Interval == BootstrapIntervalKind.Bca ? "BCa" : "percentile";
        return string.Create(
            CultureInfo.InvariantCulture,
            $" Intervals: {kind} bootstrap, {bootstrap.ReplicateCount} resamples stratified by arm, with every step of the method repeated in each.");
    }

    private static string Name(EstimandPopulation population) => population.ToString().ToUpperInvariant();
}
