using DigitalTwin.Cohorts;
using DigitalTwin.Cohorts.Yaml;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.Language.Binding;
using DigitalTwin.Scenarios.Language.Reading;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Evaluation;

/// <summary>Binds what models may look at, and refuses by name what would tell them the outcome.</summary>
/// <param name="context">Collects faults.</param>
/// <param name="manifest">Null where the bundle cannot be read, which has its fault already.</param>
/// <param name="target">Null where it has its fault already.</param>
internal sealed class InputBinder(BindingContext context, CohortManifest? manifest, EvaluationTarget? target)
{
    public IReadOnlyList<NamedInput> Covariates(DocumentSection root)
    {
        if (manifest is null)
        {
            return [];
        }

        if (IsAll(root, "covariates", out var place))
        {
            var administrative = new[] { root.Text("group")?.Value, root.Section("split") is { } split && split.Shape.TryGet("variable", out _) ? split.Text("variable")?.Value : null };
            return [.. manifest.Variables
                .Where(v => v.Role == VariableRole.Covariate && v.Name != target?.Name && !administrative.Contains(v.Name))
                .Select(v => new NamedInput(v.Name, place))];
        }

        return Names(root, "covariates", scalar =>
        {
            if (IsOutcome(scalar.Text) is { } why)
            {
                return $"covariates holds '{scalar.Text}', which {why}: a model would be told the answer. Remove it.";
            }

            if (!manifest.TryGetVariable(scalar.Text, out var variable))
            {
                return $"covariates holds '{scalar.Text}', which is not a variable of the bundle."
                    + Nearest.Suggest(scalar.Text, manifest.Variables.Where(v => v.Role == VariableRole.Covariate).Select(v => v.Name));
            }

            return variable.Role switch
            {
                VariableRole.Covariate => null,
                VariableRole.Treatment => $"covariates holds '{scalar.Text}', whose role is treatment. Name it under 'treatment'.",
                _ => $"covariates holds '{scalar.Text}', whose role is administrative. Models see variables of role covariate; change the role in the manifest if it was known at day 0.",
            };
        });
    }

    public IReadOnlyList<NamedInput> Layers(DocumentSection root)
    {
        if (manifest is null)
        {
            return [];
        }

        return IsAll(root, "layers", out var place)
            ? [.. manifest.OmicsTables.Select(o => new NamedInput(o.Name, place))]
            : Names(root, "layers", scalar => manifest.OmicsTables.Any(o => o.Name == scalar.Text)
                ? null
                : $"layers holds '{scalar.Text}', which is not a layer of the bundle.{Nearest.Suggest(scalar.Text, manifest.OmicsTables.Select(o => o.Name))}");
    }

    public IReadOnlyList<string> RequiredLayers(DocumentSection root, IReadOnlyList<NamedInput> layers) => IsAll(root, "requireLayers", out _)
        ? [.. layers.Select(l => l.Name)]
        : [.. Names(root, "requireLayers", scalar => layers.Any(l => l.Name == scalar.Text)
            ? null
            : $"requireLayers holds '{scalar.Text}', which is not under 'layers'.{Nearest.Suggest(scalar.Text, layers.Select(l => l.Name))}").Select(l => l.Name)];

    public IReadOnlyList<string> Observations(DocumentSection root)
    {
        if (manifest is null)
        {
            return [];
        }

        if (root.Boolean("observations") is { } all)
        {
            if (all && manifest.ObservedVariables.Count == 0)
            {
                context.Report(root.LocationOf("observations"), "observations is true, but the bundle has no repeated measurements. Remove it.");
            }

            return all ? [.. manifest.ObservedVariables.Select(v => v.Name)] : [];
        }

        return [.. Names(root, "observations", scalar => manifest.ObservedVariables.Any(v => v.Name == scalar.Text)
            ? null
            : $"observations holds '{scalar.Text}', which is not measured repeatedly in the bundle.{Nearest.Suggest(scalar.Text, manifest.ObservedVariables.Select(v => v.Name))}").Select(n => n.Name)];
    }

    /// <summary>A variable that groups subjects: categorical, whole or binary.</summary>
    public string? Grouping(DocumentSection section, string key)
    {
        if (section.Text(key) is not { } name || manifest is null)
        {
            return null;
        }

        if (!manifest.TryGetVariable(name.Value, out var variable))
        {
            context.Report(name.Location, $"{section.PathOf(key)} is '{name.Value}', which is not a variable of the bundle.{Nearest.Suggest(name.Value, manifest.Variables.Select(v => v.Name))}");
            return null;
        }

        if (variable.Type == VariableType.Continuous)
        {
            context.Report(name.Location, $"{section.PathOf(key)} is '{name.Value}', which is continuous. Name a categorical or integer variable.");
            return null;
        }

        return variable.Name;
    }

    private string? IsOutcome(string name)
    {
        if (name == target?.Name)
        {
            return "is the target";
        }

        if (manifest!.TryGetEndpoint(name, out _))
        {
            return "is an endpoint";
        }

        if (manifest.TryGetVariable(name, out var variable) && variable.Role == VariableRole.Outcome)
        {
            return "is an outcome";
        }

        // A variable read from the column that the endpoint is read from is that endpoint under another name.
        var columns = target?.Kind == EndpointKind.TimeToEvent ? EndpointColumns() : VariableColumn();
        return variable is not null && ColumnOf(variable.Name) is { } column && columns.Contains(column) ? $"is read from the target's own column '{column}'" : null;
    }

    private string? ColumnOf(string name)
    {
        var index = manifest!.Variables.Index().FirstOrDefault(v => v.Item.Name == name, (-1, null!)).Index;
        return index < 0 || manifest.Layout is null || manifest.Layout.Variables[index].Table is not null ? null : manifest.Layout.Variables[index].Column;
    }

    private string[] VariableColumn() => target is not null && ColumnOf(target.Name) is { } column ? [column] : [];

    private string[] EndpointColumns()
    {
        var index = manifest!.Endpoints.Index().First(e => e.Item.Name == target!.Name).Index;
        return manifest.Layout is { } layout && index < layout.Endpoints.Count ? [layout.Endpoints[index].TimeColumn, layout.Endpoints[index].StatusColumn] : [];
    }

    private static bool IsAll(DocumentSection root, string key, out TextLocation place)
    {
        place = root.LocationOf(key);
        return root.Has(key) && root.Text(key)?.Value == EvaluationGrammar.All;
    }

    private List<NamedInput> Names(DocumentSection root, string key, Func<YamlScalar, string?> complaint)
    {
        var names = new List<NamedInput>();
        foreach (var scalar in root.Scalars(key))
        {
            if (complaint(scalar) is { } fault)
            {
                context.Report(scalar.Location, fault);
            }
            else if (names.Any(n => n.Name == scalar.Text))
            {
                context.Report(scalar.Location, $"{key} holds '{scalar.Text}' twice. Remove one.");
            }
            else
            {
                names.Add(new NamedInput(scalar.Text, scalar.Location));
            }
        }

        return names;
    }
}
