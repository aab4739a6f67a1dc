using DigitalTwin.Cohorts;
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
        CohortManifest? manifest,
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

        var (treated, against) = (Arm(context, section, "treated", manifest, treatment), Arm(context, section, "against", manifest, treatment));
        if (treated is not null && treated == against)
        {
            context.Report(section.LocationOf("against"), $"effect.against is '{against}', the arm that effect.treated names too. Name two arms.");
        }

        var model = section.Text("model");
        if (model is { } name && models.All(m => m.Name != name.Value))
        {
            context.Report(name.Location, $"effect.model is '{name.Value}', which is not the name of a model.{Nearest.Suggest(name.Value, models.Select(m => m.Name))}");
        }

        foreach (var scalar in section.Scalars("propensity").Where(s => covariates.All(c => c.Name != s.Text)))
        {
            context.Report(scalar.Location, $"effect.propensity holds '{scalar.Text}', which is not under 'covariates' of the evaluation.{Nearest.Suggest(scalar.Text, covariates.Select(c => c.Name))}");
        }

        var horizon = QuantityBinder.Horizon(context, section, target);
        return treated is not null && against is not null && model is { } chosen && target is not null
            ? new EffectPlan(new EffectQuestion(new ArmId(treated), new ArmId(against), MeasureOf(target.Kind), horizon), chosen.Value, [.. section.Scalars("propensity").Select(s => s.Text).Distinct()])
            : null;
    }

    private static string? Arm(BindingContext context, DocumentSection section, string key, CohortManifest? manifest, TreatmentPlan? treatment)
    {
        if (section.Text(key) is not { } level)
        {
            return null;
        }

        if (treatment is not null && manifest is not null && manifest.TryGetVariable(treatment.Variable, out var variable))
        {
            IReadOnlyList<string> levels = variable.Type == VariableType.Binary ? ["0", "1"] : variable.Levels;
            if (levels.Count > 0 && !levels.Contains(level.Value, StringComparer.Ordinal))
            {
                context.Report(level.Location, $"effect.{key} is '{level.Value}', which is not a level of '{variable.Name}'.{Nearest.Suggest(level.Value, levels)}");
            }
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
