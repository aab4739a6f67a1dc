using DigitalTwin.Cohorts;
using DigitalTwin.Cohorts.Yaml;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.Language.Binding;
using DigitalTwin.Scenarios.Language.Reading;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Evaluation;

/// <summary>Binds <c>target</c> to a variable or endpoint of the manifest.</summary>
internal static class TargetBinder
{
    public static EvaluationTarget? Bind(BindingContext context, DocumentSection root, CohortManifest manifest)
    {
        if (root.Section("target") is not { } section)
        {
            return null;
        }

        return section.Type switch
        {
            "survival" => Survival(context, section, manifest),
            "binary" => Binary(context, section, manifest),
            "multi-class" => Classes(context, section, manifest, EndpointKind.Categorical),
            "ordinal" => Classes(context, section, manifest, EndpointKind.Ordinal),
            "continuous" => Continuous(context, section, manifest),
            _ => null,
        };
    }

    private static EvaluationTarget? Survival(BindingContext context, DocumentSection section, CohortManifest manifest)
    {
        if (section.Text("event") is not { } name)
        {
            return null;
        }

        if (manifest.TryGetEndpoint(name.Value, out _))
        {
            return new EvaluationTarget(EndpointKind.TimeToEvent, name.Value, [], section.Duration("horizon")?.Value.Duration);
        }

        context.Report(name.Location, $"target.event is '{name.Value}', which is not an endpoint of the bundle.{Nearest.Suggest(name.Value, manifest.Endpoints.Select(e => e.Name))}");
        return null;
    }

    private static EvaluationTarget? Binary(BindingContext context, DocumentSection section, CohortManifest manifest)
    {
        if (Variable(context, section, manifest) is not { } variable)
        {
            return null;
        }

        var level = section.Text("event");
        if (variable.Type == VariableType.Binary)
        {
            if (level is { } needless)
            {
                context.Report(needless.Location, $"target.event is given, but '{variable.Name}' is binary: 1 is the event. Remove it.");
            }

            return new EvaluationTarget(EndpointKind.Binary, variable.Name, [], null);
        }

        if (variable.Type != VariableType.Categorical)
        {
            context.Report(section.LocationOf("variable"), $"target.variable '{variable.Name}' is {Word(variable)}. A binary target needs a binary or categorical variable.");
        }
        else if (level is null)
        {
            context.Report(section.Location, $"target has no 'event', and '{variable.Name}' is categorical. Add the level that counts as having happened: {string.Join(", ", variable.Levels.Take(10))}.");
        }
        else
        {
            CheckLevels(context, variable, section.Scalars("event"));
            return new EvaluationTarget(EndpointKind.Binary, variable.Name, [level.Value.Value], null);
        }

        return null;
    }

    private static EvaluationTarget? Classes(BindingContext context, DocumentSection section, CohortManifest manifest, EndpointKind kind)
    {
        if (Variable(context, section, manifest) is not { } variable)
        {
            return null;
        }

        if (variable.Type != VariableType.Categorical)
        {
            context.Report(section.LocationOf("variable"), $"target.variable '{variable.Name}' is {Word(variable)}. A {section.Type} target needs a categorical variable.");
            return null;
        }

        var levels = section.Scalars("levels");
        CheckLevels(context, variable, levels);
        if (levels.Count == 1 || levels.DistinctBy(l => l.Text).Count() < levels.Count)
        {
            context.Report(section.LocationOf("levels"), "target.levels needs at least two levels, each once.");
        }

        return new EvaluationTarget(kind, variable.Name, [.. levels.Select(l => l.Text)], null);
    }

    private static EvaluationTarget? Continuous(BindingContext context, DocumentSection section, CohortManifest manifest)
    {
        if (Variable(context, section, manifest) is not { } variable)
        {
            return null;
        }

        if (variable.Type is VariableType.Continuous or VariableType.Integer)
        {
            return new EvaluationTarget(EndpointKind.Continuous, variable.Name, [], null);
        }

        context.Report(section.LocationOf("variable"), $"target.variable '{variable.Name}' is {Word(variable)}. A continuous target needs a number on a scale.");
        return null;
    }

    private static Variable? Variable(BindingContext context, DocumentSection section, CohortManifest manifest)
    {
        if (section.Text("variable") is not { } name)
        {
            return null;
        }

        if (manifest.TryGetVariable(name.Value, out var variable))
        {
            return variable;
        }

        context.Report(name.Location, $"target.variable is '{name.Value}', which is not a variable of the bundle.{Nearest.Suggest(name.Value, manifest.Variables.Select(v => v.Name))}");
        return null;
    }

    // A manifest that finds its levels at import has none yet.
    private static void CheckLevels(BindingContext context, Variable variable, IReadOnlyList<YamlScalar> levels)
    {
        foreach (var level in levels.Where(l => variable.Levels.Count > 0 && !variable.Levels.Contains(l.Text, StringComparer.Ordinal)))
        {
            context.Report(level.Location, $"'{level.Text}' is not a level of '{variable.Name}'.{Nearest.Suggest(level.Text, variable.Levels)}");
        }
    }

    private static string Word(Variable variable) => variable.Type.ToString().ToLowerInvariant();
}
