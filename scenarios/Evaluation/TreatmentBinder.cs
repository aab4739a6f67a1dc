using DigitalTwin.Cohorts;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.Language.Binding;
using DigitalTwin.Scenarios.Language.Reading;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Evaluation;

/// <summary>Binds <c>treatment</c>: the variable with the arm, and what its levels give.</summary>
internal static class TreatmentBinder
{
    public static TreatmentPlan? Bind(BindingContext context, DocumentSection root, CohortManifest? manifest)
    {
        if (root.Section("treatment") is not { } section || section.Text("variable") is not { } name || manifest is null)
        {
            return null;
        }

        if (!manifest.TryGetVariable(name.Value, out var variable))
        {
            context.Report(name.Location, $"treatment.variable is '{name.Value}', which is not a variable of the bundle.{Nearest.Suggest(name.Value, manifest.Variables.Select(v => v.Name))}");
            return null;
        }

        if (variable.Type is not (VariableType.Categorical or VariableType.Binary) || variable.Role != VariableRole.Treatment)
        {
            context.Report(
                name.Location,
                $"treatment.variable '{name.Value}' is {variable.Type.ToString().ToLowerInvariant()} of role {variable.Role.ToString().ToLowerInvariant()}. It must be categorical or binary, of role treatment.");
            return null;
        }

        IReadOnlyList<string> levels = variable.Type == VariableType.Binary ? ["0", "1"] : variable.Levels;
        var arms = new Dictionary<string, IReadOnlyList<DrugExposure>>(StringComparer.Ordinal);
        foreach (var (_, arm) in section.Items("arms"))
        {
            if (arm?.Text("level") is not { } level)
            {
                continue;
            }

            if (levels.Count > 0 && !levels.Contains(level.Value, StringComparer.Ordinal))
            {
                context.Report(level.Location, $"'{level.Value}' is not a level of '{variable.Name}'.{Nearest.Suggest(level.Value, levels)}");
            }

            if (!arms.TryAdd(level.Value, [.. arm.Items("drugs").Select(d => d.Long).OfType<DocumentSection>().Select(Drug).OfType<DrugExposure>()]))
            {
                context.Report(level.Location, $"treatment.arms holds '{level.Value}' twice. Remove one.");
            }
        }

        return new TreatmentPlan(variable.Name, levels, arms);
    }

    private static DrugExposure? Drug(DocumentSection section) => section.Text("name") is { } name && section.Number("dose") is { } dose
        ? new DrugExposure(
            name.Value,
            dose.Value,
            [.. section.Scalars("targets").Select(t => t.Text.StartsWith('+') ? new DrugTarget(t.Text[1..], Activates: true) : new DrugTarget(t.Text))])
        : null;
}
