namespace DigitalTwin.Scenarios.Language.Grammar;

/// <summary>Keys of <c>controlArm.methods</c>, by type.</summary>
internal static class MethodGrammar
{
    private static readonly Field Id = new("id", new NameShape(), "Name of the method in results and report.", IsRequired: true);

    private static readonly Field Population = new(
        "population", ScenarioChoices.Population, "Whose effect this method estimates; without it the estimand's population.");

    private static readonly Field Covariates = new(
        "covariates", new ListShape(new ExpressionShape()), "Terms the method uses, a subset of covariates.terms; without it all.");

    private static readonly ChoiceShape Analytic = new(["analytic"]);

    private static readonly MappingShape Bootstrap = new(
    [
        new("bootstrap", new IntegerShape(100, 100_000), "Resamples, stratified by arm; the whole method is redone on each.", IsRequired: true),
        new("interval", new ChoiceShape(Spelling.All<BootstrapIntervalKind>()), "How the resamples become an interval.", Default: "percentile"),
    ]);

    private static readonly Field Inference = new(
        "inference",
        new EitherShape(Analytic, Bootstrap),
        "How intervals are made: analytic (robust or model variance), or a bootstrap.",
        Default: "analytic");

    // What an estimator cannot do is refused here, not left out in silence: its interval would not be the one asked for.
    private static readonly Field AnalyticInference = new(
        "inference", Analytic, "How intervals are made: analytic is all this method has.", Default: "analytic");

    private static readonly Field BootstrapInference = new(
        "inference", Bootstrap, "'{ bootstrap: 1000 }' or another number of resamples: this method has no analytic intervals.", IsRequired: true);

    public static VariantShape Method { get; } = new(
    [
        new("unadjusted", "The control subjects as they are.", new MappingShape([Id, Inference])),
        new("propensity-weighting", "Weights from a logistic propensity score.", new MappingShape(
        [
            Id,
            Population,
            Covariates,
            new("stabilize", new BooleanShape(), "Make the weights of each arm sum to its size.", Default: "false"),
            new("truncateAt", new NumberShape(0.5, 1, ExcludesLimits: true), "Quantile of an arm's weights that larger ones are lowered to; without it none is."),
            Inference,
        ])),
        new("entropy-balancing", "Control weights that match the covariate means of the treated exactly; ATT only.",
            new MappingShape([Id, Population, Covariates, Inference])),
        new("matching", "Nearest controls for each treated subject; ATT only.", new MappingShape(
        [
            Id,
            Population,
            Covariates,
            new("distance", new ChoiceShape(Spelling.All<MatchingDistance>()), "What nearness means.", Default: "propensity"),
            new("ratio", new IntegerShape(1, 20), "Controls for each treated subject.", Default: "1"),
            new("caliper", new NumberShape(0, double.PositiveInfinity, ExcludesLimits: true),
                "Largest difference of propensity scores allowed, in their standard deviations; without it any."),
            new("replacement", new BooleanShape(), "Whether a control may serve several treated subjects.", Default: "false"),
            new("exact", new ListShape(new ExpressionShape()), "Terms that must agree exactly."),
            Inference,
        ])),
        new("outcome-regression", "Regression of the outcome on treatment and covariates: a conditional effect.",
            new MappingShape([Id, Covariates, AnalyticInference])),
        new("g-computation", "Outcome model averaged over the population: a marginal effect.",
            new MappingShape([Id, Population, Covariates, BootstrapInference])),
        new("doubly-robust", "Outcome model and propensity score together; right when either is.",
            new MappingShape([Id, Population, Covariates, AnalyticInference])),
        new("twin", "Each treated subject against its own twin's forecast under control; ATT only.",
            new MappingShape([Id, Population, AnalyticInference])),
    ]);
}
