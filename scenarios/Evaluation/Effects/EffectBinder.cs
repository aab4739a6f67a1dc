using DigitalTwin.Models.Effects;
using DigitalTwin.Scenarios.Evaluation.Explanations;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.Language.Binding;
using DigitalTwin.Scenarios.Language.Grammar;
using DigitalTwin.Scenarios.Language.Reading;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Evaluation.Effects;

/// <summary>The key <c>effect</c>: its shape, and what it says.</summary>
internal static class EffectBinder
{
    public static MappingShape Shape { get; } = new(
    [
        new("treated", new TextShape(), "Level of treatment.variable whose effect is asked for.", IsRequired: true),
        new("against", new TextShape(), "Level it is compared with.", IsRequired: true),
        new("model", new NameShape(), "Name of the model that outcomes are learnt by.", IsRequired: true),
        new("propensity", new ListShape(new NameShape(), MinimumCount: 0), "Covariates on which the probability of the arm depends; an empty list where it was randomised alike for all.", IsRequired: true),
        new("horizon", new DurationShape(), "Time at which survival is compared; without it the end of follow-up."),
    ]);

    public static EffectPlan? Bind(
        BindingContext context,
        DocumentSection root,
        EvaluationTarget? target,
        TreatmentPlan? treatment,
        IReadOnlyList<EvaluatedModel> models,
        IReadOnlyList<NamedInput> covariates,
        SplitPlan? split)
    {
        if (root.Section("effect") is not { } section)
        {
            return null;
        }

        if (!root.Has("treatment"))
        {
            context.Report(section.Location, "effect compares two arms, but the evaluation has no 'treatment'. Say which variable holds the arm.");
        }

        if (target is not null && target.Kind is not (EndpointKind.Binary or EndpointKind.Continuous or EndpointKind.TimeToEvent))
        {
            context.Report(section.Location, $"effect is a difference of probabilities, means or survival, and this target is {Spelling.Of(target.Kind)}. Remove effect.");
        }

        if (split is not (null or KFoldSplit or FoldsSplit))
        {
            context.Report(section.Location, "effect needs every subject held out once. Use a split of type k-fold or folds.");
        }

        var (treated, against) = (Arm(context, section, "treated", treatment), Arm(context, section, "against", treatment));
        if (treated is not null && treated == against)
        {
            context.Report(section.LocationOf("against"), $"effect.against is '{against}', the arm that effect.treated names too. Name two arms.");
        }

        var model = ModelBinder.Named(context, section, "model", models);
        var propensity = ModelBinder.Subset(context, section, "propensity", "covariates", covariates);
        var horizon = QuantityBinder.Horizon(context, section, target);
        return treated is not null && against is not null && model is not null && target is not null
            ? new EffectPlan(new EffectQuestion(new ArmId(treated), new ArmId(against), MeasureOf(target.Kind), horizon), model.Name, [.. propensity.Distinct()])
            : null;
    }

    private static string? Arm(BindingContext context, DocumentSection section, string key, TreatmentPlan? treatment)
    {
        if (section.Text(key) is not { } level)
        {
            return null;
        }

        if (treatment is { Levels.Count: > 0 } && !treatment.Levels.Contains(level.Value, StringComparer.Ordinal))
        {
            context.Report(level.Location, $"effect.{key} is '{level.Value}', which is not a level of '{treatment.Variable}'.{Nearest.Suggest(level.Value, treatment.Levels)}");
        }

        return level.Value;
    }

    private static SummaryMeasure MeasureOf(EndpointKind kind) => kind switch
    {
        EndpointKind.Binary => SummaryMeasure.RiskDifference,
        EndpointKind.TimeToEvent => SummaryMeasure.SurvivalDifference,
        _ => SummaryMeasure.MeanDifference,
    };
}
