using DigitalTwin.Cohorts;
using DigitalTwin.Scenarios.Language.Reading;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language.Binding;

/// <summary>Binds <c>endpoint</c> against every cohort whose outcomes are used.</summary>
internal static class EndpointBinder
{
    // cohorts: names of those cohorts, each once, the treated arm's first.
    public static ScenarioEndpoint? Bind(BindingContext context, DocumentSection root, IReadOnlyList<string> cohorts)
    {
        if (root.Section("endpoint") is not { } section)
        {
            return null;
        }

        return section.Type == "time-to-event"
            ? BindTimeToEvent(context, section, cohorts)
            : BindVariable(context, section, cohorts);
    }

    private static TimeToEventEndpoint? BindTimeToEvent(BindingContext context, DocumentSection section, IReadOnlyList<string> cohorts)
    {
        if (section.Text("event") is not { } name)
        {
            return null;
        }

        string? label = null;
        foreach (var cohort in cohorts)
        {
            if (context.Manifest(cohort) is not { } manifest)
            {
                continue;
            }

            if (manifest.TryGetEndpoint(name.Value, out var endpoint))
            {
                label ??= endpoint.Label;
            }
            else
            {
                context.Report(name.Location, $"{section.PathOf("event")} is '{name.Value}', which is not an endpoint of cohort '{cohort}'.{Nearest.Suggest(name.Value, manifest.Endpoints.Select(e => e.Name))}");
            }
        }

        return section.Duration("horizon") is { } horizon
            ? new TimeToEventEndpoint(name.Value, horizon.Value.Duration, horizon.Value.Unit)
            {
                Label = section.Text("label")?.Value ?? label ?? name.Value,
                EventText = section.Text("eventText")?.Value ?? section.Text("label")?.Value ?? label ?? name.Value,
                HigherIsBetter = section.Boolean("higherIsBetter") ?? false,
            }
            : null;
    }

    private static ScenarioEndpoint? BindVariable(BindingContext context, DocumentSection section, IReadOnlyList<string> cohorts)
    {
        if (section.Text("variable") is not { } name)
        {
            return null;
        }

        var isBinary = section.Type == "binary";
        Variable? first = null;
        foreach (var cohort in cohorts)
        {
            if (context.Manifest(cohort) is not { } manifest)
            {
                continue;
            }

            if (Find(context, section, name, cohort, manifest, isBinary) is not { } variable)
            {
                continue;
            }

            if (first is not null && first.Unit != variable.Unit)
            {
                context.Report(name.Location, $"'{name.Value}' is in {first.Unit} in cohort '{cohorts[0]}' but in {variable.Unit} in cohort '{cohort}'. Import one of them again with the other's unit.");
            }

            first ??= variable;
        }

        var label = section.Text("label")?.Value ?? first?.Label ?? name.Value;
        var higherIsBetter = section.Boolean("higherIsBetter") ?? false;
        return isBinary
            ? new BinaryEndpoint(name.Value) { Label = label, HigherIsBetter = higherIsBetter }
            : new ContinuousEndpoint(name.Value, first?.Unit ?? "1") { Label = label, HigherIsBetter = higherIsBetter };
    }

    private static Variable? Find(
        BindingContext context, DocumentSection section, Located<string> name, string cohort, CohortManifest manifest, bool isBinary)
    {
        if (!manifest.TryGetVariable(name.Value, out var variable))
        {
            var outcomes = manifest.Variables.Where(v => v.Role == VariableRole.Outcome).Select(v => v.Name);
            context.Report(name.Location, $"{section.PathOf("variable")} is '{name.Value}', which is not a variable of cohort '{cohort}'.{Nearest.Suggest(name.Value, outcomes)}");
            return null;
        }

        if (variable.Role != VariableRole.Outcome)
        {
            context.Report(name.Location, $"{section.PathOf("variable")} is '{name.Value}', whose role in cohort '{cohort}' is {RoleInWords(variable.Role)}. An endpoint needs a variable of role outcome.");
            return null;
        }

        if (isBinary ? variable.Type != VariableType.Binary : variable.Type is not (VariableType.Continuous or VariableType.Integer))
        {
            context.Report(name.Location, $"{section.PathOf("variable")} is '{name.Value}', which is {variable.Type.ToString().ToLowerInvariant()} in cohort '{cohort}' and does not fit 'type: {section.Type}'.");
            return null;
        }

        return variable;
    }

    internal static string RoleInWords(VariableRole role) => role.ToString().ToLowerInvariant();
}
