using DigitalTwin.Scenarios.Language.Grammar;
using DigitalTwin.Scenarios.Language.Reading;
using DigitalTwin.Trials;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language.Binding;

/// <summary>Binds <c>twin</c> and <c>simulation</c>.</summary>
internal static class TwinBinder
{
    public static TwinSpecification? BindTwin(BindingContext context, DocumentSection root, ScenarioEndpoint? endpoint, Adjustment adjustment)
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

        var kind = ScenarioChoices.TwinModels.First(m => m.Name == model.Value).Endpoint;
        if (endpoint is not null && kind != endpoint.Kind)
        {
            var fitting = ScenarioChoices.TwinModels.First(m => m.Endpoint == endpoint.Kind).Name;
            context.Report(model.Location, $"twin.model is '{model.Value}', which does not forecast a {Spelling.Of(endpoint.Kind)} endpoint. Use '{fitting}'.");
        }

        return new TwinSpecification(
            model.Value, covariates, (int)(section.Integer("members")?.Value ?? 0), (int)(section.Integer("folds")?.Value ?? 0));
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
