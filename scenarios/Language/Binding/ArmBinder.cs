using DigitalTwin.Scenarios.Language.Grammar;
using DigitalTwin.Scenarios.Language.Reading;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language.Binding;

/// <summary>Binds <c>arms</c> and <c>reveal</c>.</summary>
internal static class ArmBinder
{
    public static TrialArms? BindArms(BindingContext context, DocumentSection root)
    {
        var entries = root.Entries("arms");
        if (!root.Has("arms") || entries.Count == 0)
        {
            return null;
        }

        foreach (var (_, section) in entries)
        {
            CheckPopulation(context, section);
        }

        var (treatedName, treated) = Single(context, root, "treated", "A comparison needs the arm whose treatment is judged");
        var (controlName, control) = Single(context, root, "control", "A comparison needs a reference arm");
        if (treated is not null && treated.Has("kind"))
        {
            context.Report(treated.LocationOf("kind"), $"{treated.PathOf("kind")} belongs to a control arm only. Remove it.");
        }

        if (treated?.Text("population") is not { } treatedPopulation || control?.Text("population") is not { } controlPopulation)
        {
            return null;
        }

        if (treatedPopulation.Value == controlPopulation.Value)
        {
            context.Report(controlPopulation.Location, $"Both arms have the population '{controlPopulation.Value}'. Give each arm its own.");
        }

        var kind = BindKind(context, control, treatedPopulation.Value, controlPopulation.Value);
        return kind is null ? null : new TrialArms(ToArm(treatedName!, treated), ToArm(controlName!, control), kind.Value);
    }

    public static RevealPlan? BindReveal(BindingContext context, DocumentSection root, TrialArms? arms)
    {
        if (root.Section("reveal") is not { } section || !CheckPopulation(context, section) || section.Text("population") is not { } population)
        {
            return null;
        }

        var arm = new[] { arms?.Treated, arms?.Control }.FirstOrDefault(a => a?.Population.Value == population.Value);
        if (arm is not null)
        {
            context.Report(population.Location, $"reveal.population is '{population.Value}', the population of arm '{arm.Id}': what is fitted cannot check the fit. Reveal a population no arm uses.");
        }

        return new RevealPlan(new PopulationId(population.Value));
    }

    private static ControlArmKind? BindKind(BindingContext context, DocumentSection control, string treatedPopulation, string controlPopulation)
    {
        if (!control.Has("kind"))
        {
            context.Report(control.Location, $"{control.Path} has no 'kind'. Add 'kind: concurrent' (randomised beside the treated arm) or 'kind: external'.");
            return null;
        }

        var kind = Spelling.Parse<ControlArmKind>(control.Text("kind")?.Value);
        if (kind == ControlArmKind.Concurrent
            && context.CohortOf(treatedPopulation) is { } treatedCohort
            && context.CohortOf(controlPopulation) is { } controlCohort
            && treatedCohort != controlCohort)
        {
            context.Report(
                control.LocationOf("kind"),
                $"{control.PathOf("kind")} is concurrent, but the arms come from cohorts '{treatedCohort}' and '{controlCohort}'. Write 'external', or take both arms from one cohort.");
        }

        return kind;
    }

    private static (string? Name, DocumentSection? Section) Single(BindingContext context, DocumentSection root, string role, string why)
    {
        var entries = root.Entries("arms");
        var found = entries.Where(e => e.Section.Text("role")?.Value == role).ToList();
        if (found.Count == 1)
        {
            return (found[0].Name.Text, found[0].Section);
        }

        // An arm whose role could not be read may be the one that is missing; its own fault says so.
        if (found.Count == 0 && entries.All(e => e.Section.Text("role") is not null))
        {
            var count = entries.Count == 1 ? "1 arm" : $"{entries.Count} arms";
            context.Report(root.LocationOf("arms"), $"arms has {count}, none with 'role: {role}'. {why}. Add one.");
        }

        foreach (var (name, section) in found.Skip(1))
        {
            context.Report(section.LocationOf("role"), $"{section.PathOf("role")} is '{role}', but arm '{found[0].Name.Text}' is already. Version 1 compares two arms; keep one of each role.");
        }

        return (null, null);
    }

    private static bool CheckPopulation(BindingContext context, DocumentSection section)
    {
        if (section.Text("population") is not { } population || context.IsPopulation(population.Value))
        {
            return true;
        }

        context.Report(
            population.Location,
            $"{section.PathOf("population")} is '{population.Value}', which is not under populations.{Nearest.Suggest(population.Value, context.PopulationNames)}");
        return false;
    }

    private static TrialArm ToArm(string name, DocumentSection section) =>
        new(new ArmId(name), new PopulationId(section.Text("population")!.Value.Value), section.Text("label")?.Value ?? name);
}
