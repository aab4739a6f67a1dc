using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language;

/// <summary>What every method has.</summary>
/// <param name="Id">The scenario's name of the method.</param>
/// <param name="Population">Whose effect it estimates; the estimand's population unless the method says another.</param>
/// <param name="Covariates">Names of the covariate terms it uses; empty for methods without adjustment.</param>
/// <param name="Inference">How intervals are made.</param>
public sealed record MethodFrame(
    string Id, EstimandPopulation Population, IReadOnlyList<string> Covariates, InferenceSpecification Inference);

/// <summary>One way to build and analyse the control arm.</summary>
public abstract record MethodSpecification(MethodFrame Frame)
{
    /// <summary>Value of the <c>type</c> key.</summary>
    public abstract string Type { get; }

    /// <summary>The scenario's name of the method.</summary>
    public string Id => Frame.Id;

    /// <summary>Whose effect it estimates.</summary>
    public EstimandPopulation Population => Frame.Population;

    /// <summary>Names of the covariate terms it uses; empty for methods without adjustment.</summary>
    public IReadOnlyList<string> Covariates => Frame.Covariates;

    /// <summary>How intervals are made.</summary>
    public InferenceSpecification Inference => Frame.Inference;
}

/// <summary>No adjustment: the control subjects as they are.</summary>
public sealed record UnadjustedSpecification(MethodFrame Frame) : MethodSpecification(Frame)
{
    public override string Type => "unadjusted";
}

/// <summary>Weights from a logistic propensity score.</summary>
/// <param name="Frame">What every method has.</param>
/// <param name="Stabilize">Make the weights of each arm sum to its size.</param>
/// <param name="TruncateAt">Weights above this quantile of their arm (a fraction, e.g. 0.99) are lowered to it; null leaves them.</param>
public sealed record PropensityWeightingSpecification(MethodFrame Frame, bool Stabilize, double? TruncateAt) : MethodSpecification(Frame)
{
    public override string Type => "propensity-weighting";
}

/// <summary>Control weights that match the covariate means of the treated exactly [Hainmueller2012].</summary>
public sealed record EntropyBalancingSpecification(MethodFrame Frame) : MethodSpecification(Frame)
{
    public override string Type => "entropy-balancing";
}

/// <summary>What nearest-neighbour matching measures nearness by.</summary>
public enum MatchingDistance
{
    /// <summary>Difference of propensity scores.</summary>
    Propensity,

    /// <summary>Mahalanobis distance of the covariates.</summary>
    Mahalanobis,
}

/// <summary>Each treated subject gets its nearest controls.</summary>
/// <param name="Frame">What every method has.</param>
/// <param name="Distance">What nearness means.</param>
/// <param name="Ratio">Controls for each treated subject.</param>
/// <param name="Caliper">Largest difference of propensity scores allowed, in their standard deviations; null for none.</param>
/// <param name="Replacement">Whether a control may serve several treated subjects.</param>
/// <param name="ExactOn">Names of covariate terms that must agree exactly.</param>
public sealed record MatchingSpecification(
    MethodFrame Frame, MatchingDistance Distance, int Ratio, double? Caliper, bool Replacement, IReadOnlyList<string> ExactOn)
    : MethodSpecification(Frame)
{
    public override string Type => "matching";
}

/// <summary>A regression of the outcome on treatment and covariates: a conditional effect.</summary>
public sealed record OutcomeRegressionSpecification(MethodFrame Frame) : MethodSpecification(Frame)
{
    public override string Type => "outcome-regression";
}

/// <summary>An outcome model, averaged over the estimand's population: a marginal effect.</summary>
public sealed record GComputationSpecification(MethodFrame Frame) : MethodSpecification(Frame)
{
    public override string Type => "g-computation";
}

/// <summary>An outcome model and a propensity score together; right when either is.</summary>
public sealed record DoublyRobustSpecification(MethodFrame Frame) : MethodSpecification(Frame)
{
    public override string Type => "doubly-robust";
}

/// <summary>Each treated subject against its own twin's forecast under control.</summary>
public sealed record TwinMethodSpecification(MethodFrame Frame) : MethodSpecification(Frame)
{
    public override string Type => "twin";
}
