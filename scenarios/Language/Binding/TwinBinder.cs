using DigitalTwin.Scenarios.Language.Grammar;
using DigitalTwin.Scenarios.Language.Reading;
using DigitalTwin.Trials;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language.Binding;

/// <summary>Binds <c>twin</c> and <c>simulation</c>.</summary>
internal static class TwinBinder
{
    private const int PenalizedMembers = 25;

    // Each is a network, trees and regressions for each arm: seconds, where a penalised member takes milliseconds.
    private const int MultiOmicsMembers = 5;

    // cohorts: names of the cohorts of both arms, each once, the treated arm's first.
    public static TwinSpecification? BindTwin(
        BindingContext context, DocumentSection root, ScenarioEndpoint? endpoint, Adjustment adjustment, IReadOnlyList<string> cohorts)
    {
        if (root.Section("twin") is not { } section)
        {
            return null;
        }

        if (!root.Has("covariates"))
        {
            context.Report(section.Location, "twin needs covariates to learn from, but the scenario has none. Add 'covariates'.");
        }

        var covariates = CovariateBinder.BindSubset(context, section, "covariates", root, adjustment);
        if (section.Text("model") is not { } model)
        {
            return null;
        }

        var layers = BindLayers(context, section, model, cohorts);
        if (endpoint is not null && ScenarioChoices.TwinModels.First(m => m.Name == model.Value).Endpoint is { } kind && kind != endpoint.Kind)
        {
            var fitting = ScenarioChoices.TwinModels.First(m => m.Endpoint == endpoint.Kind).Name;
            context.Report(model.Location, $"twin.model is '{model.Value}', which does not forecast a {Spelling.Of(endpoint.Kind)} endpoint. Use '{fitting}' or '{TwinSpecification.MultiOmics}'.");
        }

        var members = section.Integer("members")?.Value ?? (model.Value == TwinSpecification.MultiOmics ? MultiOmicsMembers : PenalizedMembers);
        return new TwinSpecification(model.Value, covariates, (int)members, (int)(section.Integer("folds")?.Value ?? 0)) { Layers = layers };
    }

    private static List<string> BindLayers(BindingContext context, DocumentSection section, Located<string> model, IReadOnlyList<string> cohorts)
    {
        var layers = new List<string>();
        if (section.Has("layers") && model.Value != TwinSpecification.MultiOmics)
        {
            context.Report(section.LocationOf("layers"), $"twin.layers is for 'multi-omics'; '{model.Value}' reads covariates only. Remove it, or use 'multi-omics'.");
            return layers;
        }

        foreach (var scalar in section.Scalars("layers"))
        {
            if (layers.Contains(scalar.Text))
            {
                context.Report(scalar.Location, $"'{scalar.Text}' stands twice in twin.layers. Keep one of them.");
            }
            else if (LayerComplaint(context, scalar.Text, cohorts) is { } complaint)
            {
                context.Report(scalar.Location, $"twin.layers holds '{scalar.Text}', {complaint}");
            }
            else
            {
                layers.Add(scalar.Text);
            }
        }

        return layers;
    }

    private static string? LayerComplaint(BindingContext context, string layer, IReadOnlyList<string> cohorts)
    {
        (string Cohort, string Unit)? first = null;
        foreach (var cohort in cohorts)
        {
            if (context.Manifest(cohort) is not { } manifest)
            {
                continue;
            }

            if (manifest.OmicsTables.FirstOrDefault(o => o.Name == layer) is not { } table)
            {
                return $"which cohort '{cohort}' does not have.{Nearest.Suggest(layer, manifest.OmicsTables.Select(o => o.Name))}";
            }

            if (first is { } other && other.Unit != table.Unit)
            {
                return $"which is in '{other.Unit}' in cohort '{other.Cohort}' but in '{table.Unit}' in cohort '{cohort}'. Import one of them again so that both agree.";
            }

            first ??= (cohort, table.Unit);
        }

        return null;
    }

    public static SimulationPlan? BindSimulation(BindingContext context, DocumentSection root, ScenarioEndpoint? endpoint, Estimand? estimand)
    {
        if (root.Section("simulation") is not { } section)
        {
            return null;
        }

        if (!root.Has("twin"))
        {
            context.Report(section.Location, "simulation draws its subjects from twins, but the scenario has none. Add 'twin', or remove 'simulation'.");
        }

        var success = section.Section("success") is { } s ? BindSuccess(context, s, endpoint, estimand) : null;
        if (success is null || section.Duration("followUp") is not { } followUp)
        {
            return null;
        }

        return new SimulationPlan(
            (int)(section.Integer("replicates")?.Value ?? 0),
            (int?)section.Integer("treatedSubjects")?.Value,
            (int?)section.Integer("controlSubjects")?.Value,
            section.Duration("accrual")?.Value.Duration ?? default,
            followUp.Value.Duration,
            section.Number("dropoutPerYear")?.Value ?? 0,
            success);
    }

    private static SuccessCriterion? BindSuccess(BindingContext context, DocumentSection section, ScenarioEndpoint? endpoint, Estimand? estimand)
    {
        if (section.Text("measure") is not { } written
            || Spelling.Parse<SummaryMeasure>(written.Value) is not { } measure
            || Spelling.Parse<SuccessRule>(section.Text("rule")?.Value) is not { } rule
            || section.Number("threshold") is not { } threshold)
        {
            return null;
        }

        if (EffectEstimate.IsRatio(measure) && threshold.Value <= 0)
        {
            context.Report(threshold.Location, $"simulation.success.threshold must be above 0 for '{written.Value}', which is a ratio.");
        }

        var requested = EstimandBinder.BindMeasure(context, measure, written.Location, section, endpoint).FirstOrDefault();
        if (requested is null)
        {
            return null;
        }

        if (estimand is { Measures.Count: > 0 } && !estimand.Measures.Contains(requested))
        {
            var asked = estimand.Measures.Select(m => Spelling.Of(m.Measure)).Distinct();
            var same = estimand.Measures.Any(m => m.Measure == measure) ? $"'{written.Value}' at this time" : $"'{written.Value}'";
            context.Report(written.Location, $"simulation.success.measure is {same}, which estimand.measures does not ask for. It asks for: {string.Join(", ", asked)}.");
        }

        return new SuccessCriterion(measure, requested.Time, rule, threshold.Value, estimand?.Confidence ?? 0);
    }
}
