using DigitalTwin.Models.Explanation.Attribution;
using DigitalTwin.Models.Explanation.Shapley;
using DigitalTwin.Models.LinearModels;
using DigitalTwin.Models.Network;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Stacking;
using DigitalTwin.Models.Twins;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Networks.Genes.Pathways;

namespace DigitalTwin.Models.Explanation;

/// <summary>How a model is explained.</summary>
public sealed record ExplanationOptions
{
    /// <summary>Features that stand alone in the Shapley values, from 0; the rest of each modality is one group.</summary>
    public int TopCount { get; init; } = 5;

    public ShapleyOptions Shapley { get; init; } = new();

    public PathIntegralOptions Path { get; init; } = new();

    /// <summary>Whether networks tell what each edge of the gene network adds, which costs about what their features do.</summary>
    public bool ReadsEdges { get; init; }

    /// <summary>Pathways that contributions are summed by; none if null.</summary>
    public PathwaySets? Pathways { get; init; }

    /// <summary>Aliases and accessions of genes; none compares names alone.</summary>
    public GeneCatalog? Catalog { get; init; }
}

/// <summary>One model of a stack, explained in its own way.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Weight">In the stack.</param>
/// <param name="Attribution">Exact for linear models, integrated gradients for networks, on the link scale.</param>
/// <param name="Edges">What each edge of the gene network adds, by integrated gradients on the link scale; null where there is none, or nobody asks.</param>
public sealed record ExplainedPart(string Name, double Weight, PredictionAttribution Attribution, EdgeAttributions? Edges = null);

/// <summary>Why a model, of whatever parts, predicts what it does of a subject.</summary>
/// <param name="Modalities">Shapley values of covariates and layers.</param>
/// <param name="Features">Shapley values of the features that the parts say matter most, and of the rest; null where no part can say, or none is asked for.</param>
/// <param name="Parts">Models of the stack that can be read.</param>
/// <param name="Pathways">Contributions of the parts summed by pathway, parts by their weights; null without sets or parts.</param>
/// <param name="Findings">Sentences on what could not be read.</param>
/// <remarks>Shapley values ask the whole model, recalibrated as it is, and add up to its prediction. The parts are summed by weight on the link scale only to find out which
/// features to ask about and for pathways: a pool of probabilities is not quite additive there.</remarks>
public sealed record ModelExplanation(
    ShapleyValues Modalities, ShapleyValues? Features, IReadOnlyList<ExplainedPart> Parts, PathwayAttribution? Pathways, IReadOnlyList<string> Findings)
{
    /// <summary>Features of the parts summed by their weights, on the link scale, the greatest first; null where no part can be read.</summary>
    public PredictionAttribution? Together { get; private init; }

    /// <summary>Explains one subject.</summary>
    /// <param name="model">Any model.</param>
    /// <param name="subject">Inputs of one subject.</param>
    /// <param name="training">Subjects with the same features, of which some stand in.</param>
    /// <param name="quantity">What is explained.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">There is not one subject, or features differ.</exception>
    public static ModelExplanation Of(
        IOutcomePredictor model, SubjectInputs subject, SubjectInputs training, ExplainedQuantity quantity, ExplanationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(quantity);
        OneSubject.Check(subject, nameof(subject));
        var settings = options ?? new ExplanationOptions();
        var findings = new List<string>();
        var (parts, together) = Read(model, subject, quantity, settings, findings);
        var modalities = ShapleyValues.Explain(model, subject, training, FeatureGroup.Modalities(subject), quantity, settings.Shapley);
        if (together is null)
        {
            return new ModelExplanation(modalities, null, parts, null, findings);
        }

        var groups = FeatureGroup.Top(subject, together, settings.TopCount);
        return new ModelExplanation(
            modalities,
            settings.TopCount > 0 ? ShapleyValues.Explain(model, subject, training, groups, quantity, settings.Shapley) : null,
            parts,
            settings.Pathways is { } sets ? PathwayAttribution.Of(together, sets, settings.Catalog) : null,
            findings)
        {
            Together = together,
        };
    }

    /// <summary>The parts that can be read, and their sum, without asking the whole model: what many subjects are compared by.</summary>
    /// <param name="model">Any model.</param>
    /// <param name="subject">Inputs of one subject.</param>
    /// <param name="quantity">What is explained, on its link scale.</param>
    /// <param name="options">How networks are read.</param>
    /// <param name="findings">Gets sentences on what could not be read.</param>
    /// <returns>The parts, and their features summed by weight, levels and masks of a covariate taken together; null where no part can be read.</returns>
    public static (IReadOnlyList<ExplainedPart> Parts, PredictionAttribution? Together) Read(
        IOutcomePredictor model, SubjectInputs subject, ExplainedQuantity quantity, ExplanationOptions options, List<string> findings)
    {
        ArgumentNullException.ThrowIfNull(options);
        OneSubject.Check(subject, nameof(subject));
        ExplainedPart[] parts = [.. PartsOf(model, 1, subject, quantity, options, findings)];
        return (parts, parts.Length == 0 ? null : Sum(parts, subject));
    }

    private static IEnumerable<ExplainedPart> PartsOf(
        IOutcomePredictor model, double weight, SubjectInputs subject, ExplainedQuantity quantity, ExplanationOptions options, List<string> findings)
    {
        switch (model)
        {
            case StackedPredictor stack:
                return [.. stack.Members.Where(m => m.Weight > 0).SelectMany(m => PartsOf(m.Predictor, weight * m.Weight, subject, quantity, options, findings))];
            case ILinearTerms:
                return [new ExplainedPart("linear", weight, LinearAttribution.Explain(model, subject, quantity))];
            case NetworkPredictor { ResidualShare: null } network:
                var own = NetworkAttribution.Explain(network, subject, quantity, options: options.Path);
                return [new ExplainedPart("network", weight, own, Edges(network, subject, quantity, null, options, findings))];
            case ResidualPredictor residual:
                var start = residual.Start(subject);
                var added = new ExplainedPart(
                    "network on top of it",
                    weight,
                    NetworkAttribution.Explain(residual.Network, subject, quantity, start: start, options: options.Path),
                    Edges(residual.Network, subject, quantity, start, options, findings));
                return [.. PartsOf(residual.Linear, weight, subject, quantity, options, findings), added];
            default:
                findings.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"A {model.GetType().Name} of weight {weight:P0} cannot be read feature by feature: its part is in the Shapley values only."));
                return [];
        }
    }

    private static EdgeAttributions? Edges(
        NetworkPredictor network, SubjectInputs subject, ExplainedQuantity quantity, OutcomePredictions? start, ExplanationOptions options, List<string> findings)
    {
        if (!options.ReadsEdges || !NetworkEdgeAttribution.HasEdges(network))
        {
            return null;
        }

        try
        {
            return NetworkEdgeAttribution.Explain(network, subject, quantity, start, options.Path);
        }
        catch (NotSupportedException e)
        {
            findings.Add(e.Message);
            return null;
        }
    }

    // Levels, bends and masks of a covariate are the covariate; products and what is expected of a missing layer stay as they are called.
    private static PredictionAttribution Sum(ExplainedPart[] parts, SubjectInputs subject)
    {
        string[] variables = [.. subject.Covariates.Select(c => c.Variable.Name)];
        var features =
            from part in parts
            from feature in part.Attribution.Features
            group part.Weight * feature.Value by Plain(feature.Feature, variables) into same
            select new FeatureAttribution(same.Key, [same.Sum()]);
        return parts[0].Attribution with { Features = PredictionAttribution.Ordered(features) };
    }

    private static FeatureName Plain(FeatureName name, string[] variables)
    {
        if (name.Source is not (FeatureName.Covariates or "bends"))
        {
            return name;
        }

        var bend = name.Feature.LastIndexOf(" (bend ", StringComparison.Ordinal);
        var variable = CovariateNames.VariableOf(bend > 0 ? name.Feature[..bend] : name.Feature, variables);
        return variable < 0 ? name : new FeatureName(FeatureName.Covariates, variables[variable]);
    }
}
