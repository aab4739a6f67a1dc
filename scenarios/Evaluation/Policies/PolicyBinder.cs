using DigitalTwin.Scenarios.Language.Binding;
using DigitalTwin.Scenarios.Language.Grammar;
using DigitalTwin.Scenarios.Language.Reading;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Evaluation.Policies;

/// <summary>Binds <c>policy</c>.</summary>
internal static class PolicyBinder
{
    /// <summary>Value of <c>best</c> where a high outcome is good.</summary>
    public const string Highest = "highest";

    /// <summary>Value of <c>best</c> where a low outcome is good.</summary>
    public const string Lowest = "lowest";

    public static PolicyPlan? Bind(
        BindingContext context, DocumentSection root, EvaluationTarget? target, IReadOnlyList<EvaluatedModel> models, IReadOnlyList<NamedInput> covariates, SplitPlan? split)
    {
        if (root.Section("policy") is not { } section)
        {
            return null;
        }

        if (!root.Has("treatment"))
        {
            context.Report(section.Location, "policy chooses among arms, but the evaluation has no 'treatment'. Say which variable holds the arm.");
        }

        if (target is not null && target.Kind is not (EndpointKind.Binary or EndpointKind.Continuous))
        {
            context.Report(section.Location, $"policy needs a binary or continuous target, and this one is {Spelling.Of(target.Kind)}. Remove policy.");
        }

        if (split is ResampledSplit)
        {
            context.Report(section.Location, "policy needs every subject judged once, and re-splits judge some often and some never. Use k-fold or folds.");
        }

        var model = ModelBinder.Named(context, section, "model", models);
        var propensity = ModelBinder.Subset(context, section, "propensity", "covariates", covariates);
        return model is not null && section.Text("best") is { } best && section.Number("leastPropensity") is { } least
            ? new PolicyPlan(best.Value == Highest, model.Name, propensity, least.Value)
            : null;
    }
}
